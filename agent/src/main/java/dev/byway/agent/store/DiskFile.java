package dev.byway.agent.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. All operations are positional; any number of threads; an interrupt does not close it. */
interface DiskFile extends Closeable {
    /**
     * Reads from {@code position} on, at least one byte unless the buffer is full.
     *
     * @return the number of bytes, or -1 at the end of the file
     */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all that remains in {@code from}. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes all bytes written so far safe, through whichever open file they were written. */
    void force() throws IOException;

    long size() throws IOException;
}
