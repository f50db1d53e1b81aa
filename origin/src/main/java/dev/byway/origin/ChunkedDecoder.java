package dev.byway.origin;

import dev.byway.origin.BufferedSource.EndedEarlyException;
import java.io.IOException;

/** The chunked transfer coding (RFC 9112 section 7.1). Extensions and trailer fields are read over. */
final class ChunkedDecoder implements BodyDecoder {
    /** Longest line between two chunks, extensions included, and longest trailer line. */
    static final int MAX_LINE = 4096;
    /** Most trailer fields. */
    static final int MAX_TRAILERS = 64;

    private final BufferedSource source;
    private long left;
    private boolean first = true;
    private boolean finished;

    ChunkedDecoder(BufferedSource source) {
        this.source = source;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !finished) {
            nextChunk();
        }
        if (finished) {
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
        return finished;
    }

    private void nextChunk() throws IOException {
        if (!first && !source.readLine(MAX_LINE).isEmpty()) {
            throw new HttpSyntaxException("a chunk is longer than it says");
        }
        first = false;
        String line = source.readLine(MAX_LINE);
        int end = line.indexOf(';');
        String digits = (end < 0 ? line : line.substring(0, end)).strip();
        if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
            throw new HttpSyntaxException("a chunk begins without its length");
        }
        left = Long.parseLong(digits, 16);
        if (left == 0) {
            skipTrailers();
            finished = true;
        }
    }

    private void skipTrailers() throws IOException {
        for (int i = 0; i <= MAX_TRAILERS; i++) {
            if (source.readLine(MAX_LINE).isEmpty()) {
                return;
            }
        }
        throw new HttpSyntaxException("more than " + MAX_TRAILERS + " fields follow the last chunk");
    }
}
