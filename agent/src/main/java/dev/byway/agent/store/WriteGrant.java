package dev.byway.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to write a range of bytes that is not verified yet, held by one source of bytes at a time.
 *
 * <p>A source that is late, hedged or banned may still be in the middle of a write when its range is given to another.
 * {@link #revoke()} and {@link #shrink} wait for that write, so that after they return no byte of this source can land
 * any more: neither on what the next one writes, nor on a piece that was verified since. For the same reason nobody
 * writes a byte twice under one grant: it only goes forward.
 *
 * <p>Written by one thread, revoked by any.
 */
public final class WriteGrant implements AutoCloseable {
    private final WriteGrants grants;
    private final DataFile data;
    private final ReentrantLock writing = new ReentrantLock();
    private final long offset;
    private volatile long position;
    private volatile long end;

    WriteGrant(WriteGrants grants, DataFile data, long offset, long end) {
        this.grants = grants;
        this.data = data;
        this.offset = offset;
        this.position = offset;
        this.end = end;
    }

    /** First byte of the range. */
    public long offset() {
        return offset;
    }

    /** One past the last byte written so far. */
    public long position() {
        return position;
    }

    /** One past the last byte that may be written. */
    public long end() {
        return end;
    }

    /** Whether bytes may still be written. */
    public boolean isLive() {
        return position < end;
    }

    /**
     * Writes all that remains in {@code bytes}, to be verified later.
     *
     * @param from where in the content; at or after {@link #position()}
     * @return false when the range is not granted, or not any more; then nothing is written and nothing is taken from
     *     {@code bytes}
     * @throws IllegalArgumentException for bytes before {@link #position()}
     * @throws StoreException when the disk fails; the grant stays, and the same bytes may be written again
     */
    public boolean write(long from, ByteBuffer bytes) {
        writing.lock();
        try {
            long to = from + bytes.remaining();
            if (to > end || from < offset) {
                return false;
            }
            if (from < position) {
                throw new IllegalArgumentException("byte " + from + " was already written up to " + position);
            }
            data.write(from, bytes.duplicate());
            bytes.position(bytes.limit());
            position = to;
        } catch (IOException e) {
            throw StoreException.of("write", data.path(), e);
        } finally {
            writing.unlock();
        }
        if (!isLive()) {
            grants.forget(this);
        }
        return true;
    }

    /**
     * Takes the rest of the range back, after a write in progress has ended.
     *
     * @return one past the last byte written
     */
    public long revoke() {
        return shrink(offset);
    }

    /**
     * Takes back what lies at and after {@code newEnd}, after a write in progress has ended. A greater end than the
     * present one changes nothing.
     *
     * @return one past the last byte written
     */
    public long shrink(long newEnd) {
        writing.lock();
        try {
            end = Math.max(offset, Math.min(end, newEnd));
        } finally {
            writing.unlock();
        }
        if (!isLive()) {
            grants.forget(this);
        }
        return position;
    }

    /** The same as {@link #revoke()}. */
    @Override
    public void close() {
        revoke();
    }
}
