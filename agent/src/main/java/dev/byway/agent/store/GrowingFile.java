package dev.byway.agent.store;

import dev.byway.core.store.GroupCommit;
import dev.byway.core.store.SpoolState;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file of one spool, as its writer and its readers share it. A start from the beginning opens a new <i>edition</i>:
 * readers that took bytes of an older one are told so.
 */
final class GrowingFile {
    private static final String DATA = "data";
    private static final String STATE = "state";

    /** Two validators of the longest kind, escaped, and the numbers beside. */
    private static final int MAX_STATE = 8 * SpoolState.MAX_VALIDATOR + 4096;

    private final StoreFiles files;
    private final Path folder;
    private final DataFile data;
    private final SlotFile slot;
    private final GroupCommit group = new GroupCommit();

    /** Over the disk operations that concern the record; taken before {@link #lock}. */
    private final ReentrantLock recording = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private SpoolState state;
    private boolean recorded;
    private long length;
    private long edition;
    private boolean complete;
    private Optional<StoreException> failure = Optional.empty();

    private GrowingFile(StoreFiles files, Path folder, SlotFile slot, SpoolState state, boolean recorded) {
        this.files = files;
        this.folder = folder;
        this.data = new DataFile(files.open(), folder.resolve(DATA));
        this.slot = slot;
        this.state = state;
        this.recorded = recorded;
        this.length = state.durable();
    }

    /**
     * Opens the spool in {@code folder}, as far as it can be continued. What is believed is written down first, for the
     * reason given at {@link PieceJournal}. In a new folder there is nothing to believe, also after a power cut: it gets its
     * record with the first flush, so that a small file waits for no disk.
     */
    static GrowingFile open(StoreFiles files, Path folder) {
        try {
            Path record = folder.resolve(STATE);
            if (files.disk().createFolder(folder)) {
                SlotFile none = SlotFile.missing(files.disk(), record, MAX_STATE);
                SpoolState unknown =
                        SpoolState.unknown(files.options().calendar().instant());
                return new GrowingFile(files, folder, none, unknown, false);
            }
            files.disk().forceFolder(SmallFiles.folderOf(folder));
            SlotFile.Loaded loaded = SlotFile.load(files.disk(), record)
                    .orElse(new SlotFile.Loaded(
                            SlotFile.missing(files.disk(), record, MAX_STATE), java.util.List.of()));
            long size = files.disk().size(folder.resolve(DATA)).orElse(0);
            SpoolState state = loaded.copies().stream()
                    .findFirst()
                    .flatMap(copy -> SpoolState.decode(copy.toArray()))
                    .filter(found -> found.isResumable() && found.durable() <= size)
                    .orElse(SpoolState.unknown(files.options().calendar().instant()));
            loaded.file().saveBoth(state.encode());
            files.disk().forceFolder(folder);
            return new GrowingFile(files, folder, loaded.file(), state, true);
        } catch (IOException e) {
            throw StoreException.of("open", folder, e);
        }
    }

    /** When the spool in {@code folder} was last written to; empty when it does not say. */
    static Optional<Instant> lastWritten(StoreFiles files, Path folder) throws IOException {
        return SlotFile.load(files.disk(), folder.resolve(STATE))
                .flatMap(loaded -> SpoolState.decode(loaded.copies().getFirst().toArray()))
                .map(SpoolState::written);
    }

    /** Bytes that the spool in {@code folder} takes. */
    static long size(StoreFiles files, Path folder) throws IOException {
        return files.disk().size(folder.resolve(DATA)).orElse(0);
    }

    Path folder() {
        return folder;
    }

    SpoolState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    long length() {
        lock.lock();
        try {
            return length;
        } finally {
            lock.unlock();
        }
    }

    long edition() {
        lock.lock();
        try {
            return edition;
        } finally {
            lock.unlock();
        }
    }

    /** Whether something could be continued from here after the present writer has gone. */
    boolean isWorthKeeping() {
        lock.lock();
        try {
            return !complete && state.isResumable() && state.durable() > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Starts from the beginning. The disk forgets the old state before the first byte of the new file is written. */
    void startOver(SpoolState fresh) {
        underRecording(() -> {
            try {
                if (recorded) {
                    slot.saveBoth(fresh.encode());
                }
            } catch (IOException e) {
                throw StoreException.of("write", folder, e);
            }
            underLock(() -> {
                edition++;
                state = fresh;
                length = 0;
                group.clear();
                grown.signalAll();
            });
        });
    }

    /** What an append leaves to be done. */
    private enum Next {
        NOTHING,
        WAKE,
        FLUSH
    }

    /** Appends; one thread at a time. It is made durable by another thread, unless the disk is so slow that too much waits already. */
    void append(ByteBuffer bytes) {
        int count = bytes.remaining();
        try {
            data.write(length(), bytes);
        } catch (IOException e) {
            throw StoreException.of("write", data.path(), e);
        }
        switch (grow(count)) {
            case NOTHING -> {}
            case WAKE -> files.wakeCommitter().run();
            case FLUSH -> flush();
        }
    }

    private Next grow(int count) {
        lock.lock();
        try {
            length += count;
            grown.signalAll();
            if (!state.isResumable()) {
                return Next.NOTHING;
            }
            Optional<Moment> due = group.dueAt();
            group.add(count, files.options().clock().get());
            return group.isFull() ? Next.FLUSH : group.dueAt().equals(due) ? Next.NOTHING : Next.WAKE;
        } finally {
            lock.unlock();
        }
    }

    /** When what waits is to be flushed; empty when nothing waits. */
    Optional<Moment> dueAt() {
        lock.lock();
        try {
            return group.dueAt();
        } finally {
            lock.unlock();
        }
    }

    /** Makes durable what waits. Any thread; what is appended meanwhile waits for the next flush. */
    void flush() {
        underRecording(() -> {
            Optional<SpoolState> further = startFlush();
            if (further.isPresent()) {
                try {
                    data.force();
                    record(further.get());
                } catch (IOException e) {
                    StoreException lost = StoreException.of("flush", folder, e);
                    fail(lost);
                    throw lost;
                }
                underLock(() -> state = further.get());
            }
        });
    }

    /** Nobody writes any more, and what waits is not needed; a flush in progress is waited for. */
    void retire() {
        underRecording(() -> underLock(group::clear));
    }

    private Optional<SpoolState> startFlush() {
        lock.lock();
        try {
            boolean waits = group.dueAt().isPresent() && failure.isEmpty();
            group.clear();
            return waits
                    ? Optional.of(
                            state.durableTo(length, files.options().calendar().instant()))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void record(SpoolState further) throws IOException {
        slot.save(further.encode());
        if (!recorded) {
            files.disk().forceFolder(SmallFiles.folderOf(folder));
            recorded = true;
        }
    }

    private void underRecording(Runnable action) {
        recording.lock();
        try {
            action.run();
        } finally {
            recording.unlock();
        }
    }

    private void underLock(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** All is here: who wants it reads it now, and nobody goes on from it. */
    void complete() {
        underLock(() -> {
            complete = true;
            group.clear();
            grown.signalAll();
        });
    }

    boolean isComplete() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }

    void fail(StoreException why) {
        underLock(() -> {
            if (!complete && failure.isEmpty()) {
                failure = Optional.of(why);
            }
            grown.signalAll();
        });
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there are bytes after {@code position}.
     *
     * @return how many; 0 at the end of the complete file
     * @throws StoreException when the file failed, or the edition is not {@code ofEdition} any more
     */
    long await(long position, long ofEdition) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                requireEdition(ofEdition);
                if (length > position || complete) {
                    return length - position;
                }
                grown.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Throws unless what was read under {@code ofEdition} is still part of it. */
    void requireEdition(long ofEdition) {
        lock.lock();
        try {
            if (failure.isPresent()) {
                throw failure.get().again();
            }
            if (edition != ofEdition) {
                throw new StoreException(
                        StoreException.Kind.ABANDONED,
                        "the file changed at its origin while it was read from " + folder + ": read it again");
            }
        } finally {
            lock.unlock();
        }
    }

    DataFile data() {
        return data;
    }
}
