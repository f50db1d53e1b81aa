package dev.byway.core.content;

import java.nio.ByteBuffer;

/** Hands the bytes of any buffer over as heap arrays, which the JDK hashes fastest. */
final class HeapBytes {
    /** Takes a slice of an array. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes, int offset, int length);
    }

    private HeapBytes() {}

    /** Gives all that remains in {@code buffer} to {@code taker}; the buffer is empty afterwards. */
    static void feed(ByteBuffer buffer, Taker taker) {
        if (buffer.hasArray()) {
            taker.take(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
            return;
        }
        byte[] copy = new byte[Math.min(buffer.remaining(), PieceLayout.BLOCK)];
        while (buffer.hasRemaining()) {
            int n = Math.min(buffer.remaining(), copy.length);
            buffer.get(copy, 0, n);
            taker.take(copy, 0, n);
        }
    }
}
