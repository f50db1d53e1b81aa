package dev.byway.agent.download;

import dev.byway.agent.peering.Peering;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Ledger;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One swarm download and all who asked for it: two URLs of the same content share one. Any thread. */
final class SwarmRun implements SwarmDownload.Listener {
    private static final System.Logger LOG = System.getLogger(SwarmRun.class.getName());

    private final StoredContent stored;
    private final Peering peering;
    private final Totals.Entry counted;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<SwarmDownload.Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<SwarmDownload> download = Optional.empty();
    private Optional<SwarmDownload.Progress> last = Optional.empty();
    private final Ledger before = new Ledger();
    private Optional<Consumer<SwarmDownload.Listener>> end = Optional.empty();
    private volatile boolean failed;
    private int users;

    SwarmRun(StoredContent stored, Peering peering, Totals totals) {
        this.stored = stored;
        this.peering = peering;
        this.counted = totals.open(this::accounts);
    }

    private Accounts accounts() {
        lock.lock();
        try {
            return last.map(SwarmDownload.Progress::accounts).orElse(Accounts.EMPTY);
        } finally {
            lock.unlock();
        }
    }

    void runs(SwarmDownload started) {
        download = Optional.of(started);
    }

    ContentId content() {
        return stored.id();
    }

    StoredContent stored() {
        return stored;
    }

    Optional<SwarmDownload> download() {
        return download;
    }

    /** Whether it cannot be joined any more: the next one needs a run of its own. */
    boolean hasFailed() {
        return failed;
    }

    /** One user more; guarded by the owner's lock, as {@link #leave}. */
    void join() {
        users++;
    }

    /** From now on {@code listener} is told; at once, when it is all over already. */
    void listen(SwarmDownload.Listener listener) {
        Optional<Consumer<SwarmDownload.Listener>> missed;
        Optional<SwarmDownload.Progress> seen;
        lock.lock();
        try {
            listeners.add(listener);
            missed = end;
            seen = last;
        } finally {
            lock.unlock();
        }
        seen.ifPresent(listener::progress);
        missed.ifPresent(told -> told.accept(listener));
    }

    /** One user less; whether it was the last. */
    boolean leave(SwarmDownload.Listener listener) {
        listeners.remove(listener);
        return --users == 0;
    }

    /** What is proved stays; when the disk does not take it, the next download fetches it again. */
    void end() {
        counted.close();
        download.ifPresent(d -> {
            unregister(d);
            d.close();
        });
        try {
            stored.close();
        } catch (StoreException e) {
            System.Logger.Level level = failed ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            LOG.log(level, "what was fetched may be fetched again: " + e.getMessage());
        }
    }

    private void unregister(SwarmDownload ended) {
        if (!failed) {
            peering.unregister(ended.content());
        }
    }

    /** Some bytes came before the download began, and these of them are of use, and those not. */
    void brought(Contributor by, long used, long inVain) {
        lock.lock();
        try {
            before.verified(by, used);
            before.wasted(by, inVain);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void progress(SwarmDownload.Progress progress) {
        SwarmDownload.Progress all;
        lock.lock();
        try {
            all = progress.after(before.accounts());
            last = Optional.of(all);
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.progress(all));
    }

    @Override
    public void done() {
        over(SwarmDownload.Listener::done);
    }

    @Override
    public void failed(String kind, String why) {
        download.ifPresent(this::unregister);
        failed = true;
        over(listener -> listener.failed(kind, why));
    }

    private void over(Consumer<SwarmDownload.Listener> told) {
        lock.lock();
        try {
            if (end.isPresent()) {
                return;
            }
            end = Optional.of(told);
        } finally {
            lock.unlock();
        }
        listeners.forEach(told);
    }

    /** The runs of bytes that the pieces of a set are. */
    static List<ByteRange> ranges(PieceLayout layout, PieceSet held) {
        List<ByteRange> ranges = new ArrayList<>();
        int piece = held.next(0);
        while (piece >= 0) {
            int end = held.nextMissing(piece);
            long start = layout.piece(piece).offset();
            ranges.add(ByteRange.between(start, layout.piece(end - 1).end()));
            piece = held.next(end);
        }
        return ranges;
    }
}
