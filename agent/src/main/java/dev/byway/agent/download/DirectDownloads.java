package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.loop.Loop;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.unit.Moment;
import dev.byway.origin.OriginClient;
import dev.byway.origin.OriginSession;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Downloads of a device whose cache cannot be used: from the origin alone, straight into the caller's file. What a manifest
 * promises is held against the whole, as there is no place where pieces could wait for their proof; the caller must not hand
 * the file on before the end. Blocks; one thread, except {@link #close()}.
 */
public final class DirectDownloads implements AutoCloseable {
    private final OriginClient origins;
    private final Resolver resolver;
    private final OriginSession session;

    /**
     * Downloads of one command.
     *
     * @param origins is closed with this
     */
    public DirectDownloads(OriginClient origins, TrustedKeys keys) {
        this.origins = origins;
        this.resolver = new Resolver(
                origins, Publications.NONE, () -> keys, List.of(), InstantSource.system(), _ -> Optional.empty());
        this.session = origins.session(OriginSession.DEFAULT_PARALLEL);
    }

    /** What the whole file has to be. */
    private record Promise(Optional<Digest> sha256, Optional<ContentId> content, List<Reason> reasons) {}

    /**
     * Downloads one file.
     *
     * @param because why the cache is not used
     * @param seen is told every status
     * @return the last status: done, and the file is whole and what was promised; or failed
     * @throws java.io.UncheckedIOException when the target fails
     */
    public JobStatus fetch(JobRequest request, DirectTarget target, Reason because, Consumer<JobStatus> seen) {
        Moment began = Loop.now();
        Resolution found =
                request.headers().isEmpty() ? resolver.resolve(request) : Resolution.Plain.unknown(List.of());
        return switch (found) {
            case Resolution.Impossible no ->
                JobStatus.resolving(UrlPrivacy.redact(request.url()).toString())
                        .failed(new JobStatus.Failure(no.kind(), no.why()), with(because, no.reasons()), 0);
            case Resolution.Plain plain ->
                run(
                        request,
                        target,
                        new Promise(request.sha256(), Optional.empty(), with(because, plain.reasons())),
                        began,
                        seen);
            case Resolution.Proved proved
            when proved.sha256().or(request::sha256).isEmpty() ->
                JobStatus.resolving(UrlPrivacy.redact(request.url()).toString())
                        .failed(
                                new JobStatus.Failure(
                                        because.code().name(),
                                        "without the cache a torrent's file cannot be proved: give its --sha256, or make room"),
                                with(because, proved.reasons()),
                                0);
            case Resolution.Proved proved -> proved(request, target, because, proved, began, seen);
        };
    }

    private static List<Reason> with(Reason first, List<Reason> others) {
        List<Reason> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private JobStatus proved(
            JobRequest request,
            DirectTarget target,
            Reason because,
            Resolution.Proved proved,
            Moment began,
            Consumer<JobStatus> seen) {
        List<Reason> reasons = with(because, proved.reasons());
        Promise promise = new Promise(
                proved.sha256().or(request::sha256), Optional.of(proved.layer().id()), reasons);
        JobStatus status = run(request, target, promise, began, seen);
        boolean originMayDo = request.sha256().isEmpty()
                && request.manifest().isEmpty()
                && request.url().getScheme().equalsIgnoreCase("https");
        if (!isMismatch(status) || !originMayDo) {
            return status;
        }
        Reason changed = Reason.of(
                request.url().getHost(),
                ReasonCode.CHANGED_AT_ORIGIN,
                "the whole file has another digest than the one that was published");
        return run(
                request, target, new Promise(Optional.empty(), Optional.empty(), with(changed, reasons)), began, seen);
    }

    private static boolean isMismatch(JobStatus status) {
        return status.failure()
                .filter(failure -> failure.kind().equals(WholeFile.DIGEST_MISMATCH))
                .isPresent();
    }

    /** Without a promise nobody knows whether what is there belongs to what comes; with one, the end shows. */
    private JobStatus run(
            JobRequest request, DirectTarget target, Promise promise, Moment began, Consumer<JobStatus> seen) {
        TargetCopy copy = new TargetCopy(target);
        if (promise.sha256().isEmpty()) {
            copy.startOver(Optional.empty(), OptionalLong.empty());
        }
        boolean went = copy.length() > 0;
        JobStatus status = attempt(request, copy, promise, began, seen);
        return went && isMismatch(status) ? attempt(request, copy, promise, began, seen) : status;
    }

    private JobStatus attempt(
            JobRequest request, TargetCopy copy, Promise promise, Moment began, Consumer<JobStatus> seen) {
        JobRequest promised = request.withSha256(promise.sha256());
        Board board =
                new Board(JobStatus.resolving(UrlPrivacy.redact(request.url()).toString()));
        PlainShow show = new PlainShow(
                board, promised, promise.content(), promise::reasons, began, copy.length(), Accounts.EMPTY);
        Pace pace = new Pace(request.limit());
        new PlainDownload(promised, () -> session, copy, pace, new Told(show, () -> seen.accept(board.status()))).run();
        return board.status();
    }

    /** Tells somebody else, too. */
    private record Told(PlainShow show, Runnable also) implements PlainDownload.Listener {
        @Override
        public void startedOver(OptionalLong length) {
            show.startedOver(length);
            also.run();
        }

        @Override
        public void progress(long bytes, OptionalLong length) {
            show.progress(bytes, length);
            also.run();
        }

        @Override
        public void done(long bytes) {
            show.done(bytes);
            also.run();
        }

        @Override
        public void failed(String kind, String why) {
            show.failed(kind, why);
            also.run();
        }
    }

    /** Stops what is under way. Any thread. */
    @Override
    public void close() {
        session.close();
        origins.close();
    }
}
