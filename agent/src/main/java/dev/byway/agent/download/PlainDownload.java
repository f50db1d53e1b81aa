package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.core.content.Validators;
import dev.byway.origin.Headers;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginFailureException;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One download that nobody can prove: from the origin alone, from the first byte to the last, into a copy that grows. Broken connections are resumed as long as the origin says that it is still the same file; a file that changed is
 * begun again. Blocks; one thread. What was halted goes on where it was when it is run again.
 */
final class PlainDownload {
    private static final int BUFFER = 64 * 1024;
    private static final int ATTEMPTS_WITHOUT_PROGRESS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final JobRequest request;
    private final Supplier<OriginSession> sessions;
    private final GrowingCopy copy;
    private final Pace pace;
    private final Listener listener;
    private OptionalLong whole = OptionalLong.empty();
    private volatile Optional<Validators> version = Optional.empty();
    private Optional<OriginSession> session = Optional.empty();
    private boolean ended;
    private volatile boolean stopped;
    private volatile boolean halted;

    /** What is told, on the downloading thread. */
    interface Listener {
        /** What is in the spool is another version of the file; what was read is void. */
        void startedOver(OptionalLong length);

        void progress(long bytes, OptionalLong length);

        void done(long bytes);

        /**
         * It cannot go on.
         *
         * @param kind a word for scripts
         */
        void failed(String kind, String why);
    }

    /** @param sessions makes one for each run, or gives the same one where it is not halted */
    PlainDownload(
            JobRequest request, Supplier<OriginSession> sessions, GrowingCopy copy, Pace pace, Listener listener) {
        this.request = request;
        this.sessions = sessions;
        this.copy = copy;
        this.pace = pace;
        this.listener = listener;
    }

    /** Stops it at once, for good; any thread. */
    void stop() {
        stopped = true;
        cancel();
    }

    /** Stops it at once, to be run again or not; the next run when none is under way. Any thread. */
    synchronized void halt() {
        halted = true;
        cancel();
    }

    /** Of which version what is here is, as far as that is known; any thread. */
    Validators version() {
        return version.orElse(Validators.NONE);
    }

    private synchronized void cancel() {
        session.ifPresent(OriginSession::close);
    }

    private synchronized OriginSession begin() {
        OriginSession begun = sessions.get();
        session = Optional.of(begun);
        return begun;
    }

    /** Downloads to the end, which the listener is told; false when it was halted before. */
    boolean run() {
        OriginSession own = begin();
        int fruitless = 0;
        while (!stopped && !halted) {
            long before = copy.length();
            try {
                Optional<OriginAnswer.Failed> broken = attempt(own);
                if (broken.isEmpty()) {
                    break;
                }
                fruitless = copy.length() > before ? 0 : fruitless + 1;
                if (fruitless >= ATTEMPTS_WITHOUT_PROGRESS) {
                    fail(broken.get().kind().name(), broken.get().message());
                    return true;
                }
                pause(fruitless);
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.DISK_FULL) {
                    freeDisk();
                }
                fail(e.kind().name(), String.valueOf(e.getMessage()));
                return true;
            }
        }
        return isOver();
    }

    private synchronized boolean isOver() {
        session = Optional.empty();
        boolean over = ended || stopped;
        halted = halted && over;
        return over;
    }

    /** What cannot be completed here takes the space of what is fetched instead. */
    private void freeDisk() {
        try {
            copy.startOver(Optional.empty(), OptionalLong.empty());
        } catch (StoreException e) {
            return;
        }
    }

    private void fail(String kind, String why) {
        ended = true;
        copy.fail(why);
        if (!stopped) {
            listener.failed(kind, why);
        }
    }

    private static void pause(int fruitless) {
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(fruitless, 5)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Requests until the download is over, or until something broke that is worth another try. */
    private Optional<OriginAnswer.Failed> attempt(OriginSession own) {
        while (true) {
            if (whole.isPresent() && copy.length() == whole.getAsLong()) {
                finish();
                return Optional.empty();
            }
            switch (own.open(next())) {
                case OriginAnswer.Body body -> {
                    return read(body);
                }
                case OriginAnswer.Changed changed -> restart(changed.now());
                case OriginAnswer.NotModified ignored -> restart(Validators.NONE);
                case OriginAnswer.Refused refused
                when refused.status() == 416 && copy.length() > 0 -> restart(Validators.NONE);
                case OriginAnswer.Refused refused -> {
                    fail("HTTP_" + refused.status(), refused.message());
                    return Optional.empty();
                }
                case OriginAnswer.Failed failed -> {
                    if (halted && !stopped) {
                        return Optional.empty();
                    }
                    if (copy.length() > 0 && mayPass(failed.kind())) {
                        return Optional.of(failed);
                    }
                    fail(failed.kind().name(), failed.message());
                    return Optional.empty();
                }
            }
        }
    }

    private static boolean mayPass(OriginAnswer.Kind kind) {
        return switch (kind) {
            case TIMEOUT, RESET, CONNECT, DNS, SHORT_BODY, PROXY -> true;
            case TLS, PROTOCOL, EGRESS_REFUSED, TOO_MANY_REDIRECTS, REDIRECT_REFUSED, CANCELLED -> false;
        };
    }

    private OriginRequest next() {
        Headers headers = Headers.NONE;
        for (JobRequest.Header header : request.headers()) {
            headers = headers.with(header.name(), header.value());
        }
        OriginRequest all = OriginRequest.of(request.url()).with(headers);
        Validators here = version.orElse(new Validators(copy.etag(), Optional.empty(), OptionalLong.empty()));
        return copy.length() == 0 ? all : all.from(copy.length()).sameAs(here);
    }

    private void restart(Validators now) {
        whole = OptionalLong.empty();
        version = Optional.empty();
        copy.startOver(now.etag(), now.length());
        listener.startedOver(now.length());
    }

    private Optional<OriginAnswer.Failed> read(OriginAnswer.Body body) {
        boolean atEnd;
        try (body) {
            Validators about = body.about().validators();
            whole = about.length();
            version = Optional.of(about);
            if (body.about().offset() != copy.length() || copy.length() == 0) {
                boolean again = copy.length() > 0;
                copy.startOver(about.etag(), about.length());
                if (again) {
                    listener.startedOver(about.length());
                }
            }
            byte[] buffer = new byte[BUFFER];
            int n = 0;
            while (n >= 0 && !stopped && !halted) {
                pace.take(n);
                copy.append(ByteBuffer.wrap(buffer, 0, n));
                listener.progress(copy.length(), about.length());
                n = body.bytes().read(buffer, 0, BUFFER);
            }
            atEnd = n < 0;
        } catch (OriginFailureException e) {
            return halted ? Optional.empty() : Optional.of(e.failure());
        }
        if (atEnd && !stopped) {
            finish();
        }
        return Optional.empty();
    }

    private void finish() {
        ended = true;
        if (request.sha256().isPresent() && !request.sha256().get().equals(copy.digest())) {
            copy.startOver(Optional.empty(), OptionalLong.empty());
            JobStatus.Failure mismatch = WholeFile.mismatch(request.url());
            fail(mismatch.kind(), mismatch.message());
            return;
        }
        copy.complete();
        listener.done(copy.length());
    }
}
