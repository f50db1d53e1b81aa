package dev.byway.agent.download;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What the fleet's coordinator knows of a URL. Blocks, within a stated time; never throws for what the network does. */
public interface Publications {
    /** No coordinator. */
    Publications NONE = new Publications() {
        @Override
        public boolean isConfigured() {
            return false;
        }

        @Override
        public Answer lookup(URI url, Duration patience, Optional<ContentId> outdated) {
            return new Answer.NoCoordinator();
        }

        @Override
        public Optional<PieceLayer> layer(ContentId id, PieceLayout layout) {
            return Optional.empty();
        }
    };

    /** What came of asking. */
    sealed interface Answer {
        record Found(Envelope envelope) implements Answer {}

        record Unknown() implements Answer {}

        /** Nobody published it, and the coordinator is finding out what it is. */
        record Learning() implements Answer {}

        record NoCoordinator() implements Answer {}

        /** It did not answer in time, or not properly. */
        record Unreachable(String why) implements Answer {}
    }

    /** Whether there is anybody to ask. */
    boolean isConfigured();

    /**
     * Asks for the signed manifest of a URL.
     *
     * @param patience how long the coordinator may take to find out, at most {@link dev.byway.core.fleet.LookupRequest#MAX_PATIENCE}
     * @param outdated what it said before, and is not so any more
     */
    Answer lookup(URI url, Duration patience, Optional<ContentId> outdated);

    /** As it stands. */
    default Answer lookup(URI url) {
        return lookup(url, Duration.ZERO, Optional.empty());
    }

    /** Asks for the piece layer of a content, proved. */
    Optional<PieceLayer> layer(ContentId id, PieceLayout layout);
}
