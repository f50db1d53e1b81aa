package dev.byway.agent.link;

/**
 * Memory for what a link's reader takes at a time: little while little comes, a frame of content in a stream of them. A few small reads
 * happen in a stream too, so only many in a row make it small again. Used by one thread.
 */
final class ReadBuffer {
    /** Some small frames. A link that is quiet holds no more. */
    static final int LEAST = 2 * 1024;

    /** A frame of content, and some small ones before it. */
    static final int MOST = Outbox.CHUNK + 1024;

    /** So many reads in a row of less than the least are the end of a stream. */
    private static final int QUIET = 16;

    private byte[] bytes = new byte[LEAST];
    private int small;

    byte[] bytes() {
        return bytes;
    }

    /** Notes how much the last read took, and is of the right size for the next. What was read is gone. */
    void took(int count) {
        small = count < LEAST ? small + 1 : 0;
        if (count > bytes.length / 2 && bytes.length < MOST) {
            bytes = new byte[Math.min(MOST, 2 * bytes.length)];
        } else if (small == QUIET && bytes.length > LEAST) {
            bytes = new byte[LEAST];
        }
    }
}
