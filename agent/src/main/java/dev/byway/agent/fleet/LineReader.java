package dev.byway.agent.fleet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of bytes, each of bounded length. */
final class LineReader {
    private final InputStream in;
    private final int max;

    LineReader(InputStream in, int max) {
        this.in = new BufferedInputStream(in, 4096);
        this.max = max;
    }

    /**
     * The next line without its end; empty at the end of the stream, also in the middle of a line.
     *
     * @throws IOException when the stream fails or a line is too long
     */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return Optional.of(line.toByteArray());
            }
            if (line.size() == max) {
                throw new IOException("an event has more than " + max + " bytes");
            }
            line.write(b);
        }
        return Optional.empty();
    }
}
