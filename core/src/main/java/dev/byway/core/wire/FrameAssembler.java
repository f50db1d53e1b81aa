package dev.byway.core.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Frames out of a stream that comes in arbitrary bits, such as the reads from a TLS socket.
 *
 * <p>A {@link Frame.Data} is never held back or copied: what of it lies in the region that was offered is passed on at once,
 * as a {@code Data} of its own with the right offset. So one {@code Data} on the wire may reach the sink as several, which
 * together are the same bytes in the same order; a sender may cut an answer as it likes anyway. A link therefore needs no
 * buffer of the size of a frame, only that of one read. A frame of unknown type is dropped as it comes in. Of any other
 * frame the beginning is held until its end arrives; the memory for that grows with the bytes that did arrive, never with
 * what a length field promises.
 *
 * <p>One per direction of a link; used by that link's reader thread alone. After a {@link WireException} it is of no use.
 */
public final class FrameAssembler {
    private static final int SMALL = 64;
    private static final int KEPT = 4096;

    private byte[] held = new byte[SMALL];
    private int heldSize;

    private int skipType;
    private int skipLeft;

    private int dataRequest;
    private long dataOffset;
    private int dataLeft;

    /**
     * Takes the next bytes of the stream and passes on every frame that they complete.
     *
     * @throws WireException when the stream is not one of frames; the frames before that were passed on
     */
    public void offer(byte[] bytes, int offset, int length, FrameSink sink) {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        while (in.hasRemaining()) {
            if (dataLeft > 0) {
                passData(in, sink);
            } else if (skipLeft > 0) {
                skip(in, sink);
            } else if (heldSize > 0 || !passWhole(in, sink)) {
                hold(in, sink);
            }
        }
    }

    /** Whether the stream may end here: no frame is half arrived. */
    public boolean isBetweenFrames() {
        return dataLeft == 0 && skipLeft == 0 && heldSize == 0;
    }

    private static boolean passWhole(ByteBuffer in, FrameSink sink) {
        switch (FrameCodec.decode(in)) {
            case Frame frame -> sink.frame(frame);
            case Decoded.Skipped skipped -> sink.skipped(skipped.type());
            case Decoded.NeedMore more -> {
                return false;
            }
        }
        return true;
    }

    /** Brings in what the frame in {@code held} needs for the next step, or as much of it as there is. */
    private void hold(ByteBuffer in, FrameSink sink) {
        int wanted = wanted();
        int taken = Math.min(wanted - heldSize, in.remaining());
        if (held.length < heldSize + taken) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, heldSize + taken));
        }
        in.get(held, heldSize, taken);
        heldSize += taken;
        if (heldSize == wanted && heldSize == wanted()) {
            pass(sink);
        }
    }

    /** How many bytes of the frame in {@code held} are to be held: its header, then as many as its type needs. */
    private int wanted() {
        if (heldSize < FrameCodec.HEADER) {
            return FrameCodec.HEADER;
        }
        FrameType type = heldType();
        int payload = type.payload(ByteBuffer.wrap(held).getInt());
        if (type == FrameType.UNKNOWN) {
            return FrameCodec.HEADER;
        }
        return type == FrameType.DATA ? DataHeader.BYTES : FrameCodec.HEADER + payload;
    }

    private void pass(FrameSink sink) {
        ByteBuffer begun = ByteBuffer.wrap(held, 0, heldSize);
        FrameType type = heldType();
        heldSize = 0;
        if (type == FrameType.DATA) {
            DataHeader header = DataHeader.read(begun);
            dataRequest = header.request();
            dataOffset = header.offset();
            dataLeft = header.length();
        } else if (type == FrameType.UNKNOWN && begun.getInt(0) > 1) {
            skipType = Byte.toUnsignedInt(begun.get(FrameCodec.HEADER - 1));
            skipLeft = begun.getInt(0) - 1;
        } else if (!passWhole(begun, sink)) {
            throw new IllegalStateException("a frame of type " + type + " was passed on before it was whole");
        }
        if (held.length > KEPT) {
            held = new byte[SMALL];
        }
    }

    private FrameType heldType() {
        return FrameType.of(held[FrameCodec.HEADER - 1]);
    }

    private void passData(ByteBuffer in, FrameSink sink) {
        int part = Math.min(dataLeft, in.remaining());
        Frame.Data data = new Frame.Data(dataRequest, dataOffset, in.slice(in.position(), part));
        in.position(in.position() + part);
        dataOffset += part;
        dataLeft -= part;
        sink.frame(data);
    }

    private void skip(ByteBuffer in, FrameSink sink) {
        int part = Math.min(skipLeft, in.remaining());
        in.position(in.position() + part);
        skipLeft -= part;
        if (skipLeft == 0) {
            sink.skipped(skipType);
        }
    }
}
