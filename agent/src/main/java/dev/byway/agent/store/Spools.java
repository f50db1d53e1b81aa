package dev.byway.agent.store;

import dev.byway.core.content.Digest;
import dev.byway.core.store.SpoolEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The downloads of content without identity. A key stands for what was asked for: callers make it from the URL and from
 * everything else that decides what the origin answers, so that two that may not see each other's bytes have two keys.
 * Any thread.
 */
public final class Spools {
    private static final System.Logger LOG = System.getLogger(Spools.class.getName());

    private final StoreFiles files;
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Digest, Shared> shared = new HashMap<>();

    private Spools(StoreFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    static Spools open(StoreFiles files, Path folder) throws IOException {
        files.disk().createFolder(folder);
        return new Spools(files, folder);
    }

    /** A spool and who uses it; guarded by the lock of {@link Spools}. */
    static final class Shared {
        private final Digest key;
        private final GrowingFile file;
        private boolean hasWriter = true;
        private int readers;

        Shared(Digest key, GrowingFile file) {
            this.key = key;
            this.file = file;
        }

        GrowingFile file() {
            return file;
        }
    }

    /**
     * Opens the spool of {@code key} for writing, with what an earlier writer left if that can be continued.
     *
     * @return empty while somebody writes or still reads it: {@link #join} them
     * @throws StoreException when the disk fails
     */
    public Optional<Spool> open(Digest key) {
        lock.lock();
        try {
            if (shared.containsKey(key)) {
                return Optional.empty();
            }
            Shared fresh = new Shared(key, GrowingFile.open(files, folder.resolve(key.toString())));
            shared.put(key, fresh);
            return Optional.of(new Spool(this, fresh));
        } finally {
            lock.unlock();
        }
    }

    /** A reader of the spool of {@code key}, from its first byte; empty when nobody uses it now. */
    public Optional<SpoolReader> join(Digest key) {
        lock.lock();
        try {
            return Optional.ofNullable(shared.get(key)).map(this::reader);
        } finally {
            lock.unlock();
        }
    }

    /**
     * All copies that are here.
     *
     * @throws StoreException when the disk fails
     */
    List<SpoolEntry> entries() {
        lock.lock();
        try {
            List<SpoolEntry> entries = new ArrayList<>();
            for (Disk.Entry entry : files.disk().list(folder)) {
                if (entry.isFolder()) {
                    Path path = folder.resolve(entry.name());
                    entries.add(new SpoolEntry(
                            entry.name(),
                            GrowingFile.size(files, path),
                            GrowingFile.lastWritten(files, path).orElse(Instant.MIN),
                            isInUse(entry.name())));
                }
            }
            return entries;
        } catch (IOException e) {
            throw StoreException.of("list", folder, e);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that all copies take. */
    long bytes() {
        return entries().stream().mapToLong(SpoolEntry::bytes).sum();
    }

    /** Deletes a copy, unless somebody uses it now. */
    void remove(SpoolEntry spool) {
        lock.lock();
        try {
            if (!isInUse(spool.name())) {
                files.small().deleteFolder(folder.resolve(spool.name()));
            }
        } catch (IOException e) {
            throw StoreException.of("remove", folder.resolve(spool.name()), e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isInUse(String name) {
        return shared.keySet().stream().anyMatch(key -> key.toString().equals(name));
    }

    /**
     * Deletes what was left to be continued and has not been for {@code maxAge}.
     *
     * @return the number of spools deleted
     * @throws StoreException when the disk fails
     */
    public int sweep(Duration maxAge) {
        lock.lock();
        try {
            int swept = 0;
            for (Disk.Entry entry : files.disk().list(folder)) {
                if (entry.isFolder() && isStale(entry.name(), maxAge)) {
                    files.small().deleteFolder(folder.resolve(entry.name()));
                    swept++;
                }
            }
            return swept;
        } catch (IOException e) {
            throw StoreException.of("sweep", folder, e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isStale(String name, Duration maxAge) throws IOException {
        if (isInUse(name)) {
            return false;
        }
        Instant written = GrowingFile.lastWritten(files, folder.resolve(name)).orElse(Instant.MIN);
        return Duration.between(written, now()).compareTo(maxAge) >= 0;
    }

    /** The files that are written to or read from now. */
    List<GrowingFile> inUse() {
        lock.lock();
        try {
            return shared.values().stream().map(Shared::file).toList();
        } finally {
            lock.unlock();
        }
    }

    Instant now() {
        return files.options().calendar().instant();
    }

    SpoolReader reader(Shared used) {
        lock.lock();
        try {
            if (!used.equals(shared.get(used.key))) {
                throw new StoreException(StoreException.Kind.ABANDONED, "this copy is not kept any more");
            }
            used.readers++;
            return new SpoolReader(this, used);
        } finally {
            lock.unlock();
        }
    }

    void leaveAsWriter(Shared used) {
        lock.lock();
        try {
            used.hasWriter = false;
            disposeUnused(used);
        } finally {
            lock.unlock();
        }
    }

    void leaveAsReader(Shared used) {
        lock.lock();
        try {
            used.readers--;
            disposeUnused(used);
        } finally {
            lock.unlock();
        }
    }

    private void disposeUnused(Shared used) {
        if (used.hasWriter || used.readers > 0) {
            return;
        }
        if (!shared.remove(used.key, used)) {
            return;
        }
        used.file.retire();
        used.file.data().close();
        if (!used.file.isWorthKeeping()) {
            try {
                files.small().deleteFolder(used.file.folder());
            } catch (NoSuchFileException _) {
                // somebody tidied up before us
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "cannot free the space of " + used.file.folder() + ": " + e.getMessage());
            }
        }
    }
}
