package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Circumstances for tests. */
public final class Cases {
    private Cases() {}

    /** A machine whose one interface, eth0, has addresses of these prefixes. */
    static Machine machine(String... prefixes) {
        return new Machine(
                List.of(new Link("eth0", Stream.of(prefixes).map(Prefix::parse).toList())), Optional.empty());
    }

    /** A device with the defaults but for the mode. */
    public static Circumstances device(DownloadMode mode) {
        return of(PortRole.AGENT, mode, PeerRestriction.NONE, Platform.LINUX, false);
    }

    /** The same, joined to a coordinator on its usual port. */
    public static Circumstances fleetDevice(DownloadMode mode) {
        return of(PortRole.AGENT, mode, PeerRestriction.NONE, Platform.LINUX, true);
    }

    public static Circumstances of(
            PortRole role, DownloadMode mode, PeerRestriction restriction, Platform platform, boolean joined) {
        EffectiveSettings settings = EffectiveSettings.defaults(platform)
                .with(Settings.DOWNLOAD_MODE, mode)
                .with(Settings.RESTRICT_PEER_SELECTION, restriction);
        Optional<URI> coordinator = joined ? Optional.of(URI.create("https://byway.example.com")) : Optional.empty();
        return Circumstances.of(settings, role, platform, coordinator);
    }
}
