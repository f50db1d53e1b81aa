package dev.byway.agent.link;

import java.io.IOException;

/** Where the bytes of a content come from when a peer asked for them. */
@FunctionalInterface
public interface PieceReader {
    /**
     * Copies bytes of the content that are verified and durable.
     *
     * @param offset first byte in the content
     * @param into takes them from index {@code at}
     * @param length how many, at least 1
     * @return how many were copied, fewer only when the content does not have them any more
     * @throws IOException when the disk fails
     */
    int read(long offset, byte[] into, int at, int length) throws IOException;
}
