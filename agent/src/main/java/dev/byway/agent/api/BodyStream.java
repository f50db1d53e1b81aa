package dev.byway.agent.api;

import java.io.IOException;
import java.io.InputStream;

/** The next so many bytes of a connection. Ends after them; an earlier end of the connection is an error. */
final class BodyStream extends InputStream {
    private final InputStream in;
    private long left;

    BodyStream(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(to, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new IOException("the connection ended " + left + " bytes before the answer did");
        }
        left -= read;
        return read;
    }
}
