package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.FileSearch;
import dev.byway.agent.peering.PeerLink;
import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PrivateReason;
import dev.byway.core.content.SharingRequest;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.unit.Moment;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import dev.byway.origin.RangeSupport;
import dev.byway.origin.Representation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file that nobody published, shared with neighbours by the SHA-256 that its origin, or the user, states.
 *
 * <p>A digest proves nothing before the last byte. So a neighbour gives such a file only when it has found the digest itself; one
 * device of those that want it fetches it ({@link FileSearch} says which), the others wait a bounded time. What a neighbour
 * gives is believed in steps: its piece layer proves itself against the id that the neighbour named; some pieces of it are held
 * against the origin; each piece is held against the layer; and nothing is delivered, kept or passed on before the whole has the
 * digest. After one lie the file comes from the origin alone.
 *
 * <p>Where no neighbour is there, nothing of this delays the download: the digest is looked for beside it, a thread of its own hashes
 * what comes, and when it is right the file is kept for neighbours that come later.
 */
final class ByDigest implements AutoCloseable {
    /** How long a download waits for the digest where neighbours may have the file; if it is found later, others are told then. */
    private static final Duration TO_KNOW = Duration.ofMillis(500);

    /** The same where the coordinator is finding out what the file is: for that, or for the digest. */
    private static final Duration TO_LEARN = Duration.ofMillis(2500);

    private static final Duration WORTH_A_WORD = Duration.ofMillis(50);

    private final Downloads.Context context;
    private final JobRequest request;
    private final OriginSession session;
    private final List<Reason> reasons;
    private final CompletableFuture<Optional<Known>> known;
    private final CompletableFuture<Optional<Known>> learned = new CompletableFuture<>();
    private final CompletableFuture<Optional<Known>> arrived = new CompletableFuture<>();
    private final boolean beingLearned;

    /** Guarded by this. */
    private Optional<FileSearch> search = Optional.empty();

    private Optional<FollowingHasher> following = Optional.empty();
    private Optional<PeerLink> suspect = Optional.empty();
    private volatile Runnable halt = () -> {};
    private long bytes;
    private long length;
    private boolean keeping;
    private boolean closed;

    /** The digest of a file that may be shared, and what the origin said about it. */
    private record Known(Digest sha256, Representation head) {}

    private ByDigest(Downloads.Context context, JobRequest request, OriginSession session, Resolution.Plain plain) {
        this.context = context;
        this.request = request;
        this.session = session;
        this.reasons = new ArrayList<>(plain.reasons());
        this.beingLearned = plain.isBeingLearned();
        this.known = CompletableFuture.supplyAsync(
                () -> know(plain.head().get()),
                task -> Thread.ofVirtual().name("byway-digest").start(task));
    }

    /** Empty when such a request is never shared, whatever the origin says. */
    static Optional<ByDigest> of(
            Downloads.Context context, JobRequest request, OriginSession session, Resolution.Plain plain) {
        boolean may = request.headers().isEmpty()
                && request.url().getScheme().equalsIgnoreCase("https")
                && context.gates()
                        .refusals(ContentFacts.UNKNOWN.withPeersDeclined(!request.peers()))
                        .isEmpty();
        return Optional.of(plain).filter(_ -> may).map(_ -> new ByDigest(context, request, session, plain));
    }

    /** What is to be told of it by now. */
    synchronized List<Reason> reasons() {
        return List.copyOf(reasons);
    }

    private synchronized void tell(Reason reason) {
        reasons.add(reason);
    }

    /** It was true before the digest was known, and would mislead now. */
    private synchronized void forget(ReasonCode code) {
        reasons.removeIf(reason -> reason.code() == code);
    }

    // ---- what the file is ----

    private Optional<Known> know(Optional<Representation> answered) {
        if (answered.isEmpty()) {
            awaitLearnedNoMore();
            return Optional.empty();
        }
        Representation head = answered.get();
        List<URI> hops = new ArrayList<>(head.asked());
        hops.addFirst(request.url());
        List<PrivateReason> no =
                new SharingRequest(hops, Set.of(), head.headers().values("Cache-Control"), isNamed()).privateReasons();
        if (!no.isEmpty()) {
            String why = no.stream().map(PrivateReason::code).collect(Collectors.joining(", "));
            tell(Reason.of(request.url().getHost(), ReasonCode.PRIVATE_BY_REQUEST, why));
            awaitLearnedNoMore();
            return Optional.empty();
        }
        OptionalLong size = head.validators().length();
        boolean worthIt = size.isPresent()
                && size.getAsLong() > 0
                && context.gates()
                        .refusals(ContentFacts.ofLength(size.getAsLong()))
                        .isEmpty();
        Optional<Digest> sha256 = worthIt ? request.sha256().or(() -> stated(head)) : Optional.empty();
        if (!worthIt) {
            awaitLearnedNoMore();
        }
        sha256.ifPresent(_ -> forget(ReasonCode.NO_MANIFEST));
        return sha256.map(digest -> new Known(digest, head));
    }

    /** Whether the URL has no query, or a rule says what of it names the file. */
    private boolean isNamed() {
        return context.resolver().identity(request.url()).isPresent();
    }

    private Optional<Digest> stated(Representation head) {
        List<Reason> said = new ArrayList<>();
        Optional<Digest> sha256 = context.resolver().statedDigest(request, head, said);
        said.forEach(this::tell);
        return sha256;
    }

    // ---- where it comes from ----

    /**
     * Finds out; waits only where neighbours are, or may soon be.
     *
     * @return what neighbours, or this device itself, say that it is, not proved yet; empty when it comes from the origin
     */
    Optional<Resolution.Proved> source() throws InterruptedException {
        boolean alone = !context.peering().hasCompany()
                && context.store().cameFrom(request.url()).isEmpty();
        Optional<Known> found = alone ? Optional.empty() : knownSoon();
        if (found.isEmpty()) {
            var _ = known.thenAccept(later -> later.flatMap(this::seek).ifPresent(this::tellOfFetching));
            return Optional.empty();
        }
        Optional<Resolution.Proved> here = atHand(found.get());
        return here.isPresent() ? here : sought(found.get());
    }

    private Optional<Known> knownSoon() {
        CompletableFuture<Optional<Known>> soon = beingLearned
                ? known.thenCompose(now -> now.isPresent() ? CompletableFuture.completedFuture(now) : learned)
                        .applyToEither(arrived, now -> now)
                : known.copy();
        Duration most = beingLearned ? TO_LEARN : TO_KNOW;
        return soon.completeOnTimeout(Optional.empty(), most.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Optional<Resolution.Proved> sought(Known found) throws InterruptedException {
        Optional<FileSearch> begun = seek(found);
        return begun.isPresent() ? search(begun.get(), found) : Optional.empty();
    }

    /** What to do when a neighbour turns out to have it, or to be further with it: to stop, and to ask {@link #instead}. */
    synchronized void whenBehind(Runnable action) {
        halt = action;
        boolean goesOn = known.getNow(Optional.empty())
                .filter(found -> canGoOn(found.head()))
                .isPresent();
        search.filter(_ -> goesOn).ifPresent(begun -> begun.whenBehind(action));
    }

    /** Whether what is halted can go on where it was: else giving way would cost all that has come. */
    private static boolean canGoOn(Representation head) {
        return head.ranges() == RangeSupport.YES && head.validators().etag().isPresent();
    }

    /** As {@link #source}, after this device has stopped fetching it. */
    Optional<Resolution.Proved> instead() throws InterruptedException {
        Optional<Known> found = known.getNow(Optional.empty());
        Optional<FileSearch> begun = begun();
        if (found.isEmpty() || begun.isEmpty()) {
            return Optional.empty();
        }
        return begun.get().gaveWay() ? search(begun.get(), found.get()) : Optional.empty();
    }

    private synchronized Optional<FileSearch> begun() {
        return search;
    }

    /** Nobody waits for the coordinator any more. */
    void awaitLearnedNoMore() {
        learned.complete(Optional.empty());
    }

    /** It is known by now what the file is: whoever waits for a neighbour does so no more. */
    void seekNoMore() {
        awaitLearnedNoMore();
        arrived.complete(Optional.empty());
        begun().ifPresent(FileSearch::outsideOnly);
    }

    /** This device has found it before. */
    private Optional<Resolution.Proved> atHand(Known found) {
        return context.store()
                .whole(found.sha256())
                .filter(id -> agreesInLength(id, found))
                .flatMap(id -> context.store().find(id))
                .flatMap(stored -> {
                    try (stored) {
                        return stored.layer();
                    }
                })
                .map(layer -> claimed(layer, found, Map.of(), Optional.empty()));
    }

    private static boolean agreesInLength(ContentId id, Known found) {
        return id.length() == found.head().validators().length().orElse(-1);
    }

    private Resolution.Proved claimed(
            PieceLayer layer, Known found, Map<Integer, byte[]> sample, Optional<PeerLink> by) {
        return new Resolution.Proved(
                layer,
                Optional.empty(),
                Optional.of(new Resolution.Claim(found.sha256(), found.head().validators(), sample, by)),
                reasons());
    }

    private synchronized Optional<FileSearch> seek(Known found) {
        if (closed || search.isPresent()) {
            return search;
        }
        length = found.head().validators().length().orElse(0);
        search = context.peering().seek(found.sha256(), length);
        search.filter(_ -> canGoOn(found.head())).ifPresent(begun -> begun.whenBehind(() -> halt.run()));
        return search;
    }

    private synchronized void tellOfFetching(FileSearch begun) {
        begun.fetching(bytes, length);
    }

    /** What had come from the origin before is not what a neighbour says that it has. */
    synchronized void contradicted(Resolution.Claim claim, String why) {
        search.ifPresent(begun -> claim.by().ifPresentOrElse(peer -> doubt(begun, peer, why), begun::outsideOnly));
    }

    private Optional<Resolution.Proved> search(FileSearch begun, Known found) throws InterruptedException {
        Moment began = Loop.now();
        List<PeerLink> waitedFor = new ArrayList<>();
        while (true) {
            FileSearch.Source source = begun.await(waitedFor::add);
            Duration waited = Loop.now().since(began);
            if (waited.compareTo(WORTH_A_WORD) >= 0) {
                tellOfWaiting(waitedFor, waited);
                waitedFor.clear();
                began = Loop.now();
            }
            if (!(source instanceof FileSearch.Source.Neighbour neighbour)) {
                tellOfFetching(begun);
                return Optional.empty();
            }
            Optional<Resolution.Proved> taken = take(begun, neighbour, found);
            if (taken.isPresent()) {
                return taken;
            }
            began = Loop.now();
        }
    }

    private void tellOfWaiting(List<PeerLink> waitedFor, Duration waited) {
        String name = waitedFor.isEmpty() ? "neighbours" : waitedFor.getLast().name();
        String what = waitedFor.isEmpty() ? "for their word on this file" : "while it fetched the file from the origin";
        String detail = String.format(Locale.ROOT, "%.2f s %s", waited.toMillis() / 1e3, what);
        tell(Reason.of(name, ReasonCode.WAITED, detail).at(new Reason.Timing(Duration.ZERO, waited, 1, waited)));
    }

    private Optional<Resolution.Proved> take(FileSearch begun, FileSearch.Source.Neighbour neighbour, Known found) {
        PeerLink peer = neighbour.peer();
        ContentId id = neighbour.content();
        if (!agreesInLength(id, found)) {
            doubt(begun, peer, "it names a file of " + id.length() + " bytes, and the origin's has another length");
            return Optional.empty();
        }
        try {
            Optional<PieceLayer> layer =
                    neighbour.pieceLength() == PieceLayout.of(id.length()).pieceLength()
                            ? NeighbourLayer.fetch(peer, id, neighbour.pieceLength())
                            : Optional.empty();
            if (layer.isEmpty()) {
                tell(Reason.of(
                        peer.name(),
                        ReasonCode.PEER_CLAIMED_NEVER_SENT,
                        "it did not give its piece layer, in the pieces that such a file has"));
                begun.gaveNothing(peer);
                return Optional.empty();
            }
            OriginRequest whole =
                    OriginRequest.of(request.url()).sameAs(found.head().validators());
            return switch (new OriginSample(session, whole).take(layer.get(), ThreadLocalRandom.current())) {
                case OriginSample.Result.Agrees agrees ->
                    Optional.of(claimed(layer.get(), found, agrees.pieces(), Optional.of(peer)));
                case OriginSample.Result.Differs differs -> {
                    peer.close(id);
                    doubt(begun, peer, "piece " + differs.piece() + " of it is another one at the origin");
                    yield Optional.empty();
                }
                case OriginSample.Result.Unknown unknown -> {
                    peer.close(id);
                    tell(Reason.of(
                            request.url().getHost(),
                            ReasonCode.ORIGIN_NO_RANGES,
                            "what " + peer.name() + " has cannot be held against the origin: " + unknown.why()));
                    begun.outsideOnly();
                    yield Optional.empty();
                }
            };
        } catch (UntrustedContentException e) {
            peer.close(id);
            deceived(begun, peer, e.getMessage());
            return Optional.empty();
        }
    }

    /** One of the two is wrong, the neighbour or the digest that the origin states; the whole will tell. */
    private synchronized void doubt(FileSearch begun, PeerLink peer, String why) {
        suspect = Optional.of(peer);
        reasons.add(Reason.of(peer.name(), ReasonCode.PEER_FILE_DOUBTED, why));
        begun.outsideOnly();
    }

    private void deceived(FileSearch begun, PeerLink peer, String why) {
        tell(Reason.of(peer.name(), ReasonCode.PEER_FALSE_FILE, why));
        begun.deceived(peer);
    }

    /** All came, each piece as the neighbour's layer promised, and the whole has another digest: the neighbour lied. */
    synchronized void deceived(Resolution.Claim claim) {
        search.ifPresent(begun -> claim.by()
                .ifPresentOrElse(
                        peer -> deceived(begun, peer, "the whole has another SHA-256 than " + claim.sha256()),
                        begun::outsideOnly));
    }

    // ---- while the origin gives it ----

    /** What a download says that fills a copy with it; {@code show} is told after this. */
    PlainDownload.Listener around(PlainDownload.Listener show, Supplier<SpoolReader> readers) {
        CompletableFuture<Optional<HashedContent>> hashed = known.thenCompose(
                found -> found.isPresent() ? follow(readers) : CompletableFuture.completedFuture(Optional.empty()));
        return new PlainDownload.Listener() {
            @Override
            public void startedOver(OptionalLong size) {
                came(0, size);
                show.startedOver(size);
            }

            @Override
            public void progress(long soFar, OptionalLong size) {
                came(soFar, size);
                show.progress(soFar, size);
            }

            @Override
            public void done(long whole) {
                came(whole, OptionalLong.of(whole));
                Optional<Runnable> keeping = judge(hashed, readers);
                show.done(whole);
                keeping.ifPresentOrElse(
                        task -> Thread.ofVirtual().name("byway-keep").start(task), ByDigest.this::close);
            }

            @Override
            public void failed(String kind, String why) {
                close();
                show.failed(kind, why);
            }
        };
    }

    private synchronized CompletableFuture<Optional<HashedContent>> follow(Supplier<SpoolReader> readers) {
        if (closed) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        FollowingHasher hasher = new FollowingHasher(readers);
        following = Optional.of(hasher);
        return hasher.found();
    }

    /** What had come from the origin goes on as a content. */
    synchronized void goesOnAsContent() {
        following.ifPresent(FollowingHasher::close);
    }

    private void came(long soFar, OptionalLong size) {
        Optional<FileSearch> begun;
        synchronized (this) {
            bytes = soFar;
            length = size.orElse(0);
            begun = search;
        }
        begun.ifPresent(one -> one.fetching(soFar, size.orElse(0)));
    }

    /** Whether the whole is what it was to be; then it can be kept for neighbours, by what is returned. */
    private Optional<Runnable> judge(CompletableFuture<Optional<HashedContent>> hashed, Supplier<SpoolReader> readers) {
        Optional<Known> found = known.getNow(Optional.empty());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<HashedContent> content = hashed.join();
        Digest promised = found.get().sha256();
        if (content.isEmpty()) {
            return Optional.empty();
        }
        if (!content.get().sha256().equals(Optional.of(promised))) {
            tell(Reason.of(
                    request.url().getHost(),
                    ReasonCode.DIGEST_MISMATCH,
                    "the file does not have the SHA-256 that the origin states for it, " + promised
                            + ", and is not shared"));
            return Optional.empty();
        }
        blameSuspect();
        SpoolReader reader = readers.get();
        synchronized (this) {
            keeping = true;
        }
        return Optional.of(() -> keep(content.get().layer(), promised, reader));
    }

    private synchronized void blameSuspect() {
        Optional<FileSearch> begun = search;
        suspect.ifPresent(peer -> begun.ifPresent(
                one -> deceived(one, peer, "the origin's file has the digest, and what it named is another one")));
    }

    private void keep(PieceLayer layer, Digest sha256, SpoolReader reader) {
        try (reader;
                StoredContent stored = context.store().acquire(layer.id(), layer.layout())) {
            stored.saveLayer(layer);
            stored.rememberOrigin(request.url());
            WholeFile.copy(reader, layer.id().length(), stored, layer);
            stored.rememberWhole(sha256);
        } catch (StoreException e) {
            // It was delivered; that neighbours do not get it is no reason to say that it failed.
            System.getLogger(ByDigest.class.getName())
                    .log(System.Logger.Level.WARNING, "a file could not be kept for neighbours: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            context.changed().run();
        }
    }

    /** Nobody waits for it any more; what is being kept for neighbours is kept. */
    void leave() {
        boolean over;
        synchronized (this) {
            over = !keeping;
        }
        if (over) {
            close();
        }
    }

    /** It is here, or is not fetched any more. */
    @Override
    public void close() {
        Optional<FileSearch> begun;
        synchronized (this) {
            closed = true;
            begun = search;
            following.ifPresent(FollowingHasher::close);
        }
        begun.ifPresent(FileSearch::close);
    }
}
