package dev.byway.core.wire;

/** What a request in flight still waits for. */
sealed interface Asked {
    /** Bytes of content. */
    final class Bytes implements Asked {
        private final long end;
        private long next;

        Bytes(Frame.Request request) {
            next = request.offset();
            end = next + request.length();
        }

        /** Takes the next bytes; whether they are the next and not too many. */
        boolean take(long offset, int length) {
            boolean fits = offset == next && length <= end - next;
            next += fits ? length : 0;
            return fits;
        }

        boolean isAnswered() {
            return next == end;
        }
    }

    /** Digests of the piece layer, all in one answer. */
    record Digests(int firstPiece, int count) implements Asked {}
}
