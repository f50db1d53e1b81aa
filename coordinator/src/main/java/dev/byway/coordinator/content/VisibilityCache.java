package dev.byway.coordinator.content;

import dev.byway.coordinator.store.Database;
import dev.byway.core.content.ContentId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The standing of the contents that were asked for last, so that announcements do not read the database. Forgets the least
 * recently used beyond {@link #MAX}. Any thread.
 */
final class VisibilityCache {
    private static final int MAX = 100_000;

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ContentId, Standing> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ContentId, Standing> eldest) {
            return size() > MAX;
        }
    };

    VisibilityCache(Database database) {
        this.database = database;
    }

    Standing standing(ContentId content) {
        return cached(content).orElseGet(() -> load(content));
    }

    private Optional<Standing> cached(ContentId content) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(content));
        } finally {
            lock.unlock();
        }
    }

    /** Reads and keeps in one go, so that a change in between cannot be overwritten by what was read before it. */
    private Standing load(ContentId content) {
        return database.read(rows -> {
            Standing standing = Statements.standing(rows, content);
            lock.lock();
            try {
                known.put(content, standing);
            } finally {
                lock.unlock();
            }
            return standing;
        });
    }

    void forget(ContentId content) {
        lock.lock();
        try {
            known.remove(content);
        } finally {
            lock.unlock();
        }
    }
}
