package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.origin.OriginRequest;
import dev.byway.agent.origin.OriginSession;
import dev.byway.agent.store.Spool;
import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.Reason;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One download of one URL, for all jobs that asked for it: resolves it, then runs either a swarm download or a plain one,
 * and shows on a {@link Board} how it goes.
 */
final class UrlDownload {
    private static final Duration SHOW_EVERY = Duration.ofMillis(100);

    private final Downloads.Context context;
    private final Downloads owner;
    private final JobRequest request;
    private final Moment began = Loop.now();
    private final Board board;
    private final OriginSession session;
    private final Pace pace;
    private final Swarm swarm = new Swarm();
    private volatile Optional<SwarmRun> run = Optional.empty();
    private volatile Optional<ContentId> content = Optional.empty();
    private volatile Optional<Spool> spool = Optional.empty();
    private volatile Optional<PlainDownload> plain = Optional.empty();
    private volatile boolean ended;
    private int users;

    /** What makes two requests the same download. */
    record Key(URI url, List<JobRequest.Header> headers) {}

    UrlDownload(Downloads.Context context, Downloads owner, JobRequest request) {
        this.context = context;
        this.owner = owner;
        this.request = request;
        this.board = new Board(new JobStatus(
                0,
                State.RESOLVING,
                UrlPrivacy.redact(request.url()).toString(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Accounts.EMPTY,
                0,
                0,
                0,
                0,
                List.of(),
                Optional.empty()));
        this.session = context.origins().session(OriginSession.DEFAULT_PARALLEL);
        this.pace = new Pace(request.limit());
        Thread.ofVirtual().name("byway-resolve").start(this::begin);
    }

    Board board() {
        return board;
    }

    Optional<StoredContent> stored() {
        return run.map(SwarmRun::stored);
    }

    SpoolReader newReader() {
        return spool.orElseThrow(() -> new StoreException(StoreException.Kind.NOT_HELD, "nothing is here yet"))
                .reader();
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
        ended = true;
        context.totals().add(board.status().accounts());
        plain.ifPresent(PlainDownload::stop);
        spool.ifPresent(Spool::close);
        run.ifPresent(r -> owner.leaveRun(content.orElseThrow(), r, swarm));
        session.close();
    }

    private void begin() {
        try {
            Resolver resolver = context.resolver();
            List<Reason> gates = new ArrayList<>(context.gates().refusals(facts(OptionalLong.empty())));
            boolean mayResolve = request.headers().isEmpty();
            switch (mayResolve ? resolver.resolve(request) : new Resolution.Plain(gates)) {
                case Resolution.Published published -> runSwarm(published);
                case Resolution.Plain unproved -> runPlain(unproved.reasons());
                case Resolution.Impossible impossible -> fail(impossible.kind(), impossible.why());
            }
        } catch (StoreException e) {
            fail(e.kind().name(), String.valueOf(e.getMessage()));
        }
    }

    private ContentFacts facts(OptionalLong length) {
        ContentFacts known = length.isPresent() ? ContentFacts.ofLength(length.getAsLong()) : ContentFacts.UNKNOWN;
        return known.asPrivate(!request.headers().isEmpty()).withPeersDeclined(!request.peers());
    }

    private void fail(String kind, String why) {
        board.show(version -> with(version, State.FAILED, Optional.of(new JobStatus.Failure(kind, why))));
    }

    private JobStatus with(long version, State state, Optional<JobStatus.Failure> failure) {
        JobStatus now = board.status();
        return new JobStatus(
                version,
                state,
                now.url(),
                now.content(),
                now.length(),
                now.ready(),
                now.accounts(),
                now.held(),
                now.bytesPerSecond(),
                seconds(),
                now.neighbours(),
                now.reasons(),
                failure);
    }

    private double seconds() {
        return Loop.now().since(began).toNanos() / 1e9;
    }

    // ---- proved content ----

    private void runSwarm(Resolution.Published published) {
        ContentId id = published.manifest().id();
        List<Reason> refusals = context.gates().refusals(facts(OptionalLong.of(id.length())));
        content = Optional.of(id);
        SwarmRun joined = owner.joinRun(id, published.layer().layout(), swarm);
        run = Optional.of(joined);
        OriginRequest origin =
                OriginRequest.of(request.url()).sameAs(published.manifest().validators());
        synchronized (joined) {
            joined.download()
                    .ifPresentOrElse(
                            running -> running.origin(origin), () -> startRun(joined, published, origin, refusals));
        }
        SwarmDownload download = joined.download().orElseThrow();
        published.reasons().forEach(download::explain);
        refusals.forEach(download::explain);
    }

    /** The origin comes before the neighbours: with those alone, and nothing that they hold, a download gives up. */
    private void startRun(
            SwarmRun joined, Resolution.Published published, OriginRequest origin, List<Reason> refusals) {
        StoredContent stored = joined.stored();
        stored.saveLayer(published.layer());
        stored.saveManifest(published.envelope().toBytes());
        stored.rememberOrigin(request.url());
        stored.rememberExpiry(published.manifest().expires());
        stored.recover();
        swarm.held = stored.held().count();
        SwarmDownload download = new SwarmDownload(
                stored,
                published.layer(),
                published.manifest().visibility(),
                context.self(),
                refusals.isEmpty(),
                session,
                pace,
                joined);
        joined.runs(download);
        download.origin(origin);
        if (refusals.isEmpty()) {
            context.peering().register(download);
            context.changed().run();
        }
    }

    /** Shows what a swarm download tells. */
    private final class Swarm implements SwarmDownload.Listener {
        private int held;
        private Moment shown = Moment.ZERO;
        private Optional<SwarmDownload.Progress> last = Optional.empty();

        @Override
        public void progress(SwarmDownload.Progress progress) {
            last = Optional.of(progress);
            if (!shown.plus(SHOW_EVERY).isAfter(Loop.now())) {
                show(State.DOWNLOADING, Optional.empty());
            }
        }

        @Override
        public void done() {
            show(State.DONE, Optional.empty());
        }

        @Override
        public void failed(String kind, String why) {
            show(State.FAILED, Optional.of(new JobStatus.Failure(kind, why)));
        }

        private void show(State state, Optional<JobStatus.Failure> failure) {
            shown = Loop.now();
            StoredContent stored = run.orElseThrow().stored();
            PieceSet pieces = last.map(SwarmDownload.Progress::held).orElseGet(stored::held);
            board.show(version -> new JobStatus(
                    version,
                    state,
                    board.status().url(),
                    content,
                    OptionalLong.of(stored.id().length()),
                    SwarmRun.ranges(stored, pieces),
                    last.map(SwarmDownload.Progress::accounts).orElse(Accounts.EMPTY),
                    (long) held * stored.layout().pieceLength(),
                    last.map(SwarmDownload.Progress::bytesPerSecond).orElse(0L),
                    seconds(),
                    last.map(SwarmDownload.Progress::neighbours).orElse(0),
                    last.map(SwarmDownload.Progress::reasons).orElse(List.of()),
                    failure));
        }
    }

    // ---- content that nobody can prove ----

    private void runPlain(List<Reason> reasons) {
        Optional<Spool> opened = context.store().spools().open(spoolKey());
        if (opened.isEmpty()) {
            fail("IN_USE", "an earlier download of this URL is still being read; try again in a moment");
            return;
        }
        spool = opened;
        PlainDownload download = new PlainDownload(request, session, opened.get(), pace, new Plain(reasons));
        plain = Optional.of(download);
        if (ended) {
            download.stop();
        }
        download.run();
    }

    private Digest spoolKey() {
        return Digest.sha256(
                new Key(request.url(), request.headers()).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Shows what a plain download tells. */
    private final class Plain implements PlainDownload.Listener {
        private final List<Reason> reasons;
        private Moment shown = Moment.ZERO;
        private long shownBytes;
        private long first = -1;

        Plain(List<Reason> reasons) {
            this.reasons = reasons;
        }

        @Override
        public void startedOver(OptionalLong length) {
            first = 0;
            show(State.RESTARTED, 0, length, Optional.empty());
        }

        @Override
        public void progress(long bytes, OptionalLong length) {
            first = first < 0 ? bytes : first;
            if (!shown.plus(SHOW_EVERY).isAfter(Loop.now())) {
                show(State.DOWNLOADING, bytes, length, Optional.empty());
            }
        }

        @Override
        public void done(long bytes) {
            show(State.DONE, bytes, OptionalLong.of(bytes), Optional.empty());
        }

        @Override
        public void failed(String kind, String why) {
            JobStatus now = board.status();
            show(State.FAILED, now.readyBytes(), now.length(), Optional.of(new JobStatus.Failure(kind, why)));
        }

        private void show(State state, long bytes, OptionalLong length, Optional<JobStatus.Failure> failure) {
            Moment now = Loop.now();
            double since = Math.max(1e-3, now.since(shown).toNanos() / 1e9);
            long rate = shown.equals(Moment.ZERO) ? 0 : (long) (Math.max(0, bytes - shownBytes) / since);
            shown = now;
            shownBytes = bytes;
            Ledger ledger = new Ledger();
            ledger.verified(new Contributor(SourceKind.ORIGIN, request.url().getHost()), bytes);
            boolean provable = request.sha256().isPresent() && state != State.DONE;
            List<ByteRange> ready = bytes == 0 || provable ? List.of() : List.of(new ByteRange(0, bytes));
            board.show(version -> new JobStatus(
                    version,
                    state,
                    board.status().url(),
                    Optional.empty(),
                    length,
                    ready,
                    ledger.accounts(),
                    Math.max(0, first),
                    rate,
                    seconds(),
                    0,
                    reasons,
                    failure));
        }
    }
}
