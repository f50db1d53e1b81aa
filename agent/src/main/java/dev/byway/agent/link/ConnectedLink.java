package dev.byway.agent.link;

import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameAssembler;
import dev.byway.core.wire.FrameSink;
import dev.byway.core.wire.RejectReason;
import dev.byway.core.wire.Violation;
import dev.byway.core.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link Link} over one connection.
 *
 * <p>Three virtual threads: the reader, which runs {@link #run} and makes all calls of the handler that are in order; the
 * writer; and the watch, which looks at the clocks, because only closing the connection ends a blocked write. The first reason
 * to end wins. The end comes in this order: the good-bye is queued, the writer writes it and closes its half, the reader
 * reads on until the peer has closed the other half or the grace is over (closing a socket with unread bytes would reset the
 * connection and lose the good-bye), and then the handler is told.
 */
final class ConnectedLink implements Link, FrameSink {
    private final LinkConnection connection;
    private final LinkSetup setup;
    private final boolean dialledHere;
    private final Runnable whenOpen;
    private final Conversation conversation = new Conversation();
    private final LinkWriter writer;
    private final CompletableFuture<Link> opened = new CompletableFuture<>();
    private final CompletableFuture<LinkEnd> ended = new CompletableFuture<>();
    private final AtomicLong read = new AtomicLong();
    private volatile Optional<Frame.Hello> hello = Optional.empty();
    private volatile long lastRead = System.nanoTime();

    /** @param whenOpen called when the link opens */
    ConnectedLink(LinkConnection connection, LinkSetup setup, boolean dialledHere, Runnable whenOpen)
            throws IOException {
        this.connection = connection;
        this.setup = setup;
        this.dialledHere = dialledHere;
        this.whenOpen = whenOpen;
        writer = new LinkWriter(conversation, connection, setup.uploads(), new Told());
    }

    /** Completed when the link is open and the handler knows it. */
    CompletableFuture<Link> opened() {
        return opened;
    }

    /** Completed when it ends, perhaps before it was open. */
    CompletableFuture<LinkEnd> ended() {
        return ended;
    }

    /** Runs the link until it is gone. The calling thread becomes its reader. */
    void run() {
        Thread writing = Thread.ofVirtual().name("byway-link-writer").start(this::write);
        Thread watching = Thread.ofVirtual().name("byway-link-watch").start(this::watch);
        try {
            say(setup.hello().get());
            end(read());
        } finally {
            end(new LinkEnd.OwnFault("the reader failed"));
            leave(writing, watching);
        }
    }

    private void leave(Thread writing, Thread watching) {
        watching.interrupt();
        try {
            writing.join(setup.times().grace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.hangUp(setup.times().grace());
        if (hello.isPresent()) {
            setup.handler().onClosed(this, ended.join());
        }
    }

    private LinkEnd read() {
        FrameAssembler frames = new FrameAssembler();
        ReadBuffer buffer = new ReadBuffer();
        try {
            InputStream in = connection.input();
            for (int n = in.read(buffer.bytes()); n >= 0; n = in.read(buffer.bytes())) {
                lastRead = System.nanoTime();
                read.addAndGet(n);
                if (!ended.isDone()) {
                    frames.offer(buffer.bytes(), 0, n, this);
                }
                buffer.took(n);
            }
            return new LinkEnd.Lost("the peer closed the connection without a good-bye");
        } catch (WireException e) {
            return new LinkEnd.PeerFault(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return connection.meaning(e);
        }
    }

    private static LinkEnd lost(IOException e) {
        return new LinkEnd.Lost(String.valueOf(e.getMessage()));
    }

    @Override
    public void frame(Frame frame) {
        if (ended.isDone()) {
            return;
        }
        Optional<Violation> fault = conversation.heard(frame);
        if (fault.isPresent()) {
            end(new LinkEnd.PeerFault(fault.get().detail()));
        } else if (frame instanceof Frame.Hello first) {
            open(first);
        } else if (frame instanceof Frame.Bye(RejectReason reason)) {
            end(new LinkEnd.ClosedByPeer(reason));
        } else if (!(frame instanceof Frame.KeepAlive)) {
            handle(() -> setup.handler().onFrame(this, frame));
        }
    }

    private void open(Frame.Hello first) {
        hello = Optional.of(first);
        whenOpen.run();
        handle(() -> setup.handler().onOpened(this));
        opened.complete(this);
    }

    @Override
    public void skipped(int type) {
        conversation.heardUnknown().ifPresent(fault -> end(new LinkEnd.PeerFault(fault.detail())));
    }

    private void handle(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LinkLog.defect("a handler of link frames failed", e);
            end(new LinkEnd.OwnFault(e.toString()));
        }
    }

    private void write() {
        try {
            try {
                writer.run();
            } catch (RuntimeException e) {
                LinkLog.defect("a link's writer failed", e);
                end(new LinkEnd.OwnFault(e.toString()));
                writer.run();
            }
            connection.closeOutput();
        } catch (IOException e) {
            endUnlessReaderKnows(lost(e));
        } catch (InterruptedException e) {
            end(new LinkEnd.OwnFault("the writer was interrupted"));
        }
    }

    /** A write that fails says less than the read that fails with it: the peer's alert or good-bye may lie there. */
    private void endUnlessReaderKnows(LinkEnd reason) {
        try {
            ended.get(setup.times().grace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            end(reason);
        }
    }

    private void watch() {
        LinkTimes times = setup.times();
        long start = System.nanoTime();
        try {
            while (!ended.isDone()) {
                Thread.sleep(times.tick());
                if (!opened.isDone()
                        && System.nanoTime() - start > times.hello().toNanos()) {
                    end(new LinkEnd.Lost("no hello within " + times.hello().toMillis() + " ms"));
                }
                if (silence().compareTo(times.silence()) > 0) {
                    end(new LinkEnd.Silent(silence()));
                }
                if (writer.stalledNanos().orElse(0L) > times.stall().toNanos()) {
                    end(new LinkEnd.Stalled(times.stall()));
                }
                if (writer.idleNanos() > times.keepAlive().toNanos()) {
                    say(new Frame.KeepAlive());
                }
            }
        } catch (InterruptedException e) {
            // The link is over.
        }
    }

    private void end(LinkEnd reason) {
        if (ended.complete(reason)) {
            conversation.finish(reason.farewell());
            connection.closeAfter(setup.times().grace());
        }
    }

    private void say(Frame frame) {
        conversation.say(frame).ifPresent(this::end);
    }

    private void served(int request, int bytes, ServeOutcome outcome) {
        setup.handler().onServed(this, request, bytes, outcome);
    }

    private final class Told implements LinkWriter.Served {
        @Override
        public void sending(int bytes) {
            setup.handler().onSending(ConnectedLink.this, bytes);
        }

        @Override
        public void over(int request, int bytes, ServeOutcome outcome) {
            served(request, bytes, outcome);
        }
    }

    @Override
    public void send(Frame frame) {
        if (frame instanceof Frame.Data || frame instanceof Frame.Hello || frame instanceof Frame.Bye) {
            throw new IllegalArgumentException("not sent this way: " + frame);
        }
        say(frame);
    }

    @Override
    public boolean maySend(Allowance allowance) {
        return conversation.maySend(allowance);
    }

    @Override
    public void serve(int request, long offset, int length, PieceReader source) {
        conversation.serve(new Upload(request, offset, length, source));
    }

    @Override
    public void cancel(int request, RejectReason reason) {
        conversation
                .cancel(request, reason)
                .ifPresent(upload -> served(request, upload.sent(), ServeOutcome.CANCELLED));
    }

    @Override
    public void close(RejectReason reason) {
        end(new LinkEnd.ClosedHere(reason));
    }

    @Override
    public PeerIdentity peer() {
        return connection.peer();
    }

    @Override
    public InetSocketAddress remote() {
        return connection.remote();
    }

    @Override
    public boolean dialledHere() {
        return dialledHere;
    }

    @Override
    public Frame.Hello hello() {
        return hello.orElseThrow();
    }

    @Override
    public long bytesIn() {
        return read.get();
    }

    @Override
    public long bytesOut() {
        return writer.written();
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastRead);
    }

    /** For logs. */
    @Override
    public String toString() {
        return peer().device().shortForm() + (dialledHere ? " at " : " from ") + remote();
    }
}
