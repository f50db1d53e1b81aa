package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.wire.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Notes what a link's handler is told; tests wait for it with a bound. */
final class Recorder implements LinkHandler {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The end of one request that was served. */
    record Served(int request, int bytes, ServeOutcome outcome) {}

    private final BlockingQueue<Link> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final List<Integer> sent = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Served> served = new LinkedBlockingQueue<>();
    private final BlockingQueue<LinkEnd> closed = new LinkedBlockingQueue<>();
    private final List<LinkEnd> allClosed = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<Link, Frame> onFrame = (link, frame) -> {};

    /** Does this on the reader's thread for every frame, after noting it. */
    void whenFrame(BiConsumer<Link, Frame> action) {
        onFrame = action;
    }

    @Override
    public void onOpened(Link link) {
        opened.add(link);
    }

    @Override
    public void onFrame(Link link, Frame frame) {
        frames.add(kept(frame));
        onFrame.accept(link, frame);
    }

    private static Frame kept(Frame frame) {
        if (frame instanceof Frame.Data(int request, long offset, ByteBuffer bytes)) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return new Frame.Data(request, offset, ByteBuffer.wrap(copy));
        }
        return frame;
    }

    @Override
    public void onSending(Link link, int bytes) {
        sent.add(bytes);
    }

    @Override
    public void onServed(Link link, int request, int bytes, ServeOutcome outcome) {
        served.add(new Served(request, bytes, outcome));
    }

    @Override
    public void onClosed(Link link, LinkEnd end) {
        allClosed.add(end);
        closed.add(end);
    }

    Link opened() {
        return next(opened, "a link");
    }

    Frame frame() {
        return next(frames, "a frame");
    }

    /** Bytes of content that went out so far. */
    long sent() {
        return sent.stream().mapToLong(Integer::longValue).sum();
    }

    Served served() {
        return next(served, "the end of a request");
    }

    LinkEnd closed() {
        return next(closed, "the end of the link");
    }

    /** All ends so far. */
    List<LinkEnd> allClosed() {
        return List.copyOf(allClosed);
    }

    void openedNothing() {
        assertThat(opened).isEmpty();
        assertThat(allClosed).isEmpty();
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T value = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (value == null) {
                throw new AssertionError(what + " did not come within " + PATIENCE);
            }
            return value;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
