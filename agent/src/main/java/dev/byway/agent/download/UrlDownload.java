package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.SharedWith;
import dev.byway.agent.store.Spool;
import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.unit.Moment;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One download of one URL, for all jobs that asked for it: resolves it, then runs either a swarm download or a plain one,
 * and shows on a {@link Board} how it goes. Where the swarm finds no source that gives the published bytes, and TLS vouches
 * for what the origin gives, that is taken instead.
 */
final class UrlDownload {
    private static final System.Logger LOG = System.getLogger(UrlDownload.class.getName());
    /** What a swarm download says when no source is left. */
    private static final String NO_SOURCE = "NO_SOURCE";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SPOOL_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SPOOL_PAUSE = Duration.ofMillis(50);

    private final Downloads.Context context;
    private final Downloads owner;
    private final JobRequest request;
    private final Moment began = Loop.now();
    private final Board board;
    private final OriginSession session;
    private final Pace pace;
    private final Totals.Entry counted;

    /** Guards what follows: who ends a download finds all of it, and nothing is begun afterwards. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Joined> swarm = Optional.empty();
    private Optional<Spool> spool = Optional.empty();
    private Optional<PlainDownload> plain = Optional.empty();
    private Optional<ByDigest> byDigest = Optional.empty();
    private boolean ended;

    private final CountDownLatch unused = new CountDownLatch(1);
    private final CountDownLatch spoolClosed = new CountDownLatch(1);

    private int users;

    /** @param wanted what the whole has to be besides what its pieces prove */
    private record Joined(SwarmRun run, SwarmShow show, Optional<Digest> wanted, Optional<Resolution.Claim> claim) {}

    /** What makes two requests the same download. */
    record Key(URI url, List<JobRequest.Header> headers, Optional<Digest> sha256, Optional<Digest> manifest) {
        static Key of(JobRequest request) {
            return new Key(
                    request.url(),
                    request.headers(),
                    request.sha256(),
                    request.manifest().map(Digest::sha256));
        }
    }

    UrlDownload(Downloads.Context context, Downloads owner, JobRequest request) {
        this.context = context;
        this.owner = owner;
        this.request = request;
        this.board =
                new Board(JobStatus.resolving(UrlPrivacy.redact(request.url()).toString()));
        this.session = context.origins().session(OriginSession.DEFAULT_PARALLEL);
        this.pace = new Pace(request.limit());
        this.counted = context.totals().open(this::ownAccounts);
        onItsOwn(this::begin);
    }

    /** What this download brought itself; a run that others may share is counted once for all of them. */
    private Accounts ownAccounts() {
        lock.lock();
        try {
            return swarm.isPresent() ? Accounts.EMPTY : board.status().accounts();
        } finally {
            lock.unlock();
        }
    }

    Board board() {
        return board;
    }

    Optional<StoredContent> stored() {
        lock.lock();
        try {
            return swarm.map(joined -> joined.run().stored());
        } finally {
            lock.unlock();
        }
    }

    SpoolReader newReader() {
        lock.lock();
        try {
            return spool.orElseThrow(() -> new StoreException(StoreException.Kind.NOT_HELD, "nothing is here yet"))
                    .reader();
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by the owner's lock. */
    void use() {
        users++;
    }

    /** Guarded by the owner's lock; whether nobody is left. */
    boolean unuse() {
        return --users == 0;
    }

    void endIfUnused() {
        if (users > 0) {
            return;
        }
        Optional<PlainDownload> running;
        Optional<ByDigest> sharing;
        lock.lock();
        try {
            ended = true;
            running = plain;
            sharing = byDigest;
        } finally {
            lock.unlock();
        }
        counted.close();
        sharing.ifPresent(ByDigest::leave);
        leaveSwarm();
        running.ifPresent(PlainDownload::stop);
        session.close();
        unused.countDown();
        if (running.isPresent()) {
            awaitAtMost(spoolClosed, STOP_PATIENCE);
        }
    }

    private static void awaitAtMost(CountDownLatch latch, Duration most) {
        try {
            latch.await(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong here, whoever waits is told. */
    private void onItsOwn(Runnable part) {
        Thread.ofVirtual().name("byway-resolve").start(() -> {
            try {
                part.run();
            } catch (StoreException e) {
                fail(List.of(), e.kind().name(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a download failed in a way that nobody thought of", e);
                fail(List.of(), "DEFECT", "unexpected trouble (" + e + "): please report this");
            }
        });
    }

    private void begin() {
        List<Reason> gates = new ArrayList<>(context.gates().refusals(facts(OptionalLong.empty())));
        boolean mayResolve = request.headers().isEmpty();
        switch (mayResolve ? context.resolver().resolve(request) : Resolution.Plain.unknown(gates)) {
            case Resolution.Proved proved -> runSwarm(proved);
            case Resolution.Plain unproved -> runUnpublished(unproved);
            case Resolution.Impossible impossible -> fail(impossible.reasons(), impossible.kind(), impossible.why());
        }
    }

    /** What nobody published may be shared all the same, by its digest. */
    private void runUnpublished(Resolution.Plain unproved) {
        Optional<ByDigest> sharing = ByDigest.of(context, request, session, unproved);
        lock.lock();
        try {
            byDigest = sharing;
            if (ended) {
                sharing.ifPresent(ByDigest::close);
                return;
            }
        } finally {
            lock.unlock();
        }
        switch (sharing.map(UrlDownload::source).orElseGet(ByDigest.Source.Origin::new)) {
            case ByDigest.Source.Neighbours(Resolution.Proved claimed) -> runSwarm(claimed);
            case ByDigest.Source.Origin ignored ->
                runPlain(sharing.isPresent() ? List.of() : unproved.reasons(), Accounts.EMPTY);
        }
    }

    private static ByDigest.Source source(ByDigest sharing) {
        try {
            return sharing.source();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new ByDigest.Source.Origin();
        }
    }

    private ContentFacts facts(OptionalLong length) {
        ContentFacts known = length.isPresent() ? ContentFacts.ofLength(length.getAsLong()) : ContentFacts.UNKNOWN;
        return known.asPrivate(!request.headers().isEmpty()).withPeersDeclined(!request.peers());
    }

    private void fail(List<Reason> reasons, String kind, String why) {
        double after = Loop.now().since(began).toNanos() / 1e9;
        board.show(now ->
                now.failed(new JobStatus.Failure(kind, why), reasons.isEmpty() ? now.reasons() : reasons, after));
    }

    // ---- proved content ----

    private void runSwarm(Resolution.Proved proved) {
        ContentId id = proved.layer().id();
        List<Reason> refusals = context.gates().refusals(facts(OptionalLong.of(id.length())));
        Optional<Joined> joined = joinSwarm(proved);
        if (joined.isEmpty()) {
            return;
        }
        SwarmRun run = joined.get().run();
        OriginRequest origin = OriginRequest.of(request.url()).sameAs(proved.validators());
        synchronized (run) {
            run.download()
                    .ifPresentOrElse(
                            running -> running.origin(origin),
                            () -> startRun(joined.get(), proved, origin, refusals.isEmpty()));
        }
        SwarmDownload download = run.download().orElseThrow();
        proved.reasons().forEach(download::explain);
        refusals.forEach(download::explain);
        run.listen(joined.get().show());
    }

    /** Empty when nobody is interested any more. */
    private Optional<Joined> joinSwarm(Resolution.Proved proved) {
        SwarmRun run = owner.joinRun(proved.layer().id(), proved.layer().layout());
        Optional<Digest> wanted = request.sha256().or(() -> proved.claim().map(Resolution.Claim::sha256));
        SwarmShow show = new SwarmShow(board, run.stored(), began, wanted.isPresent(), new SwarmShow.End() {
            @Override
            public void done() {
                swarmDone();
            }

            @Override
            public void failed(String kind, String why) {
                swarmFailed(kind, why);
            }
        });
        Joined joined = new Joined(run, show, wanted, proved.claim());
        lock.lock();
        try {
            if (!ended) {
                swarm = Optional.of(joined);
                return swarm;
            }
        } finally {
            lock.unlock();
        }
        owner.leaveRun(run, show);
        return Optional.empty();
    }

    private Optional<Joined> leaveSwarm() {
        Optional<Joined> left;
        lock.lock();
        try {
            left = swarm;
            swarm = Optional.empty();
        } finally {
            lock.unlock();
        }
        left.ifPresent(joined -> owner.leaveRun(joined.run(), joined.show()));
        return left;
    }

    /** The origin comes before the neighbours: with those alone, and nothing that they hold, a download gives up. */
    private void startRun(Joined joined, Resolution.Proved proved, OriginRequest origin, boolean shared) {
        SwarmRun run = joined.run();
        StoredContent stored = run.stored();
        if (stored.trouble().isPresent()) {
            stored.resume();
        }
        stored.saveLayer(proved.layer());
        stored.rememberOrigin(request.url());
        remember(proved, stored);
        stored.recover();
        int adopted = stored.adopt(proved.layer(), context.store()).count();
        joined.show().countHeld();
        proved.claim().ifPresent(claim -> run.brought(origin(), putSample(claim, proved.layer(), stored)));
        OriginSession own = context.origins().session(OriginSession.DEFAULT_PARALLEL);
        SwarmDownload download = new SwarmDownload(
                stored,
                proved.layer(),
                SharedWith.of(stored).orElseGet(proved::visibility),
                context.self(),
                shared,
                proved.claim().isPresent() && SharedWith.of(stored).isEmpty(),
                context.tuning(),
                own,
                pace,
                run);
        run.runs(download);
        if (stored.held().isFull()) {
            download.explain(Reason.of("cache", ReasonCode.ALREADY_HELD, "all of it was in this device's cache"));
        }
        if (adopted > 0) {
            String detail = adopted + " of " + stored.layout().pieceCount()
                    + " pieces were here as pieces of other files, as those of an earlier version are";
            download.explain(Reason.of("cache", ReasonCode.PIECES_REUSED, detail));
        }
        download.origin(origin);
        if (shared) {
            context.changed()
                    .run(); // first: so the download hears from the beginning that the coordinator is being asked
            context.peering().register(download);
        }
    }

    /** What a neighbour claims is for nobody else before it is proved. */
    private static void remember(Resolution.Proved proved, StoredContent stored) {
        proved.published().ifPresent(signed -> {
            stored.saveManifest(signed.envelope().toBytes());
            stored.rememberExpiry(signed.manifest().expires());
        });
        if (proved.published().isEmpty() && proved.claim().isEmpty()) {
            stored.rememberOpen();
        }
    }

    /** What was held against the origin need not come again; how many bytes that were. */
    private static long putSample(Resolution.Claim claim, PieceLayer layer, StoredContent stored) {
        return claim.sample().entrySet().stream()
                .filter(one -> WholeFile.put(stored, layer, one.getKey(), one.getValue()))
                .mapToLong(one -> one.getValue().length)
                .sum();
    }

    private Contributor origin() {
        return new Contributor(SourceKind.ORIGIN, request.url().getHost());
    }

    private void swarmDone() {
        joined().ifPresent(one ->
                one.wanted().ifPresentOrElse(digest -> onItsOwn(() -> judgeWhole(one, digest)), one.show()::showDone));
    }

    /** The manifest proved the content; whether it is the one that the user means, the content itself must say. */
    private void judgeWhole(Joined joined, Digest wanted) {
        if (WholeFile.digest(joined.run().stored()).equals(wanted)) {
            joined.claim().ifPresent(_ -> confirm(joined, wanted));
            joined.show().showDone();
        } else if (joined.claim().isPresent()) {
            throwAway(joined.claim().get());
        } else {
            joined.show().showFailed(WholeFile.mismatch(request.url()));
        }
    }

    /** From now on neighbours may have it. */
    private void confirm(Joined joined, Digest sha256) {
        joined.run().stored().rememberWhole(sha256);
        joined.run().download().ifPresent(SwarmDownload::confirmed);
        sharing().ifPresent(ByDigest::close);
        context.changed().run();
    }

    private void throwAway(Resolution.Claim claim) {
        sharing().ifPresent(one -> one.deceived(claim));
        goOnWithoutProof(wrong -> context.store().remove(wrong, context.peering()::callBack));
    }

    private Optional<ByDigest> sharing() {
        lock.lock();
        try {
            return byDigest;
        } finally {
            lock.unlock();
        }
    }

    private void swarmFailed(String kind, String why) {
        boolean originMayDo = kind.equals(NO_SOURCE)
                && request.manifest().isEmpty()
                && request.url().getScheme().equalsIgnoreCase("https");
        joined().ifPresent(one -> {
            if (originMayDo) {
                onItsOwn(() -> goOnWithoutProof(_ -> {}));
            } else {
                List<Reason> told = kind.equals(NO_SOURCE) ? one.show().reasons() : List.of();
                one.show().showFailed(new JobStatus.Failure(kind, withTrouble(why, told)));
            }
        });
    }

    /** Adds what is most wrong; of several such reasons, the last. */
    private static String withTrouble(String why, List<Reason> reasons) {
        return reasons.reversed().stream()
                .max(Comparator.comparing(reason -> reason.code().weight()))
                .map(trouble -> why + "; " + trouble.source() + ": " + trouble.detail())
                .orElse(why);
    }

    /** @param tidying is given the content that was of no use, when it is let go of */
    private void goOnWithoutProof(Consumer<ContentId> tidying) {
        Optional<Joined> left = leaveSwarm();
        left.map(one -> one.run().content()).ifPresent(tidying);
        Accounts inVain = left.map(one -> one.show().accounts()).orElse(Accounts.EMPTY);
        List<Reason> reasons = left.map(one -> one.show().reasons()).orElse(List.of());
        board.show(JobStatus::startedOver);
        runPlain(reasons, inVain);
    }

    private Optional<Joined> joined() {
        lock.lock();
        try {
            return swarm;
        } finally {
            lock.unlock();
        }
    }

    // ---- content that nobody can prove ----

    private void runPlain(List<Reason> reasons, Accounts inVain) {
        Optional<Spool> opened = openSpool();
        if (opened.isEmpty()) {
            fail(reasons, "IN_USE", "an earlier download of this URL is still being read; try again in a moment");
            return;
        }
        Optional<ByDigest> sharing = sharing();
        try (Spool mine = opened.get()) {
            PlainShow show = new PlainShow(
                    board,
                    request,
                    Optional.empty(),
                    () -> sharing.map(one -> with(one.reasons(), reasons)).orElse(reasons),
                    began,
                    mine.length(),
                    inVain);
            PlainDownload.Listener listener = sharing.<PlainDownload.Listener>map(one -> one.around(show, mine::reader))
                    .orElse(show);
            PlainDownload download = new PlainDownload(request, session, new SpoolCopy(mine), pace, listener);
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                spool = opened;
                plain = Optional.of(download);
            } finally {
                lock.unlock();
            }
            download.run();
            unused.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            spoolClosed.countDown();
        }
    }

    private static List<Reason> with(List<Reason> more, List<Reason> reasons) {
        return Stream.concat(more.stream(), reasons.stream().filter(reason -> !more.contains(reason)))
                .toList();
    }

    /** Readers of an earlier download of this URL may be about to leave. */
    private Optional<Spool> openSpool() {
        Moment until = Loop.now().plus(SPOOL_PATIENCE);
        Optional<Spool> opened = context.store().spools().open(spoolKey());
        while (opened.isEmpty() && Loop.now().isBefore(until) && pause()) {
            opened = context.store().spools().open(spoolKey());
        }
        return opened;
    }

    private static boolean pause() {
        try {
            Thread.sleep(SPOOL_PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Digest spoolKey() {
        return Digest.sha256(Key.of(request).toString().getBytes(StandardCharsets.UTF_8));
    }
}
