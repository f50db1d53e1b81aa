package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.loop.Loop;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Evidence;
import dev.byway.core.content.Freshness;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.Question;
import dev.byway.core.content.Refusal;
import dev.byway.core.content.SidecarUrls;
import dev.byway.core.content.SoftNotFound;
import dev.byway.core.content.Subject;
import dev.byway.core.content.Trust;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.content.UrlRule;
import dev.byway.core.content.Verdict;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.torrent.Torrent;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import dev.byway.origin.Headers;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginClient;
import dev.byway.origin.OriginFailureException;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.RedirectRule;
import dev.byway.origin.Representation;
import dev.byway.origin.SmallAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * "What is at this URL, and who says so?" Asks those who may know, side by side and each within a stated time, and lets
 * {@link Trust} judge what they say. Blocks; any thread.
 */
final class Resolver {
    /** For the sidecar, counted from the origin's first answer: a slow link or device is no reason to share nothing. */
    private static final Duration WORTH_A_WORD = Duration.ofMillis(50);

    private static final Duration SIDECAR_GRACE = Duration.ofSeconds(3);

    /** For the sidecar in all, when the origin does not answer at all. */
    private static final Duration SIDECAR_TIME = Duration.ofSeconds(15);

    private static final Duration PROBE_TIME = Duration.ofSeconds(2);
    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("byway-resolve").start(task);
    private static final int MOST_REMEMBERED = 10_000;
    private static final String URL_REASON = "manifest";

    private final OriginClient origins;
    private final Publications publications;
    private final Supplier<TrustedKeys> keys;
    private final List<UrlRule> rules;
    private final InstantSource clock;
    private final Remembered remembered;
    private final SetsAtHand sets = new SetsAtHand(Loop::now);
    private final DigestFinder digests;

    /** What was believed last; what falls out of it the cache remembers. Guarded by itself. */
    private final Map<URI, Instant> newestIssued = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** What an earlier run of this device knew. */
    @FunctionalInterface
    interface Remembered {
        /** When the newest manifest was issued that was believed for a URL. */
        Optional<Instant> newestIssued(URI url);
    }

    Resolver(
            OriginClient origins,
            Publications publications,
            Supplier<TrustedKeys> keys,
            List<UrlRule> rules,
            InstantSource clock,
            Remembered remembered) {
        this.origins = origins;
        this.digests = new DigestFinder(DigestFinder.Fetch.of(origins), Loop::now);
        this.publications = publications;
        this.keys = keys;
        this.rules = List.copyOf(rules);
        this.clock = clock;
        this.remembered = remembered;
    }

    private record Claim(Verdict verdict, Envelope envelope, Optional<ManifestFile> file) {}

    /** When the newest manifest was issued that was believed for a URL. */
    private Optional<Instant> newestIssued(URI url) {
        synchronized (newestIssued) {
            if (newestIssued.containsKey(url)) {
                return Optional.ofNullable(newestIssued.get(url));
            }
        }
        return remembered.newestIssued(url);
    }

    /**
     * Finds out; the reasons say why something was not believed. Who gives a manifest by hand wants what it says and nothing
     * else.
     */
    Resolution resolve(JobRequest request) {
        Resolution found = find(request);
        return request.manifest().isPresent() && found instanceof Resolution.Plain plain
                ? refusedByHand(plain.reasons())
                : found;
    }

    private static Resolution refusedByHand(List<Reason> reasons) {
        Reason last = reasons.getLast();
        return new Resolution.Impossible(
                reasons, last.code().name(), "the manifest that was given cannot be used: " + last.detail());
    }

    private Resolution find(JobRequest request) {
        List<Reason> reasons = new ArrayList<>();
        Optional<byte[]> torrent = request.manifest().filter(Torrent::seemsOne);
        if (torrent.isPresent()) {
            return ofTorrent(torrent.get(), request);
        }
        if (!mayBePublished(request)) {
            reasons.add(nobodyPublished());
            return Resolution.Plain.unknown(reasons);
        }
        CompletableFuture<Optional<Representation>> answered =
                CompletableFuture.supplyAsync(() -> probe(request), VIRTUAL);
        CompletableFuture<Optional<Representation>> probe =
                answered.copy().completeOnTimeout(Optional.empty(), PROBE_TIME.toMillis(), TimeUnit.MILLISECONDS);
        Optional<Claim> claim = claim(request, answered, reasons);
        if (claim.isEmpty() || !(claim.get().verdict() instanceof Verdict.AcceptedManifest accepted)) {
            claim.map(Claim::verdict).ifPresent(verdict -> refused(verdict, reasons));
            if (reasons.isEmpty()) {
                reasons.add(nobodyPublished());
            }
            return new Resolution.Plain(reasons, probe::join);
        }
        if (request.sha256()
                .filter(wanted -> !wanted.equals(accepted.manifest().sha256()))
                .isPresent()) {
            reasons.add(Reason.of(
                    URL_REASON,
                    ReasonCode.MANIFEST_REFUSED_OTHER_FILE,
                    "the manifest is of a file with another SHA-256 than the one given"));
            return new Resolution.Plain(reasons, probe::join);
        }
        synchronized (newestIssued) {
            newestIssued.merge(subject(request), accepted.manifest().issued(), (a, b) -> a.isAfter(b) ? a : b);
        }
        if (Freshness.judge(accepted.manifest(), probe.join().map(Representation::validators))
                instanceof Freshness.Changed changed) {
            reasons.add(Reason.of(URL_REASON, ReasonCode.CHANGED_AT_ORIGIN, changed.message()));
            if (asked(request, Duration.ZERO, Optional.of(accepted.manifest().id()))
                    instanceof Publications.Answer.Learning) {
                reasons.add(beingLearned());
            }
            return new Resolution.Plain(reasons, probe::join);
        }
        return withLayer(accepted.manifest(), claim.get(), reasons, probe::join);
    }

    /** The user's own word; whether the origin has that file, its bytes tell. */
    private Resolution ofTorrent(byte[] bytes, JobRequest request) {
        try {
            Verdict verdict = judge(new Evidence.GivenLayer(Torrent.read(bytes).layer()), request);
            if (verdict instanceof Verdict.AcceptedLayer(PieceLayer layer)) {
                return new Resolution.Proved(layer, Optional.empty(), Optional.empty(), List.of());
            }
            List<Reason> reasons = new ArrayList<>();
            refused(verdict, reasons);
            return Resolution.Plain.unknown(reasons);
        } catch (UntrustedContentException e) {
            return Resolution.Plain.unknown(
                    List.of(Reason.of(URL_REASON, ReasonCode.MANIFEST_REFUSED_MALFORMED, e.getMessage())));
        }
    }

    /** What names the file at a URL, to whom it may be told; empty where the URL may be told nobody. */
    Optional<URI> identity(URI url) {
        return UrlRule.identity(url, rules);
    }

    /** What statements are about. */
    private URI subject(JobRequest request) {
        return identity(request.url()).orElse(request.url());
    }

    /** The first URL that was asked is the file's own, whatever else stood in its query. */
    private static Evidence.DigestStatement about(URI subject, Evidence.DigestStatement found) {
        List<URI> hops = new ArrayList<>(found.hops());
        hops.set(0, subject);
        return new Evidence.DigestStatement(found.place(), found.sha256(), hops);
    }

    private boolean mayBePublished(JobRequest request) {
        return request.manifest().isPresent()
                || publications.isConfigured()
                || request.url().getScheme().equalsIgnoreCase("https");
    }

    private static Reason beingLearned() {
        return Reason.of(
                "coordinator",
                ReasonCode.BEING_LEARNED,
                "the coordinator fetches this file to know what it is; until then it comes from the origin");
    }

    /** What the coordinator says of a file that it is learning; it may wait for that, as long as an answer may take. */
    Publications.Answer askAgain(JobRequest request) {
        return asked(request, LookupRequest.MAX_PATIENCE, Optional.empty());
    }

    private Publications.Answer asked(JobRequest request, Duration patience, Optional<ContentId> outdated) {
        return identity(request.url())
                .map(url -> publications.lookup(url, patience, outdated))
                .orElseGet(Publications.Answer.Unknown::new);
    }

    private static Reason nobodyPublished() {
        return Reason.of(
                URL_REASON, ReasonCode.NO_MANIFEST, "nobody published what is at this URL, so no piece can be proved");
    }

    private Resolution withLayer(
            Manifest manifest, Claim claim, List<Reason> reasons, Supplier<Optional<Representation>> head) {
        Optional<PieceLayer> layer;
        try {
            layer = claim.file()
                    .flatMap(file -> file.layerOf(manifest))
                    .or(() -> PieceLayer.ofOnePiece(manifest.id(), manifest.layout()))
                    .or(() -> publications.layer(manifest.id(), manifest.layout()));
        } catch (UntrustedContentException e) {
            reasons.add(Reason.of(URL_REASON, ReasonCode.MANIFEST_REFUSED_MALFORMED, e.getMessage()));
            return new Resolution.Plain(reasons, head);
        }
        if (layer.isEmpty()) {
            reasons.add(Reason.of(
                    URL_REASON,
                    ReasonCode.NO_MANIFEST,
                    "the manifest came without its piece layer, so no piece can be proved"));
            return new Resolution.Plain(reasons, head);
        }
        return new Resolution.Proved(
                layer.get(), Optional.of(new Resolution.Signed(manifest, claim.envelope())), Optional.empty(), reasons);
    }

    private Optional<Claim> claim(
            JobRequest request, CompletableFuture<Optional<Representation>> answered, List<Reason> reasons) {
        if (request.manifest().isPresent()) {
            return parsed(request.manifest().get(), reasons)
                    .map(file -> judged(new Evidence.GivenFile(file.envelope()), file, request));
        }
        return atHand(request)
                .or(() -> sets.inTurn(
                        subject(request), () -> atHand(request).or(() -> asked(request, answered, reasons))));
    }

    /** The coordinator has said it a moment ago, of another file of the same set. */
    private Optional<Claim> atHand(JobRequest request) {
        return sets.find(subject(request))
                .filter(member -> newestIssued(subject(request))
                        .filter(member.manifest().issued()::isBefore)
                        .isEmpty())
                .map(member -> new Claim(
                        new Verdict.AcceptedManifest(member.manifest(), member.signer()),
                        member.envelope(),
                        Optional.empty()));
    }

    private Optional<Claim> asked(
            JobRequest request, CompletableFuture<Optional<Representation>> answered, List<Reason> reasons) {
        CompletableFuture<SmallAnswer> sidecar = sidecar(request);
        CompletableFuture<SmallAnswer> inGrace = answered.thenCompose(
                _ -> sidecar.copy().completeOnTimeout(late(), SIDECAR_GRACE.toMillis(), TimeUnit.MILLISECONDS));
        Optional<Claim> fromCoordinator = coordinator(request, reasons);
        if (fromCoordinator.filter(c -> c.verdict() instanceof Verdict.Accepted).isPresent()) {
            return fromCoordinator;
        }
        return besides(request, sidecar.applyToEither(inGrace, answer -> answer).join(), reasons)
                .or(() -> fromCoordinator);
    }

    private Optional<Claim> coordinator(JobRequest request, List<Reason> reasons) {
        Moment asked = Loop.now();
        Publications.Answer answer = asked(request, Duration.ZERO, Optional.empty());
        Duration waited = Loop.now().since(asked);
        if (waited.compareTo(WORTH_A_WORD) >= 0) {
            String detail = String.format(
                    Locale.ROOT, "%.2f s for the coordinator to say what this is", waited.toMillis() / 1e3);
            reasons.add(Reason.of("coordinator", ReasonCode.WAITED, detail)
                    .at(new Reason.Timing(Duration.ZERO, waited, 1, waited)));
        }
        return switch (answer) {
            case Publications.Answer.Found found -> {
                Verdict verdict = judge(new Evidence.CoordinatorAnswer(found.envelope(), true), request);
                if (verdict instanceof Verdict.AcceptedManifest accepted) {
                    sets.put(found.envelope(), accepted.key());
                }
                yield Optional.of(new Claim(verdict, found.envelope(), Optional.empty()));
            }
            case Publications.Answer.Learning ignored -> {
                reasons.add(beingLearned());
                yield Optional.empty();
            }
            case Publications.Answer.Unknown ignored -> Optional.empty();
            case Publications.Answer.NoCoordinator ignored -> Optional.empty();
            case Publications.Answer.Unreachable unreachable -> {
                reasons.add(Reason.of("coordinator", ReasonCode.COORDINATOR_UNREACHABLE, unreachable.why()));
                yield Optional.empty();
            }
        };
    }

    private CompletableFuture<SmallAnswer> sidecar(JobRequest request) {
        Optional<URI> place = SidecarUrls.manifest(subject(request))
                .filter(url -> url.getScheme().equals("https"));
        return place.map(url -> CompletableFuture.supplyAsync(
                        () -> origins.fetchSmall(url, ManifestFile.MAX_BYTES, RedirectRule.SAME_ORIGIN, SIDECAR_TIME),
                        VIRTUAL))
                .orElseGet(() -> CompletableFuture.completedFuture(new SmallAnswer.Missing(
                        new OriginAnswer.Refused(404, Optional.empty(), "plain http vouches for nothing"))));
    }

    private static SmallAnswer late() {
        return new SmallAnswer.Missing(new OriginAnswer.Failed(
                OriginAnswer.Kind.TIMEOUT,
                "it did not come within " + SIDECAR_GRACE.toSeconds() + " s of the origin's first answer"));
    }

    private Optional<Claim> besides(JobRequest request, SmallAnswer answer, List<Reason> reasons) {
        return switch (answer) {
            case SmallAnswer.Missing(OriginAnswer.Failed failed) -> {
                reasons.add(Reason.of(
                        URL_REASON,
                        ReasonCode.NO_MANIFEST,
                        "the manifest beside the file could not be had, so no piece can be proved: "
                                + failed.message()));
                yield Optional.empty();
            }
            case SmallAnswer.Missing ignored -> Optional.empty();
            case SmallAnswer.Complete complete
            when SoftNotFound.isPage(complete.bytes().toArray()) -> Optional.empty();
            case SmallAnswer.Complete complete ->
                parsed(complete.bytes().toArray(), reasons)
                        .map(file -> judged(
                                new Evidence.Sidecar(
                                        file.envelope(), complete.about().asked()),
                                file,
                                request));
        };
    }

    private static Optional<ManifestFile> parsed(byte[] bytes, List<Reason> reasons) {
        try {
            return Optional.of(ManifestFile.parse(bytes));
        } catch (UntrustedContentException e) {
            reasons.add(Reason.of(URL_REASON, ReasonCode.MANIFEST_REFUSED_MALFORMED, e.getMessage()));
            return Optional.empty();
        }
    }

    private Claim judged(Evidence evidence, ManifestFile file, JobRequest request) {
        return new Claim(judge(evidence, request), file.envelope(), Optional.of(file));
    }

    private Verdict judge(Evidence evidence, JobRequest request) {
        return Trust.judge(
                evidence,
                new Question(
                        new Subject.Url(subject(request)),
                        keys.get(),
                        clock.instant(),
                        newestIssued(subject(request))));
    }

    private static void refused(Verdict verdict, List<Reason> reasons) {
        if (verdict instanceof Verdict.Refused refused) {
            reasons.add(Reason.of(URL_REASON, code(refused.reason()), refused.message()));
        }
    }

    private static ReasonCode code(Refusal refusal) {
        return switch (refusal) {
            case WRONG_SIGNATURE -> ReasonCode.MANIFEST_REFUSED_SIGNATURE;
            case UNKNOWN_KEY -> ReasonCode.MANIFEST_REFUSED_UNKNOWN_KEY;
            case MALFORMED, UNPROVED -> ReasonCode.MANIFEST_REFUSED_MALFORMED;
            case OTHER_URL, OTHER_CONTENT, WRONG_SUBJECT -> ReasonCode.MANIFEST_REFUSED_OTHER_FILE;
            case ISSUED_IN_FUTURE -> ReasonCode.CLOCK_WRONG;
            case EXPIRED -> ReasonCode.MANIFEST_REFUSED_EXPIRED;
            case REPLAYED -> ReasonCode.MANIFEST_REFUSED_OLDER;
            case PLAIN_HTTP, CROSS_ORIGIN, OTHER_PLACE, PEER_NAMES_CONTENT, CHANNEL_NOT_AUTHENTICATED ->
                ReasonCode.MANIFEST_REFUSED_NOT_VOUCHED;
        };
    }

    /** A part that is read to its end leaves its connection for the next request; an origin that sends all instead is cut short. */
    private static void readIfShort(OriginAnswer.Body body) {
        try (body) {
            if (body.about().length().equals(OptionalLong.of(1))) {
                body.bytes().read(new byte[1], 0, 1);
            }
        } catch (OriginFailureException _) {
            // the next request makes a connection of its own
        }
    }

    private Optional<Representation> probe(JobRequest request) {
        OriginRequest first = OriginRequest.of(request.url())
                .with(Headers.NONE.with("Want-Repr-Digest", "sha-256=1"))
                .part(new ByteRange(0, 1));
        return switch (origins.open(first)) {
            case OriginAnswer.Body body -> {
                readIfShort(body);
                yield Optional.of(body.about());
            }
            case OriginAnswer.NoBody ignored -> Optional.empty();
        };
    }

    /**
     * The SHA-256 that the origin states of a file, and vouches for. Asks it beside the file where its answer says nothing, for {@link
     * DigestFinder#TIME} at the most.
     *
     * @param head of an answer about the file
     * @param reasons is told who states it, or why that is not believed
     */
    Optional<Digest> statedDigest(JobRequest request, Representation head, List<Reason> reasons) {
        Consumer<String> trouble = why -> reasons.add(
                Reason.of(request.url().getHost(), ReasonCode.MANIFEST_REFUSED_NOT_VOUCHED, "its digest: " + why));
        Optional<Evidence.DigestStatement> stated = DigestFinder.inHead(head, trouble)
                .map(found -> about(subject(request), found))
                .or(() -> digests.beside(subject(request), trouble));
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        Evidence.DigestStatement statement = stated.get();
        Verdict verdict = judge(statement, request);
        if (verdict instanceof Verdict.AcceptedDigest(Digest sha256)) {
            reasons.add(Reason.of(
                    request.url().getHost(),
                    ReasonCode.DIGEST_STATED,
                    statement.place().place() + " says " + sha256));
            return Optional.of(sha256);
        }
        refused(verdict, reasons);
        return Optional.empty();
    }
}
