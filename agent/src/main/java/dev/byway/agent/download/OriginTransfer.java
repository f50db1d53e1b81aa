package dev.byway.agent.download;

import dev.byway.agent.store.StoreException;
import dev.byway.core.swarm.DownloadEvent.Ending;
import dev.byway.core.unit.ByteRange;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginFailureException;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One range from an HTTP origin, on a virtual thread of its own. Ends with one {@link Ending}, unless stopped. */
final class OriginTransfer {
    private static final int BUFFER = 64 * 1024;

    private final OriginSession session;
    private final OriginRequest request;
    private final ByteRange range;
    private final BlockSink sink;
    private final Pace pace;
    private final Outcome outcome;
    private volatile boolean stopped;
    private volatile boolean enough;
    private volatile Optional<OriginAnswer.Body> open = Optional.empty();

    /**
     * Who is told.
     *
     * @param ended once, unless stopped before
     * @param diskFailed instead of it, when the disk fails
     */
    record Outcome(Consumer<Ending> ended, Consumer<StoreException> diskFailed) {}

    OriginTransfer(
            OriginSession session, OriginRequest request, ByteRange range, BlockSink sink, Pace pace, Outcome outcome) {
        this.session = session;
        this.request = request;
        this.range = range;
        this.sink = sink;
        this.pace = pace;
        this.outcome = outcome;
    }

    OriginTransfer start() {
        Thread.ofVirtual().name("byway-origin").start(this::run);
        return this;
    }

    private void run() {
        try {
            Ending ending = fetch();
            if (!stopped) {
                sink.tellRest();
                outcome.ended().accept(ending);
            }
        } catch (StoreException e) {
            outcome.diskFailed().accept(e);
        }
    }

    /** The rest is not needed: the connection is dropped at once. */
    void stop() {
        stopped = true;
        open.ifPresent(OriginAnswer.Body::close);
    }

    /** All that is still wanted has come: it ends as complete, without waiting for more. */
    void enough() {
        enough = true;
        open.ifPresent(OriginAnswer.Body::close);
    }

    private Ending fetch() {
        return switch (session.open(request.part(range))) {
            case OriginAnswer.Body body -> read(body);
            case OriginAnswer.NotModified not -> new Ending.Refused(not.message());
            case OriginAnswer.Changed changed -> new Ending.Refused(changed.message());
            case OriginAnswer.Refused refused -> refusal(refused);
            case OriginAnswer.Failed failed -> failure(failed);
        };
    }

    private Ending read(OriginAnswer.Body body) {
        open = Optional.of(body);
        try (body) {
            byte[] buffer = new byte[BUFFER];
            long skip = range.offset() - body.about().offset();
            while (!stopped && !enough) {
                int n = body.bytes().read(buffer, 0, (int) (skip > 0 ? Math.min(skip, BUFFER) : BUFFER));
                if (n < 0) {
                    return new Ending.Broken("the origin's answer ended early");
                }
                pace.take(n);
                if (skip > 0) {
                    skip -= n;
                } else if (!sink.take(ByteBuffer.wrap(buffer, 0, n))) {
                    return new Ending.Complete();
                }
            }
            return new Ending.Complete();
        } catch (OriginFailureException e) {
            return enough ? new Ending.Complete() : failure(e.failure());
        }
    }

    private static Ending refusal(OriginAnswer.Refused refused) {
        boolean later = refused.status() == 429 || refused.status() >= 500;
        Ending soon = refused.retryAfter()
                .<Ending>map(Ending.Busy::new)
                .orElseGet(() -> new Ending.Broken(refused.message()));
        return later ? soon : new Ending.Refused(refused.message());
    }

    private static Ending failure(OriginAnswer.Failed failed) {
        return switch (failed.kind()) {
            case TLS, PROTOCOL, EGRESS_REFUSED, TOO_MANY_REDIRECTS, REDIRECT_REFUSED ->
                new Ending.Refused(failed.message());
            case DNS, CONNECT, PROXY, TIMEOUT, RESET, SHORT_BODY -> new Ending.Broken(failed.message());
            case CANCELLED -> new Ending.Busy(Duration.ofMillis(100));
        };
    }
}
