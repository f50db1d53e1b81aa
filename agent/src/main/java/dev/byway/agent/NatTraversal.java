package dev.byway.agent;

import dev.byway.agent.link.DialResult;
import dev.byway.agent.link.LinkSetup;
import dev.byway.agent.link.LinkTunnel;
import dev.byway.agent.meeting.Tunnel;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.NatKind;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.quic.teredo.TeredoServers;
import dev.byway.quic.teredo.TunnelState;
import dev.byway.teredo.client.NatMapping;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Whether and how devices behind other NATs are met: in modes 2 and 3, unless {@code teredo.client} is off, and from the moment when the
 * coordinator says where its Teredo servers are. Nothing of it is loaded before. Any thread.
 */
final class NatTraversal implements Tunnel, AutoCloseable {
    private static final Logger LOG = System.getLogger(NatTraversal.class.getName());

    private final EffectiveSettings settings;
    private final LinkSetup setup;
    private final Runnable changed;
    private Optional<LinkTunnel> tunnel = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private boolean closed;

    /** @param changed told when this device is met elsewhere; returns at once */
    NatTraversal(EffectiveSettings settings, LinkSetup setup, Runnable changed) {
        this.settings = settings;
        this.setup = setup;
        this.changed = changed;
    }

    private boolean isAllowed() {
        DownloadMode mode = settings.get(Settings.DOWNLOAD_MODE);
        return settings.get(Settings.TEREDO_CLIENT) && (mode == DownloadMode.GROUP || mode == DownloadMode.INTERNET);
    }

    @Override
    public synchronized Optional<TeredoEndpoint> endpoint() {
        return tunnel.map(LinkTunnel::state).flatMap(NatTraversal::endpoint);
    }

    private static Optional<TeredoEndpoint> endpoint(TunnelState state) {
        return state.address().map(address -> new TeredoEndpoint(address.ip6().inetAddress(), nat(state)));
    }

    private static NatKind nat(TunnelState state) {
        return new NatKind(mapping(state.mapping()), NatKind.Filtering.UNKNOWN);
    }

    private static NatKind.Mapping mapping(NatMapping mapping) {
        return switch (mapping) {
            case ENDPOINT_INDEPENDENT -> NatKind.Mapping.ENDPOINT_INDEPENDENT;
            case ENDPOINT_DEPENDENT -> NatKind.Mapping.ENDPOINT_DEPENDENT;
            case UNKNOWN -> NatKind.Mapping.UNKNOWN;
        };
    }

    @Override
    public synchronized void told(List<InetAddress> servers, Optional<TeredoVerdict> verdict) {
        if (!closed && isAllowed()) {
            TeredoServers.of(servers).ifPresent(this::ask);
        }
    }

    private void ask(TeredoServers servers) {
        if (tunnel.isPresent()) {
            tunnel.get().ask(servers);
            return;
        }
        try {
            tunnel = Optional.of(LinkTunnel.open(
                    settings.get(Settings.PEER_ADDRESS),
                    settings.get(Settings.TEREDO_PORT),
                    setup,
                    servers,
                    _ -> changed.run()));
            trouble = Optional.empty();
        } catch (IOException e) {
            if (trouble.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "no links with devices behind other NATs: {0}; set teredo.client.port to another one",
                        e.getMessage());
            }
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Dials a device behind its NAT; see {@link LinkTunnel#dial}. */
    DialResult dial(InetAddress teredo, Optional<DeviceId> expected) {
        Optional<LinkTunnel> open;
        synchronized (this) {
            open = tunnel;
        }
        return open.map(through -> through.dial(teredo, expected))
                .orElseGet(() -> new DialResult.Failed(
                        DialResult.Kind.UNREACHABLE, trouble.orElse("no Teredo server is known")));
    }

    @Override
    public synchronized void close() {
        closed = true;
        tunnel.ifPresent(LinkTunnel::close);
    }
}
