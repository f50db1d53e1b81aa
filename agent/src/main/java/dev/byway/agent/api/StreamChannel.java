package dev.byway.agent.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A channel into a stream that gathers small writes: the JDK copies from file to channel in 8 KiB steps, and each write to
 * the stream is a system call. One thread.
 */
final class StreamChannel implements WritableByteChannel {
    private static final int BUFFER = 64 * 1024;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    StreamChannel(OutputStream out) {
        this.out = out;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int written = from.remaining();
        while (from.hasRemaining()) {
            int step = Math.min(from.remaining(), BUFFER - filled);
            from.get(buffer, filled, step);
            filled += step;
            if (filled == BUFFER) {
                flush();
            }
        }
        return written;
    }

    /** Hands on what was gathered. */
    void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
        out.flush();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
