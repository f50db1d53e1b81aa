package dev.byway.agent.download;

import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Reason;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows on a board how a swarm download goes. Its owner says how it ends. */
final class SwarmShow implements SwarmDownload.Listener {
    private final Board board;
    private final StoredContent stored;
    private final ContentId content;
    private final PieceLayout layout;
    private final Moment began;
    private final boolean hidden;
    private final End end;
    private volatile PieceSet atFirst;
    private volatile long heldBesides;
    private volatile Optional<SwarmDownload.Progress> last = Optional.empty();

    /** What its owner does when it is over. */
    interface End {
        void done();

        void failed(String kind, String why);
    }

    /** @param hidden whether nothing may be read before the end, because the whole has to be proved then */
    SwarmShow(Board board, StoredContent stored, Moment began, boolean hidden, End end) {
        this.board = board;
        this.stored = stored;
        this.content = stored.id();
        this.layout = stored.layout();
        this.atFirst = stored.held();
        this.began = began;
        this.hidden = hidden;
        this.end = end;
    }

    /** Counts what is here as held before. */
    void countHeld() {
        atFirst = stored.held();
    }

    /** Counts so many bytes as held before that came into the content later. */
    void countHeldBesides(long bytes) {
        heldBesides = bytes;
    }

    Accounts accounts() {
        return last.map(SwarmDownload.Progress::accounts).orElse(Accounts.EMPTY);
    }

    List<Reason> reasons() {
        return last.map(SwarmDownload.Progress::reasons).orElse(List.of());
    }

    @Override
    public void progress(SwarmDownload.Progress progress) {
        last = Optional.of(progress);
        board.offer(before -> status(before, State.DOWNLOADING, Optional.empty()));
    }

    @Override
    public void done() {
        end.done();
    }

    @Override
    public void failed(String kind, String why) {
        end.failed(kind, why);
    }

    void showDone() {
        show(State.DONE, Optional.empty());
    }

    void showFailed(JobStatus.Failure failure) {
        show(State.FAILED, Optional.of(failure));
    }

    private void show(State state, Optional<JobStatus.Failure> failure) {
        board.show(before -> status(before, state, failure));
    }

    private JobStatus status(JobStatus before, State state, Optional<JobStatus.Failure> failure) {
        Optional<SwarmDownload.Progress> now = last;
        PieceSet pieces = now.map(SwarmDownload.Progress::held).orElse(atFirst);
        List<ByteRange> ready = hidden && state != State.DONE ? List.of() : SwarmRun.ranges(layout, pieces);
        return new JobStatus(
                before.version() + 1,
                before.generation(),
                state,
                before.url(),
                Optional.of(content),
                OptionalLong.of(content.length()),
                ready,
                now.map(SwarmDownload.Progress::accounts).orElse(Accounts.EMPTY),
                Math.min(content.length(), (long) atFirst.count() * layout.pieceLength() + heldBesides),
                now.map(SwarmDownload.Progress::bytesPerSecond).orElse(0L),
                Loop.now().since(began).toNanos() / 1e9,
                now.map(SwarmDownload.Progress::neighbours).orElse(0),
                now.map(SwarmDownload.Progress::reasons).orElse(List.of()),
                failure);
    }
}
