package dev.byway.core.wire;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Frames to bytes and back: a big-endian u32 that counts the bytes after it, a type of one byte, the payload. {@code
 * docs/protocol.md} has the layouts.
 *
 * <p>Pure functions; may be called by any thread. Buffers are big-endian, as every new {@link ByteBuffer} is.
 */
public final class FrameCodec {
    /** Bytes of the length field and the type. */
    public static final int HEADER = 5;

    private static final int LENGTH = 4;

    private FrameCodec() {}

    /** Bytes of {@code frame} on the wire, length field and type included. */
    public static int encodedSize(Frame frame) {
        return HEADER + PayloadWriter.size(frame);
    }

    /**
     * Appends {@code frame} to {@code out}. The bytes of a {@link Frame.Data} are copied, its own buffer is left as it was.
     *
     * @throws BufferOverflowException when fewer than {@link #encodedSize} bytes are left; then nothing was written
     */
    public static void encode(Frame frame, ByteBuffer out) {
        requireBigEndian(out);
        int payload = PayloadWriter.size(frame);
        if (out.remaining() < HEADER + payload) {
            throw new BufferOverflowException();
        }
        out.putInt(1 + payload).put((byte) FrameType.of(frame).code());
        PayloadWriter.write(frame, out);
    }

    /**
     * Reads the frame at the position of {@code in} and moves on behind it, or leaves {@code in} as it was when it is not all
     * there. Allocates the frame and what it holds, which is never more than a small multiple of the bytes given.
     *
     * @return {@link Frame.Data#bytes} is a slice of {@code in}, not a copy
     * @throws WireException when the bytes are no frame; the position of {@code in} is then anywhere
     */
    public static Decoded decode(ByteBuffer in) {
        requireBigEndian(in);
        if (in.remaining() < HEADER) {
            return new Decoded.NeedMore(HEADER - in.remaining());
        }
        int start = in.position();
        FrameType type = FrameType.of(in.get(start + LENGTH));
        int payload = type.payload(in.getInt(start));
        if (in.remaining() < HEADER + payload) {
            return new Decoded.NeedMore(HEADER + payload - in.remaining());
        }
        if (type == FrameType.UNKNOWN) {
            in.position(start + HEADER + payload);
            return new Decoded.Skipped(Byte.toUnsignedInt(in.get(start + LENGTH)));
        }
        return payload(type, in, start + HEADER, start + HEADER + payload);
    }

    private static Frame payload(FrameType type, ByteBuffer in, int from, int to) {
        int limit = in.limit();
        in.position(from).limit(to);
        try {
            Frame frame = PayloadReader.read(type, in);
            if (in.hasRemaining() && type != FrameType.HELLO) {
                throw new WireException(
                        WireException.Kind.LENGTH, in.remaining() + " bytes too many at the end of " + type);
            }
            return frame;
        } catch (BufferUnderflowException e) {
            throw new WireException(WireException.Kind.LENGTH, type + " ends within a field", e);
        } catch (IllegalArgumentException e) {
            throw new WireException(WireException.Kind.VALUE, type + ": " + e.getMessage(), e);
        } finally {
            in.limit(limit).position(to);
        }
    }

    static void requireBigEndian(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("the wire is big-endian, the buffer is " + buffer.order());
        }
    }
}
