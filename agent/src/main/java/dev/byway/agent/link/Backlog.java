package dev.byway.agent.link;

import dev.byway.core.content.PieceLayout;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How much of what a peer is sent may wait where nothing can pass it.
 *
 * <p>An urgent frame, such as the claim of a piece, passes all content that still waits in the {@link Outbox}; what is written
 * already, it cannot pass. The system's buffer for a connection grows to several times what is on its way, and one frame of content is
 * {@link Outbox#CHUNK} long: on a link that carries 60 kB/s, word then takes seconds, and devices that do not hear of each other fetch the
 * same piece from outside. So where a link turns out to be slow, its buffer is held to what it carries in {@link #WORD}, and its frames
 * of content to a quarter of that. A connection cannot have more on its way than its buffer holds, so a path whose answers take longer than
 * {@link #WORD} (on Linux, which doubles the number, see socket(7), somewhat longer) and that would hold more than {@link #LEAST} is slowed
 * down, to that much for each way there and back; below that nothing is lost. Where links are fast, the system knows better.
 *
 * <p>How fast a link is shows while it is written to without a break: when the buffer is full, a write takes as long as the link needs to
 * make room for it. What fills the buffer first does not count; and where there is little to say, writes wait for nothing and the link looks
 * as fast as it may well be.
 *
 * <p>Not thread-safe.
 */
final class Backlog {
    /** The time that what waits in the system's buffer may take to leave. */
    static final Duration WORD = Duration.ofMillis(250);

    /** The least bytes for which there is room in the buffer. */
    static final int LEAST = 32 * 1024;

    /** With room for so many bytes, a link is fast: if nothing was changed yet, nothing is. Above what a cold agent may encrypt. */
    static final int MOST = 256 * 1024;

    /** What is asked for when a slow link has become fast; the system may allow less. */
    static final int PLENTY = 4 * 1024 * 1024;

    private static final long SAMPLE = Duration.ofMillis(250).toNanos();

    /** So many frames of content fit into the buffer, where one is longer than a block. */
    private static final int FRAMES = 4;

    /** Without a word for so long, the buffer may have room again. */
    private static final long BREAK = Duration.ofMillis(20).toNanos();

    /** So much of what comes after a break may only fill the buffer. */
    private static final int FILLING = 64 * 1024;

    private int room = MOST;
    private int filling = FILLING;
    private long lastEnd;
    private long bytes;
    private long nanos;

    /**
     * Something was written.
     *
     * @param length its bytes
     * @param begin when the write began, in nanoseconds of a clock that only runs forward
     * @param end when it was over
     * @return for how many bytes there should be room in the system's buffer, where that is clearly not what it was
     */
    OptionalInt wrote(int length, long begin, long end) {
        if (begin - lastEnd > BREAK) {
            filling = FILLING;
        }
        if (filling > 0) {
            filling -= length;
        } else {
            bytes += length;
            nanos += end - begin;
        }
        lastEnd = end;
        return nanos < SAMPLE ? OptionalInt.empty() : look();
    }

    private OptionalInt look() {
        long carried = (long) ((double) bytes / nanos * WORD.toNanos());
        bytes = 0;
        nanos = 0;
        int now = Math.clamp(carried, LEAST, MOST);
        if (Math.abs(now - room) <= room / 4) {
            return OptionalInt.empty();
        }
        room = now;
        return OptionalInt.of(now == MOST ? PLENTY : now);
    }

    /** Most bytes of content in one frame: whole blocks. */
    int chunk() {
        int blocks = Math.clamp(room / FRAMES / PieceLayout.BLOCK, 1, Outbox.CHUNK / PieceLayout.BLOCK);
        return blocks * PieceLayout.BLOCK;
    }
}
