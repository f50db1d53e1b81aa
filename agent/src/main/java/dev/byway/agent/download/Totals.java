package dev.byway.agent.download;

import dev.byway.core.account.Accounts;
import dev.byway.core.account.SourceBytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Bytes received since the agent started, over all downloads, those under way included. Any thread. */
public final class Totals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Entry> open = new LinkedHashSet<>();
    private SourceBytes verified = SourceBytes.NONE;
    private long wasted;

    /** One download's part; what it brought until it is closed stays. */
    final class Entry implements AutoCloseable {
        private final Supplier<Accounts> accounts;

        private Entry(Supplier<Accounts> accounts) {
            this.accounts = accounts;
        }

        @Override
        public void close() {
            Accounts last = accounts.get();
            lock.lock();
            try {
                if (open.remove(this)) {
                    verified = verified.plus(last.sources());
                    wasted += last.wastedBytes();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Counts a download from now on; {@code accounts} says at once what it brought so far. */
    Entry open(Supplier<Accounts> accounts) {
        Entry entry = new Entry(accounts);
        lock.lock();
        try {
            open.add(entry);
        } finally {
            lock.unlock();
        }
        return entry;
    }

    /** Bytes by source. */
    public SourceBytes verified() {
        return sum().verified();
    }

    /** Bytes received in vain. */
    public long wasted() {
        return sum().wasted();
    }

    private record Sum(SourceBytes verified, long wasted) {
        Sum plus(Accounts accounts) {
            return new Sum(verified.plus(accounts.sources()), wasted + accounts.wastedBytes());
        }
    }

    /** Downloads are asked without our lock: they have locks of their own. */
    private Sum sum() {
        List<Entry> running;
        Sum sum;
        lock.lock();
        try {
            running = List.copyOf(open);
            sum = new Sum(verified, wasted);
        } finally {
            lock.unlock();
        }
        for (Entry entry : running) {
            sum = sum.plus(entry.accounts.get());
        }
        return sum;
    }
}
