package dev.byway.core.policy;

import java.util.OptionalInt;

/** Where a value came from; of two, the stronger decides. */
public sealed interface Provenance {
    /** Byway's default. */
    record Default() implements Provenance {}

    /** A profile's default. */
    record FromProfile(Profile profile) implements Provenance {}

    /** The fleet's coordinator. */
    record Fleet() implements Provenance {}

    /**
     * A configuration file.
     *
     * @param path as it was given
     * @param line where known, from 1
     */
    record File(String path, OptionalInt line) implements Provenance {}

    /** An environment variable. */
    record Environment(String variable) implements Provenance {}

    /** {@code --set}, or an option that means the same. */
    record CommandLine() implements Provenance {}

    /** The layer, 0 weakest. */
    default int strength() {
        return switch (this) {
            case Default _ -> 0;
            case FromProfile _ -> 1;
            case Fleet _ -> 2;
            case File _ -> 3;
            case Environment _ -> 4;
            case CommandLine _ -> 5;
        };
    }

    /** For people and JSON: {@code default}, {@code byway.yaml line 3}, {@code BYWAY_PEER_PORT}. */
    default String describe() {
        return switch (this) {
            case Default _ -> "default";
            case FromProfile from -> "profile " + from.profile().label();
            case Fleet _ -> "fleet";
            case File file ->
                file.path() + (file.line().isPresent() ? " line " + file.line().getAsInt() : "");
            case Environment from -> from.variable();
            case CommandLine _ -> "command line";
        };
    }
}
