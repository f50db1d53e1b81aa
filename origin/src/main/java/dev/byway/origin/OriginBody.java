package dev.byway.origin;

import dev.byway.origin.OriginAnswer.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of one answer, read by one thread straight from the connection into its own array. Any thread may close it.
 * When the last byte has been read, the connection goes back to the pool; closing earlier drops it at once.
 */
public final class OriginBody implements AutoCloseable {
    private final URI uri;
    private final OptionalLong expected;
    private final Exchanger.Exchange exchange;
    private final BodyDecoder decoder;
    private final Exchanger exchanger;
    private final OriginLimits limits;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private final Runnable whenDone;
    private final AtomicBoolean done = new AtomicBoolean();
    private long count;

    OriginBody(
            Representation about,
            BodyFraming framing,
            Exchanger.Exchange exchange,
            Exchanger exchanger,
            OriginLimits limits,
            Cancellation cancellation,
            Runnable whenDone) {
        this.uri = about.uri();
        this.expected = about.length();
        this.exchange = exchange;
        this.decoder = BodyDecoder.of(framing, exchange.connection().source());
        this.exchanger = exchanger;
        this.limits = limits;
        this.cancellation = cancellation;
        this.whenDone = whenDone;
        this.registration = cancellation.onCancel(exchange.connection()::close);
        finishAtEnd();
    }

    /**
     * Reads what has come, at least one byte, waiting for it; -1 at the end, which was then reached exactly where the
     * origin announced it.
     *
     * @throws OriginFailureException when the body breaks off, stalls longer than {@link OriginLimits#stall()}, or was
     *     closed or cancelled meanwhile
     */
    public int read(byte[] target, int offset, int length) {
        if (decoder.finished() || length == 0) {
            return length == 0 ? 0 : -1;
        }
        if (done.get()) {
            throw closed();
        }
        try {
            int read = decoder.read(target, offset, length);
            count += Math.max(read, 0);
            checkCount();
            finishAtEnd();
            return read;
        } catch (HttpSyntaxException e) {
            throw failed(Failures.protocol(uri, e));
        } catch (IOException e) {
            throw failed(Failures.noMore(uri, progress(), e, limits.stall()));
        }
    }

    /** Bytes read so far. */
    public long count() {
        return count;
    }

    /** Ends the transfer. Before the end of the body, this cancels at once. */
    @Override
    public void close() {
        if (done.compareAndSet(false, true)) {
            exchange.connection().close();
            registration.close();
            whenDone.run();
        }
    }

    private void checkCount() {
        boolean tooMany = expected.isPresent() && count > expected.getAsLong();
        boolean tooFew = expected.isPresent() && decoder.finished() && count < expected.getAsLong();
        if (tooMany || tooFew) {
            throw new HttpSyntaxException("the origin announced %,d bytes and sent %s"
                    .formatted(expected.getAsLong(), tooMany ? "more" : "%,d".formatted(count)));
        }
    }

    private void finishAtEnd() {
        if (decoder.finished() && done.compareAndSet(false, true)) {
            registration.close();
            exchanger.release(exchange);
            whenDone.run();
        }
    }

    private OriginFailureException failed(OriginFailureException failure) {
        boolean closedMeanwhile = done.get();
        close();
        if (Thread.currentThread().isInterrupted()) {
            return Failures.interrupted(uri);
        }
        return Failures.unlessCancelled(cancellation, closedMeanwhile ? closed() : failure);
    }

    private OriginFailureException closed() {
        return Failures.of(Kind.CANCELLED, "fetching " + Endpoint.shown(uri) + " was stopped after " + progress());
    }

    private String progress() {
        return "%,d of %s bytes"
                .formatted(
                        count, expected.isPresent() ? "%,d".formatted(expected.getAsLong()) : "an unknown number of");
    }
}
