package dev.byway.agent.store;

import dev.byway.core.unit.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The live grants of one content: their ranges never overlap. Any thread. */
final class WriteGrants {
    private final DataFile data;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<WriteGrant> live = new HashSet<>();

    WriteGrants(DataFile data) {
        this.data = data;
    }

    /** A grant for a range; empty while another one may still write some of it. */
    Optional<WriteGrant> issue(ByteRange range) {
        lock.lock();
        try {
            if (overlaps(range)) {
                return Optional.empty();
            }
            WriteGrant grant = new WriteGrant(this, data, range.offset(), range.end());
            live.add(grant);
            return Optional.of(grant);
        } finally {
            lock.unlock();
        }
    }

    /** Whether some byte of {@code range} may still be written by somebody. */
    boolean overlaps(ByteRange range) {
        lock.lock();
        try {
            return live.stream().anyMatch(g -> g.position() < range.end() && range.offset() < g.end());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return live.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything back, after the writes in progress. */
    void revokeAll() {
        List<WriteGrant> all;
        lock.lock();
        try {
            all = new ArrayList<>(live);
        } finally {
            lock.unlock();
        }
        all.forEach(WriteGrant::revoke);
    }

    void forget(WriteGrant grant) {
        lock.lock();
        try {
            live.remove(grant);
        } finally {
            lock.unlock();
        }
    }
}
