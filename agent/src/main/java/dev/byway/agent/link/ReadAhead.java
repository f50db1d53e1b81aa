package dev.byway.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * The bytes of a socket, read as many at a time as lie there, for a TLS engine that asks for each record's header and body by
 * themselves: a call into the system costs as much as decrypting some kilobytes. The memory follows what comes: a few hundred bytes
 * while a link is quiet, {@link #MOST} in a stream of records. Used by one thread.
 */
final class ReadAhead extends InputStream {
    /** Some eight records of TLS. */
    private static final int MOST = 128 * 1024;

    private static final int LEAST = 512;

    /** A buffer of which less than this part is filled is too large. */
    private static final int SPARE = 8;

    /** Header of a TLS record: type, version and the length of what follows (RFC 8446, section 5.1). */
    private static final int RECORD_HEADER = 5;

    private static final int RECORD_LENGTH = 3;

    private final InputStream socket;
    private boolean heldOnly;
    private byte[] held = new byte[LEAST];
    private int next;
    private int end;

    ReadAhead(InputStream socket) {
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        if (next == end && fill() < 0) {
            return -1;
        }
        return Byte.toUnsignedInt(held[next++]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == end && fill() < 0) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(held, next, into, offset, count);
        next += count;
        return count;
    }

    private int fill() throws IOException {
        if (heldOnly) {
            throw new SocketTimeoutException("all that was held is read");
        }
        if (end == held.length && held.length < MOST) {
            held = new byte[2 * held.length];
        } else if (end < held.length / SPARE && held.length > LEAST) {
            held = new byte[held.length / 2];
        }
        int count = socket.read(held, 0, held.length);
        next = 0;
        end = Math.max(0, count);
        return count;
    }

    /** Whether to give only what is held already, and then to throw what a TLS engine can go on after, instead of waiting. */
    void heldOnly(boolean only) {
        heldOnly = only;
    }

    /** What is held already. */
    @Override
    public int available() {
        return end - next;
    }

    /** Length of the next record of TLS, its header not counted, when it is held from its first byte to its last; else 0. */
    int wholeRecord() {
        if (available() < RECORD_HEADER) {
            return 0;
        }
        int length = Byte.toUnsignedInt(held[next + RECORD_LENGTH]) << Byte.SIZE
                | Byte.toUnsignedInt(held[next + RECORD_LENGTH + 1]);
        return available() >= RECORD_HEADER + length ? length : 0;
    }
}
