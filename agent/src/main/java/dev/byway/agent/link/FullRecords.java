package dev.byway.agent.link;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a TLS socket is given to encrypt: each write leaves in one call into the system, and of its records the first is the one that is
 * not full, so that a frame's content, which comes last in it and is long, arrives in whole blocks.
 */
final class FullRecords extends OutputStream {
    /**
     * Content of a full record: 2^14 bytes (RFC 8446, section 5.1) less 17: the type of the content, and the
     * padding that Java's TLS adds to each.
     */
    static final int RECORD = (1 << 14) - 17;

    private final OutputStream tls;
    private final Gathered below;

    FullRecords(OutputStream tls, Gathered below) {
        this.tls = tls;
        this.below = below;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int first = length % RECORD;
        below.hold();
        try {
            tls.write(bytes, offset, first);
            tls.write(bytes, offset + first, length - first);
        } finally {
            below.release();
        }
    }

    @Override
    public void flush() throws IOException {
        tls.flush();
    }
}
