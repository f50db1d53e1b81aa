package dev.byway.agent.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel into a stream that takes heap buffers as they are, each in one write, where the JDK's own copies 8 KiB at a time. */
final class StreamChannel implements WritableByteChannel {
    private final OutputStream out;
    private long written;

    StreamChannel(OutputStream out) {
        this.out = out;
    }

    /** Bytes that were written. */
    long written() {
        return written;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int length = from.remaining();
        out.write(from.array(), from.arrayOffset() + from.position(), length);
        from.position(from.limit());
        written += length;
        return length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
