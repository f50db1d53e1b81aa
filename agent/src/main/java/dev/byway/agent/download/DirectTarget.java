package dev.byway.agent.download;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of the caller's that a download without a cache grows in. One thread. */
public interface DirectTarget {
    /** Bytes that are there already, from the first byte of the file on. */
    long length();

    /** Forgets them. */
    void startOver() throws IOException;

    /** Appends all that remains in {@code bytes}. */
    void append(ByteBuffer bytes) throws IOException;

    /** Fills {@code into} with bytes that are there. */
    void read(long offset, ByteBuffer into) throws IOException;
}
