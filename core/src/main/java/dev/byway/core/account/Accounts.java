package dev.byway.core.account;

import java.util.List;

/**
 * Who gave which byte, at one instant. {@code bytes()} is the sum of {@code sources}, by construction; wasted bytes are
 * a separate number and never part of it.
 *
 * @param sources verified bytes by source
 * @param wasted bytes that arrived and were of no use, by source: failed their proof, or came twice
 * @param peers how many different devices gave at least one verified byte
 * @param contributions the same by single source, in the order in which the sources first appeared
 */
public record Accounts(SourceBytes sources, SourceBytes wasted, int peers, List<Contribution> contributions) {
    public static final Accounts EMPTY = new Accounts(SourceBytes.NONE, SourceBytes.NONE, 0, List.of());

    public Accounts {
        contributions = List.copyOf(contributions);
        if (peers < 0) {
            throw new IllegalArgumentException("the number of peers cannot be negative: " + peers);
        }
    }

    /** Verified bytes from all sources together. */
    public long bytes() {
        return sources.total();
    }

    /** Wasted bytes from all sources together. */
    public long wastedBytes() {
        return wasted.total();
    }
}
