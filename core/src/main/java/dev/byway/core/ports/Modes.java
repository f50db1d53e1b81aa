package dev.byway.core.ports;

import dev.byway.core.policy.DownloadMode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Modes by what they allow. */
public enum Modes {
    ALL,
    /** With peers. */
    SHARING,
    /** With peers behind other NATs. */
    ACROSS_NATS,
    /** With a coordinator. */
    COORDINATED,
    /** With cache hosts. */
    CACHING;

    /** Whether {@code mode} is one of them. */
    public boolean include(DownloadMode mode) {
        return switch (this) {
            case ALL -> true;
            case SHARING -> mode.allowsPeers();
            case ACROSS_NATS -> mode == DownloadMode.GROUP || mode == DownloadMode.INTERNET;
            case COORDINATED -> mode.allowsCoordinator();
            case CACHING -> mode != DownloadMode.BYPASS;
        };
    }

    /** Their numbers, for people. */
    public String numbers() {
        return Arrays.stream(DownloadMode.values())
                .filter(this::include)
                .map(mode -> Integer.toString(mode.code()))
                .collect(Collectors.joining(", "));
    }
}
