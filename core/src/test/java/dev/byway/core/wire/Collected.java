package dev.byway.core.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an assembler passes on, with the parts of one {@code Data} put together again where they are adjacent. */
public final class Collected implements FrameSink {
    private final List<Frame> frames = new ArrayList<>();
    private final List<Integer> skipped = new ArrayList<>();

    @Override
    public void frame(Frame frame) {
        frames.add(frame instanceof Frame.Data data ? joined(data) : frame);
    }

    @Override
    public void skipped(int type) {
        skipped.add(type);
    }

    public List<Frame> frames() {
        return frames;
    }

    List<Integer> skipped() {
        return skipped;
    }

    /** All frames, encoded again. */
    byte[] bytes() {
        return Encoded.of(frames.toArray(Frame[]::new));
    }

    private Frame.Data joined(Frame.Data part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Frame.Data start = part;
        if (!frames.isEmpty()
                && frames.getLast() instanceof Frame.Data before
                && before.request() == part.request()
                && before.offset() + before.bytes().remaining() == part.offset()) {
            frames.removeLast();
            start = before;
            bytes.writeBytes(before.bytes().array());
        }
        byte[] copy = new byte[part.bytes().remaining()];
        part.bytes().duplicate().get(copy);
        bytes.writeBytes(copy);
        return new Frame.Data(start.request(), start.offset(), ByteBuffer.wrap(bytes.toByteArray()));
    }
}
