package dev.byway.agent.download;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import java.net.URI;
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
        public Answer lookup(URI url) {
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

        record NoCoordinator() implements Answer {}

        /** It did not answer in time, or not properly. */
        record Unreachable(String why) implements Answer {}
    }

    /** Whether there is anybody to ask. */
    boolean isConfigured();

    /** Asks for the signed manifest of a URL. */
    Answer lookup(URI url);

    /** Asks for the piece layer of a content, proved. */
    Optional<PieceLayer> layer(ContentId id, PieceLayout layout);
}
