package dev.byway.core.doctor;

import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * What is in question when somebody calls the doctor.
 *
 * @param content of which to find out who holds it
 * @param peer addresses of the one neighbour that matters, {@link #MOST_ADDRESSES} at the most; empty when any does
 */
public record Question(Optional<ContentId> content, List<Endpoint> peer) {
    /** Most addresses of one neighbour. */
    public static final int MOST_ADDRESSES = 4;

    /** Nothing in particular. */
    public static final Question NONE = new Question(Optional.empty(), List.of());

    public Question {
        peer = List.copyOf(peer);
        if (peer.size() > MOST_ADDRESSES) {
            throw new IllegalArgumentException("a neighbour has " + MOST_ADDRESSES + " addresses at the most");
        }
    }
}
