package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.agent.loop.Loop;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.Reason;
import dev.byway.core.account.SourceKind;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows on a board how a plain download goes, and which of its bytes came now. On the thread that downloads. */
final class PlainShow implements PlainDownload.Listener {
    private static final Duration SHOW_EVERY = Duration.ofMillis(100);

    private final Board board;
    private final JobRequest request;
    private final List<Reason> reasons;
    private final Moment began;
    private final Accounts inVain;
    private final Contributor origin;
    private long held;
    private long bytes;
    private long wasted;
    private Moment shown = Moment.ZERO;
    private long shownBytes;

    /**
     * A view.
     *
     * @param held bytes that are here from an earlier download
     * @param inVain what came before, and is of no use
     */
    PlainShow(Board board, JobRequest request, List<Reason> reasons, Moment began, long held, Accounts inVain) {
        this.board = board;
        this.request = request;
        this.reasons = List.copyOf(reasons);
        this.began = began;
        this.held = held;
        this.bytes = held;
        this.inVain = inVain;
        this.origin = new Contributor(SourceKind.ORIGIN, request.url().getHost());
    }

    @Override
    public void startedOver(OptionalLong length) {
        wasted += bytes - held;
        held = 0;
        bytes = 0;
        show(State.RESTARTED, length, Optional.empty());
    }

    @Override
    public void progress(long soFar, OptionalLong length) {
        bytes = soFar;
        if (!shown.plus(SHOW_EVERY).isAfter(Loop.now())) {
            show(State.DOWNLOADING, length, Optional.empty());
        }
    }

    @Override
    public void done(long whole) {
        bytes = whole;
        show(State.DONE, OptionalLong.of(whole), Optional.empty());
    }

    @Override
    public void failed(String kind, String why) {
        if (kind.equals(WholeFile.DIGEST_MISMATCH)) {
            wasted += bytes - held;
            held = 0;
            bytes = 0;
        }
        show(State.FAILED, board.status().length(), Optional.of(new JobStatus.Failure(kind, why)));
    }

    private void show(State state, OptionalLong length, Optional<JobStatus.Failure> failure) {
        Moment now = Loop.now();
        double since = Math.max(1e-3, now.since(shown).toNanos() / 1e9);
        long rate = shown.equals(Moment.ZERO) ? 0 : (long) (Math.max(0, bytes - shownBytes) / since);
        shown = now;
        shownBytes = bytes;
        boolean hidden = request.sha256().isPresent() && state != State.DONE;
        List<ByteRange> ready = bytes == 0 || hidden ? List.of() : List.of(new ByteRange(0, bytes));
        board.show(before -> new JobStatus(
                before.version() + 1,
                before.generation() + (state == State.RESTARTED ? 1 : 0),
                state,
                before.url(),
                Optional.empty(),
                length,
                ready,
                accounts(),
                held,
                rate,
                now.since(began).toNanos() / 1e9,
                0,
                reasons,
                failure));
    }

    private Accounts accounts() {
        Ledger ledger = new Ledger();
        for (Contribution one : inVain.contributions()) {
            ledger.wasted(one.from(), one.verified() + one.wasted());
        }
        ledger.verified(origin, bytes - held);
        ledger.wasted(origin, wasted);
        return ledger.accounts();
    }
}
