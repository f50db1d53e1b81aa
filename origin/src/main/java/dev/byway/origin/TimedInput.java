package dev.byway.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A socket's input that gives up: after a pause between two reads, or, while one is set, at a deadline. One thread. */
final class TimedInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private boolean bounded;
    private long deadlineNanos;

    TimedInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** From now on all reads together take {@code time} at most. */
    void within(Duration time) {
        bounded = true;
        deadlineNanos = System.nanoTime() + time.toNanos();
    }

    /** From now on every read takes {@code time} at most. */
    void eachWithin(Duration time) throws IOException {
        bounded = false;
        socket.setSoTimeout((int) time.toMillis());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (bounded) {
            long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("deadline passed");
            }
            socket.setSoTimeout((int) left);
        }
        return in.read(target, offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
