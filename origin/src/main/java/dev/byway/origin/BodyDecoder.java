package dev.byway.origin;

import dev.byway.origin.BufferedSource.EndedEarlyException;
import java.io.IOException;

/** Takes the framing off a body. One thread. */
sealed interface BodyDecoder permits BodyDecoder.Fixed, BodyDecoder.UntilClose, ChunkedDecoder {
    /** The decoder for {@code framing}. */
    static BodyDecoder of(BodyFraming framing, BufferedSource source) {
        return switch (framing) {
            case BodyFraming.Fixed fixed -> new Fixed(source, fixed.length());
            case BodyFraming.Chunked _ -> new ChunkedDecoder(source);
            case BodyFraming.UntilClose _ -> new UntilClose(source);
        };
    }

    /**
     * Reads at least one byte, or returns -1 at the end.
     *
     * @param length at least 1
     * @throws EndedEarlyException when the connection ends before the body
     */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Whether all of the body has been read. */
    boolean finished();

    /** A body of known length. */
    final class Fixed implements BodyDecoder {
        private final BufferedSource source;
        private long left;

        Fixed(BufferedSource source, long length) {
            this.source = source;
            this.left = length;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = source.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EndedEarlyException();
            }
            left -= count;
            return count;
        }

        @Override
        public boolean finished() {
            return left == 0;
        }
    }

    /** A body that ends with the connection. */
    final class UntilClose implements BodyDecoder {
        private final BufferedSource source;
        private boolean finished;

        UntilClose(BufferedSource source) {
            this.source = source;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = finished ? -1 : source.read(target, offset, length);
            finished = count < 0;
            return count;
        }

        @Override
        public boolean finished() {
            return finished;
        }
    }
}
