package dev.byway.agent.store;

import dev.byway.core.store.SpoolState;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A download of content without identity, in the hands of its only writer: a file that grows from its first byte to its
 * last while any number of {@link SpoolReader}s follow. Nothing in it is verified, so it is delivered to those who asked
 * for it and never served to a peer.
 *
 * <p>If the origin gave a strong ETag, what was written survives a crash or an early {@link #close()} and the next writer
 * goes on from there; else the file is deleted with its last user. One thread.
 */
public final class Spool implements AutoCloseable {
    private final Spools spools;
    private final Spools.Shared shared;
    private boolean closed;

    Spool(Spools spools, Spools.Shared shared) {
        this.spools = spools;
        this.shared = shared;
    }

    /** Which version of the file is here; with {@link #length()} above 0 its ETag belongs into {@code If-Range}. */
    public SpoolState state() {
        return shared.file().state();
    }

    /** Bytes that are here, from the first byte of the file on. */
    public long length() {
        return shared.file().length();
    }

    /**
     * Forgets what is here and starts at the first byte. Readers that have taken bytes of the old version are told.
     *
     * @param length bytes of the whole file, if the origin says so
     * @throws StoreException when the disk fails
     */
    public void startOver(Optional<String> etag, Optional<String> lastModified, OptionalLong length) {
        shared.file().startOver(SpoolState.fresh(etag, lastModified, length, spools.now()));
    }

    /**
     * Appends all that remains in {@code bytes}.
     *
     * @throws StoreException when the disk fails. If it was a flush, readers have been told and the spool is of no more
     *     use; else the same bytes may be appended again
     */
    public void append(ByteBuffer bytes) {
        if (shared.file().hasFailed() || shared.file().isComplete()) {
            throw new IllegalStateException(shared.file().folder() + " has ended and does not grow");
        }
        shared.file().append(bytes);
    }

    /** Says that the last byte has been appended. */
    public void complete() {
        shared.file().complete();
    }

    /** Tells the readers that no more will come, and why. */
    public void fail(String why) {
        shared.file().fail(new StoreException(StoreException.Kind.ABANDONED, why));
    }

    /** A new reader, from the first byte. To be closed after use. */
    public SpoolReader reader() {
        return spools.reader(shared);
    }

    /**
     * Ends the writing. An incomplete file fails for its readers.
     *
     * @throws StoreException when what is here could not be made durable
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                boolean resumable = state().isResumable() && !shared.file().hasFailed();
                if (resumable && !shared.file().isComplete() && length() > 0) {
                    shared.file().flush();
                }
            } finally {
                fail("the download ended before the file was complete: start it again");
                spools.leaveAsWriter(shared);
            }
        }
    }
}
