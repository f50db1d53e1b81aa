package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.store.CacheEntry;
import dev.byway.core.store.CacheLimits;
import dev.byway.core.store.CacheSize;
import dev.byway.core.store.Eviction;
import dev.byway.core.store.EvictionPolicy;
import dev.byway.core.unit.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The contents kept in one folder, of which this process is the only user: finds, makes, lists, pins, evicts.
 *
 * <p>Layout: {@code lock}; {@code content/ROOT-LENGTH/} with {@code data}, {@code pieces}, {@code meta}, {@code layer}
 * and {@code manifest.json}; {@code spool/} for downloads without identity. In memory there is the piece map of each
 * content and nothing that grows with the length of a file. Any thread.
 */
public final class ContentStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ContentStore.class.getName());
    private static final String GONE = ".gone";

    /** What became of a request to remove a content. */
    public enum Removal {
        REMOVED,
        /** Somebody downloads, serves or delivers it right now. */
        IN_USE,
        /** It was not there. */
        NOT_HELD
    }

    private final Path folder;
    private final StoreFiles files;
    private final Closeable lock;
    private final Spools spools;
    private final Optional<Committer> committer;
    private final ReentrantLock catalog = new ReentrantLock();
    private final Map<ContentId, ContentFolder> contents = new HashMap<>();

    private ContentStore(Path root, Disk disk, StoreOptions options, Closeable lock) throws IOException {
        this.lock = lock;
        this.folder = root.resolve("content");
        this.committer = options.background() ? Optional.of(new Committer(this, options.clock())) : Optional.empty();
        this.files = StoreFiles.on(disk, options, () -> committer.ifPresent(Committer::wake));
        disk.createFolder(folder);
        this.spools = Spools.open(files, root.resolve("spool"));
        disk.forceFolder(root);
        load();
        committer.ifPresent(Committer::start);
    }

    /**
     * Opens the store in {@code folder}, which is made if it is missing.
     *
     * @throws StoreException when another program uses it, it belongs to another user, or the disk fails
     */
    public static ContentStore open(Path folder, StoreOptions options) {
        return open(folder, options, new LocalDisk(folder));
    }

    static ContentStore open(Path folder, StoreOptions options, Disk disk) {
        try {
            Path root = disk.prepareRoot(folder.toAbsolutePath());
            return switch (disk.lock(root.resolve("lock"))) {
                case Disk.Lock.Held held -> openLocked(root, options, disk, held.release());
                case Disk.Lock.Busy busy ->
                    throw new StoreException(
                            StoreException.Kind.FOLDER_IN_USE,
                            "the state folder " + root + " is in use by " + busy.holder()
                                    + ": stop it, or choose another folder with --state or cache.dir");
            };
        } catch (IOException e) {
            throw StoreException.of("open", folder, e);
        }
    }

    private static ContentStore openLocked(Path root, StoreOptions options, Disk disk, Closeable lock)
            throws IOException {
        boolean opened = false;
        try {
            ContentStore store = new ContentStore(root, disk, options, lock);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private void load() throws IOException {
        for (Disk.Entry entry : files.disk().list(folder)) {
            Path path = folder.resolve(entry.name());
            if (entry.isFolder() && entry.name().endsWith(GONE)) {
                deleteQuietly(path);
            } else if (entry.isFolder()) {
                FolderName.parse(entry.name()).ifPresent(id -> load(id, path));
            }
        }
    }

    private void load(ContentId id, Path path) {
        try {
            contents.put(id, ContentFolder.load(files, id, path));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the cached content in " + path + " cannot be read and is left out",
                    e);
        }
    }

    /** The content, if some of it is here or being fetched. To be closed after use. */
    public Optional<StoredContent> find(ContentId id) {
        catalog.lock();
        try {
            return Optional.ofNullable(contents.get(id)).map(this::use);
        } finally {
            catalog.unlock();
        }
    }

    /**
     * The content, to fetch what is missing of it; made if nothing of it is here. To be closed after use. If it lies here
     * in pieces of another length, what is there has to be recovered first ({@link StoredContent#recover()}).
     *
     * @throws StoreException when the disk fails; of kind IN_USE when somebody uses it in pieces of another length
     * @throws IllegalArgumentException for the empty content, which needs no store
     */
    public StoredContent acquire(ContentId id, PieceLayout layout) {
        if (id.length() == 0 || layout.length() != id.length()) {
            throw new IllegalArgumentException(id + " is not kept in " + layout);
        }
        catalog.lock();
        try {
            ContentFolder held = contents.get(id);
            if (held == null) {
                held = ContentFolder.create(files, id, layout, folder.resolve(FolderName.of(id)));
                contents.put(id, held);
            } else if (!held.journal().layout().equals(layout)) {
                cutAnew(held, layout);
            }
            StoredContent content = use(held);
            confirm(content, held.journal());
            return content;
        } finally {
            catalog.unlock();
        }
    }

    /** A complete content can be delivered from a disk that takes no writes any more. */
    private static void confirm(StoredContent content, PieceJournal journal) {
        try {
            journal.confirm();
        } catch (StoreException e) {
            if (!journal.held().isFull()) {
                content.abandon();
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the piece map of " + content.id() + " could not be confirmed" + ": " + e.getMessage());
        }
    }

    private static void cutAnew(ContentFolder held, PieceLayout layout) {
        if (held.countUser(0) > 0) {
            throw new StoreException(
                    StoreException.Kind.IN_USE,
                    held.id() + " is in use in pieces of "
                            + held.journal().layout().pieceLength() + ", not of " + layout.pieceLength()
                            + ": try again when that is done");
        }
        held.cutInto(layout);
    }

    private StoredContent use(ContentFolder held) {
        held.countUser(1);
        touch(held);
        return new StoredContent(this, held);
    }

    private void touch(ContentFolder held) {
        Instant now = files.options().calendar().instant();
        held.change(meta -> meta.withLastUsed(now));
    }

    void release(ContentFolder held) {
        if (leaveOthers(held)) {
            return;
        }
        try {
            held.settle();
        } finally {
            leave(held);
        }
    }

    void leave(ContentFolder held) {
        catalog.lock();
        try {
            held.countUser(-1);
        } finally {
            catalog.unlock();
        }
    }

    /** Leaves a content that others use; false for the last one, who stays counted until everything is settled. */
    private boolean leaveOthers(ContentFolder held) {
        catalog.lock();
        try {
            boolean others = held.countUser(0) > 1;
            if (others) {
                held.countUser(-1);
            }
            return others;
        } finally {
            catalog.unlock();
        }
    }

    /** All contents, in the order of their ids. */
    public List<CacheEntry> list() {
        catalog.lock();
        try {
            return contents.values().stream()
                    .map(ContentFolder::entry)
                    .sorted(Comparator.comparing(e -> e.id().toString()))
                    .toList();
        } finally {
            catalog.unlock();
        }
    }

    /** Notes that the content was asked for now; whether it is here. */
    public boolean touch(ContentId id) {
        catalog.lock();
        try {
            Optional<ContentFolder> held = Optional.ofNullable(contents.get(id));
            held.ifPresent(this::touch);
            return held.isPresent();
        } finally {
            catalog.unlock();
        }
    }

    /**
     * Keeps the content until it is unpinned, or gives it free again; whether it is here.
     *
     * @throws StoreException when that cannot be written
     */
    public boolean pin(ContentId id, boolean pinned) {
        Optional<StoredContent> held = find(id);
        if (held.isPresent()) {
            try (StoredContent content = held.get()) {
                content.rememberPin(pinned);
            }
        }
        return held.isPresent();
    }

    /**
     * Deletes a content, unless somebody uses it.
     *
     * @throws StoreException when the disk fails; the content is then there, or gone and its space not free yet
     */
    public Removal remove(ContentId id) {
        Path gone = folder.resolve(FolderName.of(id) + GONE);
        catalog.lock();
        try {
            ContentFolder held = contents.get(id);
            if (held == null) {
                return Removal.NOT_HELD;
            }
            if (held.countUser(0) > 0) {
                return Removal.IN_USE;
            }
            held.data().close();
            deleteQuietly(gone);
            files.disk().rename(held.folder(), gone);
            contents.remove(id);
            files.disk().forceFolder(folder);
        } catch (IOException e) {
            throw StoreException.of("remove", gone, e);
        } finally {
            catalog.unlock();
        }
        deleteQuietly(gone);
        return Removal.REMOVED;
    }

    /** What is left of it is deleted when the store is opened next. */
    private void deleteQuietly(Path gone) {
        try {
            files.small().deleteFolder(gone);
        } catch (NoSuchFileException _) {
            // it is gone already
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot free the space of " + gone + ": " + e.getMessage());
        }
    }

    /**
     * Deletes what {@link EvictionPolicy} chooses.
     *
     * @return what was deleted, and why
     * @throws StoreException when the disk fails
     */
    public List<Eviction> evict(CacheLimits limits) {
        List<Eviction> done = new ArrayList<>();
        for (Eviction eviction :
                EvictionPolicy.choose(list(), files.options().calendar().instant(), limits)) {
            if (remove(eviction.id()) == Removal.REMOVED) {
                done.add(eviction);
            }
        }
        return done;
    }

    /** The limits that {@code size} and {@code maxAge} are on this disk now. */
    public CacheLimits limits(Optional<Duration> maxAge, CacheSize size) {
        long cached = list().stream().mapToLong(CacheEntry::bytes).sum();
        return new CacheLimits(maxAge, size.on(cached, usableSpace()));
    }

    /** Bytes that may still be written to the disk of the store. */
    public long usableSpace() {
        try {
            return files.disk().usableSpace(folder);
        } catch (IOException e) {
            throw StoreException.of("measure", folder, e);
        }
    }

    /** The downloads of content without identity. */
    public Spools spools() {
        return spools;
    }

    /**
     * Makes durable what has waited long enough. Trouble is logged here and thrown to whoever commits or flushes next.
     *
     * @return when to call again; empty when nothing waits
     */
    public Optional<Moment> commitDue() {
        Moment now = files.options().clock().get();
        Optional<Moment> next = Optional.empty();
        for (ContentFolder held : folders()) {
            PieceJournal journal = held.journal();
            if (journal.dueAt().filter(due -> !now.isBefore(due)).isPresent()) {
                flushQuietly(journal);
            }
            Optional<Moment> due = journal.dueAt();
            if (due.isPresent()) {
                next = Optional.of(next.isPresent() ? Moment.min(next.get(), due.get()) : due.get());
            }
        }
        return next;
    }

    private static void flushQuietly(PieceJournal journal) {
        try {
            journal.flush();
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "verified data could not be made durable" + ": " + e.getMessage());
        }
    }

    /**
     * Makes everything durable and lets go of the folder.
     *
     * @throws StoreException when the disk fails; the folder is free all the same
     */
    @Override
    public void close() {
        committer.ifPresent(Committer::close);
        try {
            settleAll();
        } finally {
            files.open().closeAll();
            try {
                lock.close();
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the lock of " + folder + " was not released cleanly" + ": " + e.getMessage());
            }
        }
    }

    private void settleAll() {
        Optional<StoreException> first = Optional.empty();
        for (ContentFolder held : folders()) {
            try {
                held.settle();
                held.saveMeta();
            } catch (StoreException e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    private List<ContentFolder> folders() {
        catalog.lock();
        try {
            return List.copyOf(contents.values());
        } finally {
            catalog.unlock();
        }
    }
}
