package dev.byway.core.wire;

import java.nio.ByteBuffer;

/** Frames as arrays, for tests. */
final class Encoded {
    private Encoded() {}

    static byte[] of(Frame... frames) {
        int size = 0;
        for (Frame frame : frames) {
            size += FrameCodec.encodedSize(frame);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (Frame frame : frames) {
            FrameCodec.encode(frame, out);
        }
        return out.array();
    }

    /** A frame by hand: the right length, a type, a payload. */
    static ByteBuffer raw(int type, byte... payload) {
        return ByteBuffer.allocate(5 + payload.length)
                .putInt(1 + payload.length)
                .put((byte) type)
                .put(payload)
                .flip();
    }
}
