package dev.byway.agent.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel into a stream that takes heap buffers as they are, each in one write, where the JDK's own copies 8 KiB at a time. */
record StreamChannel(OutputStream out) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer from) throws IOException {
        int length = from.remaining();
        out.write(from.array(), from.arrayOffset() + from.position(), length);
        from.position(from.limit());
        return length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
