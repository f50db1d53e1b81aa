package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.store.CacheEntry;
import dev.byway.core.store.CacheLimits;
import dev.byway.core.store.CacheSize;
import dev.byway.core.store.ContentMeta;
import dev.byway.core.store.Eviction;
import dev.byway.core.store.EvictionPolicy;
import dev.byway.core.unit.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The contents kept in one folder, of which this process is the only user: finds, makes, lists, pins, evicts.
 *
 * <p>Layout: {@code lock}; {@code content/ROOT-LENGTH/} with {@code data}, {@code pieces}, {@code meta}, {@code layer}
 * and {@code manifest.json}; {@code spool/} for downloads without identity. In memory there is the piece map of each
 * content and nothing that grows with the length of a file. Any thread.
 */
public final class ContentStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ContentStore.class.getName());

    /** What became of a request to remove a content. */
    public enum Removal {
        REMOVED,
        /** Somebody downloads, serves or delivers it right now. */
        IN_USE,
        /** It was not there. */
        NOT_HELD
    }

    private final Path root;
    private final ContentShelf shelf;
    private final StoreFiles files;
    private final Closeable lock;
    private final Spools spools;
    private final Optional<Committer> committer;

    private ContentStore(Path root, Disk disk, StoreOptions options, Closeable lock) throws IOException {
        this.root = root;
        this.lock = lock;
        this.committer = options.background() ? Optional.of(new Committer(this, options.clock())) : Optional.empty();
        this.files = StoreFiles.on(disk, options, () -> committer.ifPresent(Committer::wake));
        this.shelf = ContentShelf.open(files, root.resolve("content"));
        this.spools = Spools.open(files, root.resolve("spool"));
        disk.forceFolder(root);
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

    /** The content, if some of it is here or being fetched. To be closed after use. */
    public Optional<StoredContent> find(ContentId id) {
        return shelf.use(id).map(held -> new StoredContent(shelf, held));
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
        return new StoredContent(shelf, shelf.useOrCreate(id, layout));
    }

    /** All contents, in the order of their ids. */
    public List<CacheEntry> list() {
        return shelf.entries();
    }

    /** The contents that are remembered to have come from a URL. */
    public List<ContentId> cameFrom(URI origin) {
        return ContentMeta.redacted(origin).map(shelf::cameFrom).orElse(List.of());
    }

    /** A content that is here as a whole, and of which this device found that the whole has this digest. */
    public Optional<ContentId> whole(Digest sha256) {
        return shelf.whole(sha256);
    }

    /** Notes that the content was asked for now; whether it is here. */
    public boolean touch(ContentId id) {
        return shelf.touch(id);
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

    /** How many have a content open. */
    public int users(ContentId id) {
        return shelf.users(id);
    }

    /**
     * Deletes a content, unless somebody uses it.
     *
     * @param callBack is given each content before it is deleted, to take it back from those to whom it is only lent
     * @throws StoreException when the disk fails; the content is then there, or gone and its space not free yet
     */
    public Removal remove(ContentId id, Consumer<ContentId> callBack) {
        callBack.accept(id);
        return shelf.remove(id);
    }

    /**
     * Deletes what {@link EvictionPolicy} chooses, of contents and of unproved copies.
     *
     * @param callBack as with {@link #remove}
     * @return the contents that were deleted, and why
     * @throws StoreException when the disk fails
     */
    public List<Eviction> evict(CacheLimits limits, Consumer<ContentId> callBack) {
        EvictionPolicy.chooseSpools(spools.entries(), contentBytes(), limits).forEach(spools::remove);
        CacheLimits beside = limits.leavingRoomFor(spools.bytes());
        List<Eviction> done = new ArrayList<>();
        for (Eviction eviction :
                EvictionPolicy.choose(list(), files.options().calendar().instant(), beside)) {
            if (remove(eviction.id(), callBack) == Removal.REMOVED) {
                done.add(eviction);
            }
        }
        return done;
    }

    /** The limits that {@code size} and {@code maxAge} are on this disk now. */
    public CacheLimits limits(Optional<Duration> maxAge, CacheSize size) {
        return new CacheLimits(maxAge, size.on(contentBytes() + spools.bytes(), usableSpace()));
    }

    private long contentBytes() {
        return list().stream().mapToLong(CacheEntry::bytes).sum();
    }

    /** Bytes that may still be written to the disk of the store. */
    public long usableSpace() {
        try {
            return files.disk().usableSpace(root);
        } catch (IOException e) {
            throw StoreException.of("measure", root, e);
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
        for (ContentFolder held : shelf.all()) {
            PieceJournal journal = held.journal();
            next = sooner(next, commitDue(now, journal::dueAt, journal::flush));
        }
        for (GrowingFile growing : spools.inUse()) {
            next = sooner(next, commitDue(now, growing::dueAt, growing::flush));
        }
        return next;
    }

    private static Optional<Moment> commitDue(Moment now, Supplier<Optional<Moment>> dueAt, Runnable flush) {
        if (dueAt.get().filter(due -> !now.isBefore(due)).isPresent()) {
            try {
                flush.run();
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.WARNING, "what was fetched could not be made durable: " + e.getMessage());
            }
        }
        return dueAt.get();
    }

    private static Optional<Moment> sooner(Optional<Moment> one, Optional<Moment> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(Moment.min(one.get(), other.get()))
                : one.or(() -> other);
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
                        "the lock of " + root + " was not released cleanly: " + e.getMessage());
            }
        }
    }

    private void settleAll() {
        Optional<StoreException> first = Optional.empty();
        for (ContentFolder held : shelf.all()) {
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
}
