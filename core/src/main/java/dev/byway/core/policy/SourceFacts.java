package dev.byway.core.policy;

import dev.byway.core.account.SourceKind;

/**
 * What the gates may know about a source, or about the peer that asks.
 *
 * @param kind what it is to this device
 * @param sameGroup whether it claims the match group of this device; unknown where this device has none
 * @param sameSubnet whether it is in a subnet of this device
 * @param foundLocally whether local discovery found it
 * @param banned whether it is banned, for this download or altogether
 */
public record SourceFacts(SourceKind kind, Answer sameGroup, Answer sameSubnet, Answer foundLocally, boolean banned) {
    /** A source of which the kind alone is known. */
    public static SourceFacts of(SourceKind kind) {
        return new SourceFacts(kind, Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN, false);
    }

    /** The same source and whether it claims the match group of this device. */
    public SourceFacts withSameGroup(Answer answer) {
        return new SourceFacts(kind, answer, sameSubnet, foundLocally, banned);
    }

    /** The same source and whether it is in a subnet of this device. */
    public SourceFacts withSameSubnet(Answer answer) {
        return new SourceFacts(kind, sameGroup, answer, foundLocally, banned);
    }

    /** The same source and whether local discovery found it. */
    public SourceFacts withFoundLocally(Answer answer) {
        return new SourceFacts(kind, sameGroup, sameSubnet, answer, banned);
    }

    /** The same source, banned or not. */
    public SourceFacts asBanned(boolean yes) {
        return new SourceFacts(kind, sameGroup, sameSubnet, foundLocally, yes);
    }
}
