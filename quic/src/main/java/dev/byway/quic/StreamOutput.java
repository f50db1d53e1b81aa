package dev.byway.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where a stream is written, by a thread that blocks while more than a little waits for QUIC to take it. */
final class StreamOutput extends OutputStream {
    private static final int CHUNK = 64 << 10;
    private static final int MOST = 512 << 10;

    private final Channel stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private int waiting;
    private Optional<Throwable> failure = Optional.empty();

    StreamOutput(Channel stream) {
        this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, from.length);
        for (int done = 0; done < length; ) {
            int part = Math.min(CHUNK, length - done);
            enter(part);
            ByteBuf bytes = stream.alloc().directBuffer(part).writeBytes(from, at + done, part);
            stream.writeAndFlush(bytes).addListener(result -> leave(part, result));
            done += part;
        }
    }

    private void enter(int part) throws IOException {
        lock.lock();
        try {
            while (failure.isEmpty() && waiting > 0 && waiting + part > MOST) {
                room.await();
            }
            if (failure.isPresent()) {
                throw new IOException(String.valueOf(failure.get().getMessage()), failure.get());
            }
            waiting += part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing", e);
        } finally {
            lock.unlock();
        }
    }

    private void leave(int part, Future<?> result) {
        lock.lock();
        try {
            waiting -= part;
            if (!result.isSuccess()) {
                failure = failure.or(() -> Optional.of(result.cause()));
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
