package dev.byway.agent.link;

import java.nio.ByteBuffer;

/** What a link's writer does next. */
sealed interface Work {
    /** Writes what this heap buffer holds. */
    record Write(ByteBuffer bytes) implements Work {}

    /** Reads this part of a content and writes it. */
    record Chunk(Upload upload, long offset, int length) implements Work {
        /** Its beginning. */
        Chunk atMost(int bytes) {
            return length <= bytes ? this : new Chunk(upload, offset, bytes);
        }
    }

    /** Ends: all that was to be said is said. */
    record Over() implements Work {}
}
