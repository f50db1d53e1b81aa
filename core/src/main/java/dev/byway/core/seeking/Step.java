package dev.byway.core.seeking;

import dev.byway.core.content.ContentId;
import dev.byway.core.unit.Moment;
import java.util.Optional;

/** What a device that seeks a file does next. */
public sealed interface Step {
    /** A neighbour has found its copy to have the digest: take that content from it, unproved until the last byte is here. */
    record Take(long peer, ContentId content, int pieceLength) implements Step {}

    /** Nobody has it, and it is this device's turn. */
    record Fetch() implements Step {}

    /**
     * Nothing before that moment, unless something happens.
     *
     * @param fetcher the neighbour whose fetching is waited for; empty while it is not known who has it
     */
    record Wait(Moment until, Optional<Long> fetcher) implements Step {}
}
