package dev.byway.agent.job;

import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** One user's interest in one download. Two jobs for the same URL share one download. Any thread. */
public interface Job extends AutoCloseable {
    /** A random name, unguessable. */
    String id();

    /** Where it stands. */
    JobStatus status();

    /**
     * Waits until the status is newer than {@code version}, or the time is over.
     *
     * @return the status then
     */
    JobStatus await(long version, Duration atMost) throws InterruptedException;

    /**
     * Copies bytes of a range that is ready. They are of the generation of a status that is taken before, if one that is taken
     * afterwards has the same.
     *
     * @throws IOException when the range is not ready (any more), or the disk or the channel fails; its cause tells those from
     *     the channel's own failures, which have none
     */
    void read(ByteRange range, WritableByteChannel to) throws IOException;

    /** The user's interest ends: an unfinished download without other users stops; what is there can be resumed later. */
    @Override
    void close();
}
