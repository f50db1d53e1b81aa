package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.SharedWith;
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
import dev.byway.core.content.Freshness;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.unit.Moment;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private static final Duration LEARNING_PAUSE = Duration.ofMillis(200);

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
    private Optional<OriginCopy> plain = Optional.empty();
    private Optional<ByDigest> byDigest = Optional.empty();
    private Optional<Resolution.Proved> learned = Optional.empty();
    private boolean ended;

    /** Beside what the parts of this download tell. */
    private final List<Reason> told = new CopyOnWriteArrayList<>();

    private final CountDownLatch unused = new CountDownLatch(1);
    private final CountDownLatch copyClosed = new CountDownLatch(1);

    private int users;

    /**
     * @param wanted what the whole has to be besides what its pieces prove
     * @param prefix what had come of it before
     */
    private record Joined(
            SwarmRun run,
            SwarmShow show,
            Optional<Digest> wanted,
            Optional<Resolution.Claim> claim,
            Optional<Prefix> prefix) {}

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
            return plain.orElseThrow(() -> new StoreException(StoreException.Kind.NOT_HELD, "nothing is here yet"))
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
        Optional<OriginCopy> running;
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
        running.ifPresent(OriginCopy::stop);
        session.close();
        unused.countDown();
        if (running.isPresent()) {
            awaitAtMost(copyClosed, STOP_PATIENCE);
        }
    }

    private static void awaitAtMost(CountDownLatch latch, Duration most) {
        try {
            latch.await(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a thread of its own does; it is interrupted by nobody but itself. */
    private interface Part {
        void run() throws InterruptedException;
    }

    /** Whatever goes wrong here, whoever waits is told. */
    private void onItsOwn(Part part) {
        Thread.ofVirtual().name("byway-resolve").start(() -> {
            try {
                part.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (StoreException e) {
                fail(List.of(), e.kind().name(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a download failed in a way that nobody thought of", e);
                fail(List.of(), "DEFECT", "unexpected trouble (" + e + "): please report this");
            }
        });
    }

    private void begin() throws InterruptedException {
        List<Reason> gates = new ArrayList<>(context.gates().refusals(facts(OptionalLong.empty())));
        boolean mayResolve = request.headers().isEmpty();
        switch (mayResolve ? context.resolver().resolve(request) : Resolution.Plain.unknown(gates)) {
            case Resolution.Proved proved -> runSwarm(proved, Optional.empty());
            case Resolution.Plain unproved -> runUnpublished(unproved);
            case Resolution.Impossible impossible -> fail(impossible.reasons(), impossible.kind(), impossible.why());
        }
    }

    /** What nobody published may be shared all the same, by its digest. */
    private void runUnpublished(Resolution.Plain unproved) throws InterruptedException {
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
        if (unproved.isBeingLearned()) {
            onItsOwn(this::awaitLearned);
        }
        Optional<Resolution.Proved> nearby = sharing.isPresent() ? sharing.get().source() : Optional.empty();
        List<Reason> reasons = sharing.isPresent() ? List.of() : unproved.reasons();
        Optional<Resolution.Proved> known = takeLearned();
        if (known.isPresent()) {
            runSwarm(known.get().because(story(reasons)), Optional.empty());
            sharing.ifPresent(ByDigest::close);
        } else if (nearby.isPresent()) {
            runSwarm(nearby.get(), Optional.empty());
        } else {
            runPlain(reasons, Accounts.EMPTY);
        }
    }

    /** The coordinator is finding out what it is: as soon as that is known, the download goes on as that content. */
    private void awaitLearned() throws InterruptedException {
        boolean goesOn = true;
        while (goesOn && !isEnded() && !board.status().isOver()) {
            Publications.Answer answer = context.resolver().askAgain(request);
            switch (answer) {
                case Publications.Answer.Found _ ->
                    goesOn = isStillLearned(context.resolver().resolve(request));
                case Publications.Answer.Learning _ -> Thread.sleep(LEARNING_PAUSE);
                case Publications.Answer.Unreachable _ -> Thread.sleep(LookupRequest.MAX_PATIENCE);
                case Publications.Answer.Unknown _, Publications.Answer.NoCoordinator _ -> goesOn = false;
            }
        }
        sharing().ifPresent(ByDigest::awaitLearnedNoMore);
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStillLearned(Resolution now) {
        return switch (now) {
            case Resolution.Proved proved -> {
                goOnAs(proved);
                yield false;
            }
            case Resolution.Plain unproved -> unproved.isBeingLearned();
            case Resolution.Impossible ignored -> false;
        };
    }

    private void goOnAs(Resolution.Proved proved) {
        Optional<OriginCopy> running;
        lock.lock();
        try {
            learned = Optional.of(proved);
            running = plain;
        } finally {
            lock.unlock();
        }
        running.ifPresent(OriginCopy::halt);
        sharing().ifPresent(ByDigest::seekNoMore);
    }

    private boolean isLearned() {
        lock.lock();
        try {
            return learned.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Once: what does not agree with what has come is of no use later either. */
    private Optional<Resolution.Proved> takeLearned() {
        lock.lock();
        try {
            Optional<Resolution.Proved> taken = learned;
            learned = Optional.empty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be told by now, with what others told. */
    private List<Reason> story(List<Reason> others) {
        List<Reason> sought = sharing().map(ByDigest::reasons).orElse(List.of());
        return Stream.of(sought, others, told).flatMap(List::stream).distinct().toList();
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

    /**
     * Fetches it from all that have it.
     *
     * @param before what has come of it already
     * @return a piece of that which is not of this content; then nothing is changed
     */
    private OptionalInt runSwarm(Resolution.Proved proved, Optional<OriginCopy> before) throws InterruptedException {
        ContentId id = proved.layer().id();
        List<Reason> refusals = context.gates().refusals(facts(OptionalLong.of(id.length())));
        SwarmRun run = owner.joinRun(id, proved.layer().layout());
        Optional<Digest> wanted = request.sha256().or(() -> proved.claim().map(Resolution.Claim::sha256));
        SwarmShow show = show(run, wanted.isPresent());
        OptionalInt other = OptionalInt.empty();
        boolean joined = false;
        try {
            OriginRequest origin = OriginRequest.of(request.url()).sameAs(proved.validators());
            Optional<Prefix> prefix;
            synchronized (run) {
                if (run.download().isPresent()) {
                    run.download().get().origin(origin);
                    prefix = remember(before, run);
                } else {
                    int adopted = prepare(run.stored(), show, proved);
                    prefix = takeOver(before, run, show, proved);
                    other = prefix.map(Prefix::other).orElse(other);
                    if (other.isPresent()) {
                        return other;
                    }
                    startRun(run, proved, origin, refusals.isEmpty(), adopted);
                }
            }
            joined = join(new Joined(run, show, wanted, proved.claim(), prefix));
        } finally {
            if (!joined) {
                owner.leaveRun(run, show);
            }
        }
        if (joined) {
            SwarmDownload download = run.download().orElseThrow();
            proved.reasons().forEach(download::explain);
            refusals.forEach(download::explain);
            run.listen(show);
        }
        return other;
    }

    private SwarmShow show(SwarmRun run, boolean hidden) {
        return new SwarmShow(board, run.stored(), began, hidden, new SwarmShow.End() {
            @Override
            public void done() {
                swarmDone();
            }

            @Override
            public void failed(String kind, String why) {
                swarmFailed(kind, why);
            }
        });
    }

    /** False when nobody is interested any more. */
    private boolean join(Joined joined) {
        lock.lock();
        try {
            swarm = Optional.of(joined).filter(_ -> !ended);
            return swarm.isPresent();
        } finally {
            lock.unlock();
        }
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

    /** Makes a content ready to be fetched; how many pieces were here as pieces of other files. */
    private int prepare(StoredContent stored, SwarmShow show, Resolution.Proved proved) {
        if (stored.trouble().isPresent()) {
            stored.resume();
        }
        stored.saveLayer(proved.layer());
        stored.rememberOrigin(request.url());
        remember(proved, stored);
        stored.recover();
        int adopted = stored.adopt(proved.layer(), context.store()).count();
        show.countHeld();
        return adopted;
    }

    private Optional<Prefix> takeOver(
            Optional<OriginCopy> before, SwarmRun run, SwarmShow show, Resolution.Proved proved)
            throws InterruptedException {
        proved.claim().ifPresent(claim -> run.brought(origin(), putSample(claim, proved.layer(), run.stored()), 0));
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Prefix prefix = Prefix.takeOver(before.get(), run.stored(), proved.layer());
        if (prefix.other().isPresent()) {
            return Optional.of(prefix);
        }
        long came = before.get().came();
        long used = Math.min(came, prefix.put());
        run.brought(origin(), used, came - used);
        show.countHeldBesides(prefix.put() - used);
        return Optional.of(prefix);
    }

    private Optional<Prefix> remember(Optional<OriginCopy> before, SwarmRun run) throws InterruptedException {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        run.brought(origin(), 0, before.get().came());
        return Optional.of(Prefix.remember(before.get()));
    }

    /** The origin comes before the neighbours: with those alone, and nothing that they hold, a download gives up. */
    private void startRun(SwarmRun run, Resolution.Proved proved, OriginRequest origin, boolean shared, int adopted) {
        StoredContent stored = run.stored();
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
        joined().ifPresent(one -> {
            if (one.wanted().isEmpty() && one.prefix().isEmpty()) {
                one.show().showDone();
            } else {
                onItsOwn(() -> judgeWhole(one));
            }
        });
    }

    /** The manifest proved the content; whether it is the one that the user means, the content itself must say. */
    private void judgeWhole(Joined joined) throws InterruptedException {
        StoredContent stored = joined.run().stored();
        Optional<Digest> wanted = joined.wanted();
        if (wanted.isEmpty() || WholeFile.digest(stored).equals(wanted.get())) {
            joined.claim().ifPresent(claim -> confirm(joined, claim.sha256()));
            if (joined.prefix().filter(prefix -> !prefix.begins(stored)).isPresent()) {
                board.show(JobStatus::startedOver);
            }
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

    private void throwAway(Resolution.Claim claim) throws InterruptedException {
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
    private void goOnWithoutProof(Consumer<ContentId> tidying) throws InterruptedException {
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

    /** From the origin, as long as there is no better way. */
    private void runPlain(List<Reason> reasons, Accounts inVain) throws InterruptedException {
        Optional<ByDigest> sharing = sharing();
        OriginCopy.View view = new OriginCopy.View(board, began, () -> story(reasons), inVain);
        Optional<OriginCopy> opened = OriginCopy.open(context, request, view, pace, sharing);
        if (opened.isEmpty()) {
            fail(reasons, "IN_USE", "an earlier download of this URL is still being read; try again in a moment");
            return;
        }
        try (OriginCopy mine = opened.get()) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                plain = opened;
            } finally {
                lock.unlock();
            }
            sharing.ifPresent(one -> one.whenBehind(mine::halt));
            if (isLearned()) {
                mine.halt();
            }
            if (run(mine, sharing, reasons)) {
                unused.await();
            }
        } finally {
            copyClosed.countDown();
        }
    }

    /** False when another way was found, and is under way. */
    private boolean run(OriginCopy copy, Optional<ByDigest> sharing, List<Reason> reasons) throws InterruptedException {
        while (!copy.run()) {
            Optional<Resolution.Proved> known = takeLearned().map(proved -> proved.because(story(reasons)));
            Optional<Resolution.Proved> instead = known.isPresent() || sharing.isEmpty()
                    ? known
                    : sharing.get().instead();
            if (instead.isPresent() && goesOnAs(instead.get(), copy, sharing)) {
                return false;
            }
        }
        return true;
    }

    private boolean goesOnAs(Resolution.Proved found, OriginCopy copy, Optional<ByDigest> sharing)
            throws InterruptedException {
        ContentId id = found.layer().id();
        Optional<String> version = anotherVersion(found, copy);
        if (version.isPresent()) {
            tellOfAnother(version.get());
            sharing.ifPresent(ByDigest::seekNoMore);
            return false;
        }
        try {
            boolean wasHere = isHere(id);
            OptionalInt piece = runSwarm(found, Optional.of(copy));
            if (piece.isEmpty()) {
                gone(found, copy, sharing);
                return true;
            }
            String what = "piece " + piece.getAsInt() + " of it is another one at the origin";
            found.claim()
                    .ifPresentOrElse(
                            claim -> sharing.ifPresent(one -> one.contradicted(claim, what)),
                            () -> tellOfAnother(what));
            if (!wasHere) {
                context.store().remove(id, context.peering()::callBack);
            }
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "a download goes on from its origin alone: " + e.getMessage());
        }
        return false;
    }

    private void tellOfAnother(String what) {
        told.add(Reason.of(
                request.url().getHost(),
                ReasonCode.CHANGED_AT_ORIGIN,
                "it gives another file than the one that was found out: " + what));
    }

    private boolean isHere(ContentId id) {
        Optional<StoredContent> here = context.store().find(id);
        here.ifPresent(StoredContent::close);
        return here.isPresent();
    }

    /** What came is of a version that the manifest is not about. */
    private static Optional<String> anotherVersion(Resolution.Proved found, OriginCopy copy) {
        return Freshness.compare(found.validators(), copy.version()) instanceof Freshness.Changed changed
                ? Optional.of(changed.message())
                : Optional.empty();
    }

    /** Nothing of the copy is read any more, but what somebody reads just now. */
    private void gone(Resolution.Proved found, OriginCopy copy, Optional<ByDigest> sharing) {
        lock.lock();
        try {
            plain = Optional.empty();
        } finally {
            lock.unlock();
        }
        owner.letGoOfCopy(this);
        if (found.claim().isPresent()) {
            sharing.ifPresent(ByDigest::goesOnAsContent);
        } else {
            sharing.ifPresent(ByDigest::close);
            discard(copy);
        }
    }

    /** The download goes on without it, whatever the disk says. */
    private static void discard(OriginCopy copy) {
        try {
            copy.discard();
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "an old copy is not deleted now: " + e.getMessage());
        }
    }
}
