package dev.byway.core.ports;

import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the needs of a machine depend on.
 *
 * @param role what it is
 * @param mode DODownloadMode of the devices
 * @param restriction DORestrictPeerSelectionBy of the devices; without meaning in mode 3
 * @param peerPort {@code peer.port}; 0 when the system chooses
 * @param peerPortElsewhere the port of devices on other platforms, where it differs
 * @param peerAddress {@code peer.address}
 * @param tcp {@code peer.tcp}
 * @param discovery {@code lan.discovery}
 * @param tunnel {@code teredo.client}
 * @param coordinator the port of the coordinator that is known
 * @param proxy through which origins are asked
 * @param servicePort {@code listen.port}
 * @param serviceAddress {@code listen.address}
 * @param teredoServer {@code teredo.server.addresses}
 */
public record Circumstances(
        PortRole role,
        DownloadMode mode,
        PeerRestriction restriction,
        int peerPort,
        OptionalInt peerPortElsewhere,
        Optional<InetAddress> peerAddress,
        boolean tcp,
        boolean discovery,
        boolean tunnel,
        OptionalInt coordinator,
        Optional<OriginProxy> proxy,
        int servicePort,
        Optional<InetAddress> serviceAddress,
        List<InetAddress> teredoServer) {
    private static final int HTTPS = 443;

    public Circumstances {
        teredoServer = List.copyOf(teredoServer);
    }

    /**
     * Those of a machine with these settings.
     *
     * @param joined the coordinator that the machine has joined, where the settings name none
     */
    public static Circumstances of(EffectiveSettings settings, PortRole role, Platform platform, Optional<URI> joined) {
        Optional<URI> coordinator = settings.get(Settings.COORDINATOR_URL).or(() -> joined);
        int port = settings.get(Settings.PEER_PORT);
        int usual = defaultPort(platform);
        int elsewhere = defaultPort(platform == Platform.WINDOWS ? Platform.LINUX : Platform.WINDOWS);
        return new Circumstances(
                role,
                settings.get(Settings.DOWNLOAD_MODE),
                settings.get(Settings.RESTRICT_PEER_SELECTION),
                port,
                port == usual ? OptionalInt.of(elsewhere) : OptionalInt.empty(),
                settings.get(Settings.PEER_ADDRESS),
                settings.get(Settings.PEER_TCP),
                settings.get(Settings.LAN_DISCOVERY),
                settings.get(Settings.TEREDO_CLIENT),
                coordinator.map(Circumstances::port).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                OriginProxy.of(settings),
                settings.get(Settings.LISTEN_PORT),
                settings.get(Settings.LISTEN_ADDRESS),
                settings.get(Settings.TEREDO_ADDRESSES));
    }

    private static int defaultPort(Platform platform) {
        return Integer.parseInt(Settings.PEER_PORT.defaultText(platform));
    }

    /** Whether origins are asked from here, at least some. */
    boolean asksOrigins() {
        return proxy.filter(OriginProxy::forAll).isEmpty();
    }

    private static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : HTTPS;
    }

    /** Where peers may be. The restriction counts in modes 1 and 2, as in Delivery Optimization. */
    public Reach peers() {
        return switch (mode) {
            case INTERNET -> Reach.ANYWHERE;
            case GROUP -> restriction == PeerRestriction.NONE ? Reach.ANYWHERE : Reach.SUBNET;
            case LAN -> restriction == PeerRestriction.NONE && coordinator.isPresent() ? Reach.SITE : Reach.SUBNET;
            case HTTP_ONLY, SIMPLE, BYPASS -> Reach.SUBNET;
        };
    }

    /** The coordinator's port; where peers can be found by no other means, one is presumed. */
    OptionalInt coordinatorPort() {
        boolean presumed = peers() == Reach.ANYWHERE && coordinator.isEmpty();
        return presumed ? OptionalInt.of(HTTPS) : coordinator;
    }
}
