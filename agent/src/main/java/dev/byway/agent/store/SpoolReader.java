package dev.byway.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Follows a growing file from its first byte to its last. One thread. */
public final class SpoolReader implements AutoCloseable {
    private final Spools spools;
    private final Spools.Shared shared;
    private long edition;
    private long position;
    private boolean closed;

    SpoolReader(Spools spools, Spools.Shared shared) {
        this.spools = spools;
        this.shared = shared;
        this.edition = shared.file().edition();
    }

    /** Bytes read so far. */
    public long position() {
        return position;
    }

    /**
     * Reads the next bytes, and waits for them when they are not here yet.
     *
     * @param into with room for at least one byte
     * @return the number of bytes, at least 1; -1 after the last byte of the complete file
     * @throws StoreException of kind ABANDONED when the file will not be completed, or was started over after bytes of
     *     it had been read here; of another kind when the disk fails
     */
    public int read(ByteBuffer into) throws InterruptedException {
        if (!into.hasRemaining()) {
            throw new IllegalArgumentException("there is no room to read into");
        }
        if (position == 0) {
            edition = shared.file().edition();
        }
        long available = shared.file().await(position, edition);
        if (available == 0) {
            return -1;
        }
        int count = (int) Math.min(available, into.remaining());
        try {
            shared.file().data().read(position, into.slice(into.position(), count));
        } catch (IOException e) {
            throw StoreException.of("read", shared.file().data().path(), e);
        }
        shared.file().requireEdition(edition);
        into.position(into.position() + count);
        position += count;
        return count;
    }

    /** Lets go of the file. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            spools.leaveAsReader(shared);
        }
    }
}
