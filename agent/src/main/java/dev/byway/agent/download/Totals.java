package dev.byway.agent.download;

import dev.byway.core.account.Accounts;
import dev.byway.core.account.SourceBytes;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes received since the agent started, over all downloads. Any thread. */
public final class Totals {
    private final ReentrantLock lock = new ReentrantLock();
    private SourceBytes verified = SourceBytes.NONE;
    private long wasted;

    /** Enters what a download brought, once, when it ended. */
    void add(Accounts accounts) {
        lock.lock();
        try {
            verified = verified.plus(accounts.sources());
            wasted += accounts.wastedBytes();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes by source. */
    public SourceBytes verified() {
        lock.lock();
        try {
            return verified;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes received in vain. */
    public long wasted() {
        lock.lock();
        try {
            return wasted;
        } finally {
            lock.unlock();
        }
    }
}
