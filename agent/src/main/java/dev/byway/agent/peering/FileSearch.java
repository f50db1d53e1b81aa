package dev.byway.agent.peering;

import dev.byway.agent.loop.Loop;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.seeking.SeekTimes;
import dev.byway.core.seeking.Seeking;
import dev.byway.core.seeking.Step;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One file that this device seeks by its digest: the rules ({@link Seeking}), between the device loop, which says what neighbours say,
 * and the download, which waits for what to do and says how it goes. Any thread.
 */
public final class FileSearch implements AutoCloseable {
    /** How often it is asked anew who may come, and how often neighbours are told of progress at most. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration TELL = Duration.ofSeconds(1);

    private final Digest sha256;
    private final Loop loop;
    private final WholeFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Seeking rules;
    private final Map<Long, PeerLink> peers = new HashMap<>();
    private Optional<Progress> progress = Optional.empty();
    private Moment told = Loop.now();
    private volatile Runnable giveWay = () -> {};

    /** Where the file comes from. */
    public sealed interface Source {
        /** A neighbour says that it has it, as this content. */
        record Neighbour(PeerLink peer, ContentId content, int pieceLength) implements Source {}

        /** Nobody has it, and it is this device's turn to fetch it. */
        record Outside() implements Source {}
    }

    /** How much this device has fetched; the length is 0 while it is not known. */
    record Progress(long bytes, long length) {}

    FileSearch(Digest sha256, long length, DeviceId self, Loop loop, WholeFiles files) {
        this.sha256 = sha256;
        this.loop = loop;
        this.files = files;
        this.rules = new Seeking(sha256, length, self, Loop.now(), SeekTimes.DEFAULT);
    }

    // ---- for the download ----

    public Digest sha256() {
        return sha256;
    }

    /**
     * Waits until it is clear where the file comes from; the waits are those of {@link SeekTimes}.
     *
     * @param waiting is told the neighbour that is waited for, whenever that is another one
     */
    public Source await(Consumer<PeerLink> waiting) throws InterruptedException {
        Optional<PeerLink> fetcher = Optional.empty();
        while (true) {
            boolean quiet = false;
            lock.lockInterruptibly();
            try {
                Moment now = Loop.now();
                switch (rules.next(now)) {
                    case Step.Take take
                    when peers.containsKey(take.peer()) -> {
                        return new Source.Neighbour(peers.get(take.peer()), take.content(), take.pieceLength());
                    }
                    case Step.Take take -> rules.left(take.peer());
                    case Step.Fetch ignored -> {
                        return new Source.Outside();
                    }
                    case Step.Wait wait -> {
                        Optional<PeerLink> one = wait.fetcher().map(peers::get);
                        if (!one.equals(fetcher)) {
                            fetcher = one;
                            one.ifPresent(waiting);
                        }
                        long most =
                                Math.min(LOOK.toNanos(), wait.until().since(now).toNanos());
                        quiet = news.awaitNanos(most) <= 0;
                    }
                }
            } finally {
                lock.unlock();
            }
            if (quiet) {
                loop.execute(() -> files.refresh(this));
            }
        }
    }

    /**
     * What to do when this device fetches it and a neighbour has it, or is further with it: to stop fetching soon, and then to say so
     * ({@link #gaveWay}). Called by a thread of its own, perhaps more than once.
     */
    public void whenBehind(Runnable action) {
        change(() -> giveWay = action);
    }

    /** This device fetches it no more, and awaits what comes of it; false when there is nobody to give way to (any more). */
    public boolean gaveWay() {
        lock.lock();
        try {
            if (!isBehind()) {
                rules.stoppedInVain();
                return false;
            }
            progress = Optional.empty();
            rules.gaveWay(Loop.now());
        } finally {
            lock.unlock();
        }
        loop.execute(() -> files.tell(sha256));
        return true;
    }

    /** This device fetches it: so much is here. Neighbours are told from time to time. */
    public void fetching(long bytes, long length) {
        boolean due;
        boolean behind;
        lock.lock();
        try {
            Moment now = Loop.now();
            boolean first = progress.isEmpty();
            rules.fetching(bytes, now);
            due = progress.isEmpty() || !now.isBefore(told.plus(TELL)) || bytes == length;
            progress = Optional.of(new Progress(bytes, length));
            told = due ? now : told;
            behind = first && isBehind();
        } finally {
            lock.unlock();
        }
        if (behind) {
            giveWay();
        }
        if (due) {
            loop.execute(() -> files.tell(sha256));
        }
    }

    /** This neighbour does not give what it said it had. */
    public void gaveNothing(PeerLink peer) {
        change(() -> {
            peers.remove(peer.number());
            rules.gaveNothing(peer.number());
        });
    }

    /** From now on only {@link Source.Outside} is left. */
    public void outsideOnly() {
        change(rules::outsideOnly);
    }

    /** The neighbour that said that it had it lied. From now on only {@link Source.Outside} is left. */
    public void deceived(PeerLink by) {
        outsideOnly();
        loop.execute(() -> files.deceived(by));
    }

    /** It is here, or is not sought any more: neighbours are told which. Who waits, does so no more. */
    @Override
    public void close() {
        change(() -> {
            rules.outsideOnly();
            progress = Optional.empty();
        });
        loop.execute(() -> files.over(this));
    }

    // ---- for the device loop ----

    Optional<Progress> progress() {
        lock.lock();
        try {
            return progress;
        } finally {
            lock.unlock();
        }
    }

    void asked(PeerLink peer) {
        change(() -> {
            peers.put(peer.number(), peer);
            rules.asked(peer.number(), peer.device(), Loop.now());
        });
    }

    void seeks(PeerLink peer, boolean now) {
        change(() -> rules.seeks(peer.number(), now, Loop.now()));
    }

    void lacks(PeerLink peer) {
        change(() -> rules.lacks(peer.number()));
    }

    void fetches(PeerLink peer, long bytes) {
        change(() -> rules.fetches(peer.number(), bytes, Loop.now()));
    }

    void holds(PeerLink peer, ContentId content, int pieceLength) {
        change(() -> rules.holds(peer.number(), content, pieceLength));
    }

    void left(PeerLink peer) {
        change(() -> {
            peers.remove(peer.number());
            rules.left(peer.number());
        });
    }

    /** Nobody has to think anew because of it: it is looked at often enough. */
    void expecting(int neighbours, boolean asking) {
        lock.lock();
        try {
            rules.expecting(neighbours, asking);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable action) {
        boolean behind;
        lock.lock();
        try {
            action.run();
            news.signalAll();
            behind = isBehind();
        } finally {
            lock.unlock();
        }
        if (behind) {
            giveWay();
        }
    }

    private boolean isBehind() {
        return progress.isPresent() && !(rules.next(Loop.now()) instanceof Step.Fetch);
    }

    private void giveWay() {
        Thread.ofVirtual().name("byway-give-way").start(giveWay);
    }
}
