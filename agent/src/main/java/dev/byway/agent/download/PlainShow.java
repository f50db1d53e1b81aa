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
import dev.byway.core.content.ContentId;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Shows on a board how a plain download goes, and which of its bytes came now. On the thread that downloads. */
final class PlainShow implements PlainDownload.Listener {
    private static final double RATE_WINDOW = 1;

    private final Board board;
    private final JobRequest request;
    private final Optional<ContentId> content;
    private final Supplier<List<Reason>> reasons;
    private final Moment began;
    private final Accounts inVain;
    private final Contributor origin;
    private long held;
    private long bytes;
    private long wasted;
    private double windowBegan;
    private long windowHeld;
    private long rate;

    /**
     * A view.
     *
     * @param content what the whole has to be, once it is here
     * @param reasons what is to be told by now; may grow
     * @param held bytes that are here from an earlier download
     * @param inVain what came before, and is of no use
     */
    PlainShow(
            Board board,
            JobRequest request,
            Optional<ContentId> content,
            Supplier<List<Reason>> reasons,
            Moment began,
            long held,
            Accounts inVain) {
        this.board = board;
        this.request = request;
        this.content = content;
        this.reasons = reasons;
        this.began = began;
        this.held = held;
        this.bytes = held;
        this.windowHeld = held;
        this.inVain = inVain;
        this.origin = new Contributor(SourceKind.ORIGIN, request.url().getHost());
    }

    /** Bytes of the copy that came now. */
    long came() {
        return bytes - held;
    }

    @Override
    public void startedOver(OptionalLong length) {
        wasted += bytes - held;
        held = 0;
        bytes = 0;
        windowHeld = 0;
        show(State.RESTARTED, length, Optional.empty());
    }

    @Override
    public void progress(long soFar, OptionalLong length) {
        bytes = soFar;
        board.offer(next(State.DOWNLOADING, length, Optional.empty()));
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
        board.show(next(state, length, failure));
    }

    /** Made of what is so now, as it may be asked for later by another thread. */
    private UnaryOperator<JobStatus> next(State state, OptionalLong length, Optional<JobStatus.Failure> failure) {
        long here = bytes;
        long before = held;
        long lost = wasted;
        double seconds = Loop.now().since(began).toNanos() / 1e9;
        boolean hidden = request.sha256().isPresent() && state != State.DONE;
        long flow = rate(seconds);
        List<Reason> told = reasons.get();
        List<ByteRange> ready = here == 0 || hidden ? List.of() : List.of(new ByteRange(0, here));
        return last -> new JobStatus(
                last.version() + 1,
                last.generation() + (state == State.RESTARTED ? 1 : 0),
                state,
                last.url(),
                content,
                length,
                ready,
                accounts(here - before, lost),
                before,
                flow,
                seconds,
                0,
                told,
                failure);
    }

    /** Of a whole second, as bytes arrive in bursts; in the first one, of what there was of it. */
    private long rate(double seconds) {
        double passed = seconds - windowBegan;
        if (windowBegan == 0 || passed >= RATE_WINDOW) {
            rate = (long) (Math.max(0, bytes - windowHeld) / Math.max(0.1, passed));
        }
        if (passed >= RATE_WINDOW) {
            windowBegan = seconds;
            windowHeld = bytes;
        }
        return rate;
    }

    private Accounts accounts(long came, long lost) {
        Ledger ledger = new Ledger();
        for (Contribution one : inVain.contributions()) {
            ledger.wasted(one.from(), one.verified() + one.wasted());
        }
        ledger.verified(origin, came);
        ledger.wasted(origin, lost);
        return ledger.accounts();
    }
}
