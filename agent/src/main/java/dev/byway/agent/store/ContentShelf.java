package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.store.CacheEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which contents there are and how many use each: the owner of the folders' comings and goings. A folder that somebody
 * uses does not go.
 *
 * <p>A removed folder is first renamed, which is one step, and then deleted; what a crash leaves of it is deleted at the
 * next start and never mistaken for a content.
 */
final class ContentShelf {
    private static final System.Logger LOG = System.getLogger(ContentShelf.class.getName());
    private static final String GONE = ".gone";

    private final StoreFiles files;
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ContentId, ContentFolder> contents = new HashMap<>();

    /** Contents whose folders are being made, by one thread each that does not hold the lock; the others wait for its end. */
    private final Set<ContentId> making = new HashSet<>();

    private final Condition made = lock.newCondition();

    private ContentShelf(StoreFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** Reads all folders; what cannot be read is left out and said so. */
    static ContentShelf open(StoreFiles files, Path folder) throws IOException {
        files.disk().createFolder(folder);
        ContentShelf shelf = new ContentShelf(files, folder);
        for (Disk.Entry entry : files.disk().list(folder)) {
            Path path = folder.resolve(entry.name());
            if (entry.isFolder() && entry.name().endsWith(GONE)) {
                shelf.delete(path);
            } else if (entry.isFolder()) {
                FolderName.parse(entry.name()).ifPresent(id -> shelf.load(id, path));
            }
        }
        return shelf;
    }

    private void load(ContentId id, Path path) {
        try {
            contents.put(id, ContentFolder.load(files, id, path));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the cached content in " + path + " cannot be read and is left out: " + e.getMessage());
        }
    }

    /** Counts a user of a content that is there. */
    Optional<ContentFolder> use(ContentId id) {
        lock.lock();
        try {
            Optional<ContentFolder> held = Optional.ofNullable(contents.get(id));
            held.ifPresent(this::countUser);
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a user of a content that is there, or is made now. Several are made at once: each waits for the disk some times. */
    ContentFolder useOrCreate(ContentId id, PieceLayout layout) {
        lock.lock();
        try {
            while (making.contains(id)) {
                made.awaitUninterruptibly();
            }
            ContentFolder held = contents.get(id);
            if (held != null) {
                if (!held.journal().layout().equals(layout)) {
                    cutAnew(held, layout);
                }
                confirm(held);
                countUser(held);
                return held;
            }
            making.add(id);
        } finally {
            lock.unlock();
        }
        return create(id, layout);
    }

    private ContentFolder create(ContentId id, PieceLayout layout) {
        Optional<ContentFolder> created = Optional.empty();
        try {
            created = Optional.of(ContentFolder.create(files, id, layout, folder.resolve(FolderName.of(id))));
            return created.get();
        } finally {
            lock.lock();
            try {
                making.remove(id);
                created.ifPresent(held -> {
                    contents.put(id, held);
                    countUser(held);
                });
                made.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static void cutAnew(ContentFolder held, PieceLayout layout) {
        PieceLayout present = held.journal().layout();
        if (held.countUser(0) > 0) {
            throw new StoreException(
                    StoreException.Kind.IN_USE,
                    held.id() + " is in use in pieces of " + present.pieceLength() + " bytes, not of "
                            + layout.pieceLength() + ": try again when that is done");
        }
        held.cutInto(layout);
    }

    /** A complete content can be delivered from a disk that takes no writes any more. */
    private static void confirm(ContentFolder held) {
        try {
            held.journal().confirm();
        } catch (StoreException e) {
            if (!held.journal().held().isFull()) {
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the piece map of " + held.id() + " could not be confirmed: " + e.getMessage());
        }
    }

    private void countUser(ContentFolder held) {
        held.countUser(1);
        held.touch();
    }

    /** Counts a user less. The last one settles the content, and stays counted until that is done. */
    void leave(ContentFolder held) {
        if (leaveOthers(held)) {
            return;
        }
        try {
            held.settle();
        } finally {
            lock.lock();
            try {
                held.countUser(-1);
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean leaveOthers(ContentFolder held) {
        lock.lock();
        try {
            boolean others = held.countUser(0) > 1;
            if (others) {
                held.countUser(-1);
            }
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a content was asked for; whether it is there. */
    boolean touch(ContentId id) {
        lock.lock();
        try {
            Optional<ContentFolder> held = Optional.ofNullable(contents.get(id));
            held.ifPresent(ContentFolder::touch);
            return held.isPresent();
        } finally {
            lock.unlock();
        }
    }

    List<ContentFolder> all() {
        lock.lock();
        try {
            return List.copyOf(contents.values());
        } finally {
            lock.unlock();
        }
    }

    /** All contents, in the order of their ids. */
    List<CacheEntry> entries() {
        lock.lock();
        try {
            return contents.values().stream()
                    .map(ContentFolder::entry)
                    .sorted(Comparator.comparing(e -> e.id().toString()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Those that are remembered to have come from there. */
    List<ContentId> cameFrom(String origin) {
        return all().stream()
                .filter(held -> held.meta().origin().filter(origin::equals).isPresent())
                .map(ContentFolder::id)
                .toList();
    }

    /** One that is here as a whole, and was found to have this digest. */
    Optional<ContentId> whole(Digest sha256) {
        return all().stream()
                .filter(held -> held.meta().sha256().filter(sha256::equals).isPresent())
                .filter(held -> held.journal().held().isFull())
                .map(ContentFolder::id)
                .findFirst();
    }

    /** How many have a content open. */
    int users(ContentId id) {
        lock.lock();
        try {
            ContentFolder held = contents.get(id);
            return held == null ? 0 : held.countUser(0);
        } finally {
            lock.unlock();
        }
    }

    ContentStore.Removal remove(ContentId id) {
        Path gone = folder.resolve(FolderName.of(id) + GONE);
        lock.lock();
        try {
            ContentFolder held = contents.get(id);
            if (held == null) {
                return ContentStore.Removal.NOT_HELD;
            }
            if (held.countUser(0) > 0) {
                return ContentStore.Removal.IN_USE;
            }
            held.data().close();
            delete(gone);
            files.disk().rename(held.folder(), gone);
            contents.remove(id);
            files.disk().forceFolder(folder);
            delete(gone);
        } catch (IOException e) {
            throw StoreException.of("remove", gone, e);
        } finally {
            lock.unlock();
        }
        return ContentStore.Removal.REMOVED;
    }

    private void delete(Path gone) {
        try {
            files.small().deleteFolder(gone);
        } catch (NoSuchFileException _) {
            // nothing is left of it
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot free the space of " + gone + ": " + e.getMessage());
        }
    }
}
