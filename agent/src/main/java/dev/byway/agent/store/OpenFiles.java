package dev.byway.agent.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the data files used last open, and not more than a number of them, whatever the number of contents: the limit may
 * be passed only by operations running at the same moment. Any thread.
 */
final class OpenFiles {
    private final Disk disk;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Entry> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Files of which bytes may have been lost when they were closed: their next flush must fail. */
    private final Map<Path, IOException> failedCloses = new HashMap<>();

    private boolean closed;

    OpenFiles(Disk disk, int limit) {
        this.disk = disk;
        this.limit = limit;
    }

    /** What is done with an open file. */
    interface Use<T> {
        T with(DiskFile file) throws IOException;
    }

    private record Key(Path path, Disk.Access access) {}

    private static final class Entry {
        private final DiskFile file;
        private int users;

        Entry(DiskFile file) {
            this.file = file;
        }
    }

    <T> T use(Path path, Disk.Access access, Use<T> use) throws IOException {
        Entry entry = take(new Key(path, access));
        try {
            return use.with(entry.file);
        } finally {
            giveBack(entry);
        }
    }

    /** Flushes a file, through however many openings it was written. */
    void force(Path path) throws IOException {
        lock.lock();
        try {
            IOException failed = failedCloses.remove(path);
            if (failed != null) {
                throw new IOException(failed.getMessage(), failed);
            }
        } finally {
            lock.unlock();
        }
        use(path, Disk.Access.WRITE, file -> {
            file.force();
            return path;
        });
    }

    /** Closes a file that nobody uses any more. */
    void forget(Path path) {
        lock.lock();
        try {
            for (Disk.Access access : Disk.Access.values()) {
                Entry entry = open.remove(new Key(path, access));
                if (entry != null) {
                    close(path, entry);
                }
            }
            failedCloses.remove(path);
        } finally {
            lock.unlock();
        }
    }

    /** Closes all and opens none any more. */
    void closeAll() {
        lock.lock();
        try {
            closed = true;
            open.forEach((key, entry) -> close(key.path, entry));
            open.clear();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    private Entry take(Key key) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the store is closed");
            }
            Entry entry = open.get(key);
            if (entry == null) {
                entry = new Entry(disk.open(key.path, key.access));
                open.put(key, entry);
            }
            entry.users++;
            closeIdle();
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Entry entry) {
        lock.lock();
        try {
            entry.users--;
            closeIdle();
        } finally {
            lock.unlock();
        }
    }

    private void closeIdle() {
        Iterator<Map.Entry<Key, Entry>> leastRecent = open.entrySet().iterator();
        while (open.size() > limit && leastRecent.hasNext()) {
            Map.Entry<Key, Entry> candidate = leastRecent.next();
            if (candidate.getValue().users == 0) {
                leastRecent.remove();
                close(candidate.getKey().path, candidate.getValue());
            }
        }
    }

    private void close(Path path, Entry entry) {
        try {
            entry.file.close();
        } catch (IOException e) {
            failedCloses.put(path, e);
        }
    }
}
