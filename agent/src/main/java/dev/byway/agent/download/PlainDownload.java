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

/**
 * One download that nobody can prove: from the origin alone, from the first byte to the last, into a copy that grows. Broken connections are resumed as long as the origin says that it is still the same file; a file that changed is
 * begun again. Blocks; one thread.
 */
final class PlainDownload {
    private static final int BUFFER = 64 * 1024;
    private static final int ATTEMPTS_WITHOUT_PROGRESS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final JobRequest request;
    private final OriginSession session;
    private final GrowingCopy copy;
    private final Pace pace;
    private final Listener listener;
    private volatile boolean stopped;

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

    PlainDownload(JobRequest request, OriginSession session, GrowingCopy copy, Pace pace, Listener listener) {
        this.request = request;
        this.session = session;
        this.copy = copy;
        this.pace = pace;
        this.listener = listener;
    }

    /** Stops it at once; any thread. */
    void stop() {
        stopped = true;
        session.close();
    }

    /** Downloads to the end. */
    void run() {
        int fruitless = 0;
        while (!stopped) {
            long before = copy.length();
            try {
                Optional<OriginAnswer.Failed> broken = attempt();
                if (broken.isEmpty()) {
                    return;
                }
                fruitless = copy.length() > before ? 0 : fruitless + 1;
                if (fruitless >= ATTEMPTS_WITHOUT_PROGRESS) {
                    fail(broken.get().kind().name(), broken.get().message());
                    return;
                }
                pause(fruitless);
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.DISK_FULL) {
                    freeDisk();
                }
                fail(e.kind().name(), String.valueOf(e.getMessage()));
                return;
            }
        }
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
    private Optional<OriginAnswer.Failed> attempt() {
        while (true) {
            switch (session.open(next())) {
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
        OriginRequest whole = OriginRequest.of(request.url()).with(headers);
        Validators here = new Validators(copy.etag(), Optional.empty(), OptionalLong.empty());
        return copy.length() == 0 ? whole : whole.from(copy.length()).sameAs(here);
    }

    private void restart(Validators now) {
        copy.startOver(now.etag(), now.length());
        listener.startedOver(now.length());
    }

    private Optional<OriginAnswer.Failed> read(OriginAnswer.Body body) {
        try (body) {
            Validators about = body.about().validators();
            if (body.about().offset() != copy.length() || copy.length() == 0) {
                boolean again = copy.length() > 0;
                copy.startOver(about.etag(), about.length());
                if (again) {
                    listener.startedOver(about.length());
                }
            }
            byte[] buffer = new byte[BUFFER];
            for (int n = 0; n >= 0 && !stopped; n = body.bytes().read(buffer, 0, BUFFER)) {
                pace.take(n);
                copy.append(ByteBuffer.wrap(buffer, 0, n));
                listener.progress(copy.length(), about.length());
            }
        } catch (OriginFailureException e) {
            return Optional.of(e.failure());
        }
        if (!stopped) {
            finish();
        }
        return Optional.empty();
    }

    private void finish() {
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
