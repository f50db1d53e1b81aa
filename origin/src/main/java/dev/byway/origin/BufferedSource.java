package dev.byway.origin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of one connection: lines through a small buffer, bodies straight into the caller's array once the buffer is
 * empty. One thread at a time.
 */
final class BufferedSource {
    private static final int BUFFER = 8192;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long received;

    BufferedSource(InputStream in) {
        this.in = in;
    }

    /** All bytes that have come so far. */
    long received() {
        return received;
    }

    /** Whether bytes have come that nobody has asked for yet. */
    boolean hasBuffered() {
        return position < limit;
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (position == limit) {
            int count = in.read(target, offset, length);
            received += Math.max(count, 0);
            return count;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /**
     * The lines up to and including the first empty one; empty lines in front are skipped.
     *
     * @throws HttpSyntaxException when they are longer than {@code max}
     * @throws EndedEarlyException when the stream ends first
     */
    byte[] readHead(int max) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        int lineLength = 0;
        for (int seen = 1; ; seen++) {
            int next = next();
            if (next < 0) {
                throw new EndedEarlyException();
            }
            if (seen > max) {
                throw new HttpSyntaxException("the head of the answer is longer than %,d bytes".formatted(max));
            }
            boolean emptyLine = next == '\n' && lineLength == 0;
            if (emptyLine && head.size() > 0) {
                head.write(next);
                return head.toByteArray();
            }
            lineLength = next == '\n' ? 0 : lineLength + (next == '\r' ? 0 : 1);
            if (!emptyLine && (next != '\r' || head.size() > 0)) {
                head.write(next);
            }
        }
    }

    /**
     * The next line without its end.
     *
     * @throws HttpSyntaxException when it is longer than {@code max} or the stream ends within it
     */
    String readLine(int max) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int next = next(); next != '\n'; next = next()) {
            if (next < 0) {
                throw new EndedEarlyException();
            }
            line.write(next);
            if (line.size() > max) {
                throw new HttpSyntaxException("a line between two chunks is longer than %,d bytes".formatted(max));
            }
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private int next() throws IOException {
        if (position == limit) {
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                return -1;
            }
            position = 0;
            limit = count;
            received += count;
        }
        return buffer[position++] & 0xff;
    }

    /** The stream ended where more had to come. */
    static final class EndedEarlyException extends IOException {
        EndedEarlyException() {
            super("the connection was closed");
        }
    }
}
