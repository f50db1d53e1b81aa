package dev.byway.agent.link;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The way to a socket, on which what a TLS engine writes record by record can be gathered and sent in one call into the system. The
 * memory follows what is gathered. Several threads: an alert may come from one that reads.
 */
final class Gathered extends OutputStream {
    private static final int LEAST = 512;

    /** Memory of which less than this part was used is given back. */
    private static final int SPARE = 8;

    private final OutputStream socket;
    private byte[] held = new byte[LEAST];
    private int filled;
    private boolean holding;

    Gathered(OutputStream socket) {
        this.socket = socket;
    }

    /** Begins to gather. */
    synchronized void hold() {
        holding = true;
    }

    /** Sends what was gathered, and from now on everything at once. */
    synchronized void release() throws IOException {
        holding = false;
        int length = filled;
        filled = 0;
        if (length > 0) {
            socket.write(held, 0, length);
        }
        if (held.length > LEAST && length < held.length / SPARE) {
            held = new byte[LEAST];
        }
    }

    @Override
    public synchronized void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (!holding) {
            socket.write(bytes, offset, length);
            return;
        }
        if (held.length < filled + length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, filled + length));
        }
        System.arraycopy(bytes, offset, held, filled, length);
        filled += length;
    }

    @Override
    public synchronized void flush() throws IOException {
        if (!holding) {
            socket.flush();
        }
    }
}
