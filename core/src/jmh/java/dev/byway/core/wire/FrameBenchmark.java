package dev.byway.core.wire;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write and read frames: a small one, and data of 64 KiB that comes in records of TLS, 16 KiB each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class FrameBenchmark {
    private static final int PAYLOAD = 64 * 1024;
    private static final int RECORD = 16 * 1024;

    private final Frame.Have have = new Frame.Have(1, 4711, 1);
    private final Frame.Data data = new Frame.Data(7, 1L << 33, ByteBuffer.allocate(PAYLOAD));
    private final ByteBuffer out = ByteBuffer.allocate(PAYLOAD + 64);
    private final ByteBuffer oneHave = ByteBuffer.allocate(64);
    private byte[] stream = new byte[0];
    private final FrameAssembler assembler = new FrameAssembler();
    private final Counter counter = new Counter();

    @Setup
    public void prepare() {
        FrameCodec.encode(have, oneHave);
        oneHave.flip();
        ByteBuffer whole = ByteBuffer.allocate(FrameCodec.encodedSize(data));
        FrameCodec.encode(data, whole);
        stream = whole.array();
    }

    @Benchmark
    public ByteBuffer haveWritten() {
        FrameCodec.encode(have, out.clear());
        return out;
    }

    @Benchmark
    public Decoded haveRead() {
        return FrameCodec.decode(oneHave.rewind());
    }

    @Benchmark
    public ByteBuffer dataWritten() {
        FrameCodec.encode(data, out.clear());
        return out;
    }

    @Benchmark
    public long dataReadInRecords() {
        for (int at = 0; at < stream.length; at += RECORD) {
            assembler.offer(stream, at, Math.min(RECORD, stream.length - at), counter);
        }
        return counter.bytes;
    }

    private static final class Counter implements FrameSink {
        long bytes;

        @Override
        public void frame(Frame frame) {
            if (frame instanceof Frame.Data part) {
                bytes += part.bytes().remaining();
            }
        }

        @Override
        public void skipped(int type) {}
    }
}
