package dev.byway.core.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * All of a {@link Frame.Data} but its bytes, for who sends or receives these without a buffer of their own for them: a
 * writer puts this, then the bytes straight from the store.
 *
 * @param request the request that is answered
 * @param offset of the first byte in the content
 * @param length how many bytes follow, 1 to {@link WireLimits#DATA}
 */
public record DataHeader(int request, long offset, int length) {
    /** Bytes before the content: length field, type, request and offset. */
    public static final int BYTES = FrameCodec.HEADER + 12;

    public DataHeader {
        Fields.number("request", request);
        Fields.range(offset, length, WireLimits.DATA);
    }

    /**
     * Appends {@link #BYTES} bytes to {@code out}; {@link #length} bytes of content must follow on the wire.
     *
     * @throws BufferOverflowException when fewer are left; then nothing was written
     */
    public void write(ByteBuffer out) {
        FrameCodec.requireBigEndian(out);
        if (out.remaining() < BYTES) {
            throw new BufferOverflowException();
        }
        out.putInt(1 + 12 + length).put((byte) FrameType.DATA.code());
        out.putInt(request).putLong(offset);
    }

    /** Reads what {@link #write} wrote; the caller has looked at the type. */
    static DataHeader read(ByteBuffer in) {
        int payload = FrameType.DATA.payload(in.getInt());
        in.get();
        try {
            return new DataHeader(in.getInt(), in.getLong(), payload - 12);
        } catch (IllegalArgumentException e) {
            throw new WireException(WireException.Kind.VALUE, FrameType.DATA + ": " + e.getMessage(), e);
        }
    }
}
