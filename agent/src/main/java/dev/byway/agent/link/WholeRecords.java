package dev.byway.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * What a TLS socket decrypts, as many whole records at a time as have arrived, where the socket by itself gives one. Waits for the
 * first only. None is taken apart but for a buffer that is too small for the first. A record that is shorter than the one before it
 * begins the next write of the other end ({@link FullRecords}) and is left for the next time: so a frame of content comes in one piece.
 */
final class WholeRecords extends InputStream {
    private final InputStream tls;
    private final ReadAhead below;

    WholeRecords(InputStream tls, ReadAhead below) {
        this.tls = tls;
        this.below = below;
    }

    @Override
    public int read() throws IOException {
        return tls.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = tls.read(into, offset, length);
        if (count < 0) {
            return count;
        }
        below.heldOnly(true);
        try {
            int before = 0;
            int next = below.wholeRecord();
            while (count < length && (tls.available() > 0 || (next > 0 && next >= before && next <= length - count))) {
                int more = tls.read(into, offset + count, length - count);
                if (more < 0) {
                    return count;
                }
                count += more;
                before = next;
                next = below.wholeRecord();
            }
        } catch (SocketTimeoutException e) {
            // That record held nothing for the reader: new keys, for example.
        } finally {
            below.heldOnly(false);
        }
        return count;
    }
}
