package dev.byway.agent.link;

/** A request that is being served; guarded by its {@link Conversation}. */
final class Upload {
    private final int request;
    private final long offset;
    private final int length;
    private final PieceReader source;
    private int sent;

    Upload(int request, long offset, int length, PieceReader source) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("cannot serve " + length + " bytes from " + offset);
        }
        this.request = request;
        this.offset = offset;
        this.length = length;
        this.source = source;
    }

    int request() {
        return request;
    }

    PieceReader source() {
        return source;
    }

    int sent() {
        return sent;
    }

    /** What goes out next, at most {@code most} bytes. */
    Work.Chunk next(int most) {
        return new Work.Chunk(this, offset + sent, Math.min(most, length - sent));
    }

    void advance(int bytes) {
        sent += bytes;
    }

    boolean isDone() {
        return sent == length;
    }
}
