package dev.byway.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a stream brings, for a thread that blocks. The event loop puts bytes in; when a reader is slow it stops reading from QUIC,
 * whose window then holds the other end back.
 */
final class StreamInput extends InputStream {
    private static final int ENOUGH = 1 << 20;
    private static final int FEW = 256 << 10;

    private final Channel stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean held;
    private boolean over;
    private Optional<IOException> failure = Optional.empty();

    StreamInput(Channel stream) {
        this.stream = stream;
    }

    // ---- the event loop ----

    /** Takes over these bytes. */
    void offer(ByteBuf more) {
        lock.lock();
        try {
            if (over) {
                more.release();
                return;
            }
            waiting.add(more);
            bytes += more.readableBytes();
            if (bytes > ENOUGH && !held) {
                held = true;
                stream.config().setAutoRead(false);
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes; what is here can still be read. */
    void end(Optional<IOException> why) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                failure = why;
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the reader ----

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, to.length);
        lock.lock();
        try {
            while (length > 0 && waiting.isEmpty()) {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                if (over) {
                    return -1;
                }
                news.await();
            }
            return take(to, at, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] to, int at, int length) {
        int read = 0;
        while (read < length && !waiting.isEmpty()) {
            ByteBuf first = waiting.getFirst();
            int part = Math.min(length - read, first.readableBytes());
            first.readBytes(to, at + read, part);
            read += part;
            if (!first.isReadable()) {
                waiting.removeFirst().release();
            }
        }
        bytes -= read;
        if (held && bytes < FEW) {
            held = false;
            stream.config().setAutoRead(true);
        }
        return read;
    }

    /** Nobody reads on. */
    @Override
    public void close() {
        lock.lock();
        try {
            over = true;
            waiting.forEach(ByteBuf::release);
            waiting.clear();
            bytes = 0;
            news.signal();
        } finally {
            lock.unlock();
        }
    }
}
