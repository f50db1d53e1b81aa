package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.store.PieceLedger;
import dev.byway.core.store.PieceMap;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries out on the disk, in order, what {@link PieceLedger} allows: grants to write, flushes of data and then of bits,
 * the taking back of bits.
 *
 * <p>Two locks, taken in this order: <b>mapping</b> by whoever writes the map, over its disk operations; <b>state</b>
 * around the ledger, never over a disk operation. Whoever writes data takes neither. Any thread.
 *
 * <p>After a failed flush of data nothing can be known of the bytes written since the flush before. Then every grant is
 * taken back, the pieces that were not durable are given up, and all writing is refused with the same trouble until
 * {@link #resume()}.
 *
 * <p>The same failure can lie before the start of this process: then the map that was read may be one that the system
 * only has in memory, and an older one stands on the disk. So a map that was found is written once more before anything
 * is built on it: {@link #confirm()}.
 */
final class PieceJournal {
    private final StoreFiles files;
    private final ContentId id;
    private final PieceLayout layout;
    private final Path path;
    private final SlotFile map;
    private final DataFile data;
    private final WriteGrants grants;
    private final PieceLedger ledger;
    private final ReentrantLock mapping = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private Optional<StoreException> trouble = Optional.empty();
    private Standing standing;

    /** What may be built on the map. */
    enum Standing {
        /** It was found, and has to be written once more. */
        FOUND,

        /**
         * Its folder is new: there is nothing to believe, also after a power cut. The first pieces that are durable make the names safe
         * that lead to them, so that until then nobody waits for the disk.
         */
        FRESH,

        /** We wrote it, and all names that lead to it are safe. */
        SAFE
    }

    PieceJournal(StoreFiles files, PieceMapFile.Found found, DataFile data, Standing standing) {
        this.files = files;
        this.id = found.id();
        this.layout = found.layout();
        this.path = found.path();
        this.map = found.file();
        this.data = data;
        this.standing = standing;
        this.grants = new WriteGrants(data);
        this.ledger = new PieceLedger(layout, found.durable(), found.claimed());
    }

    PieceLayout layout() {
        return layout;
    }

    PieceSet held() {
        return ask(PieceLedger::held);
    }

    PieceSet durable() {
        return ask(l -> standing == Standing.FOUND ? PieceSet.none(layout.pieceCount()) : l.durable());
    }

    /** Why writing is refused; empty when it is not. */
    Optional<StoreException> trouble() {
        return ask(_ -> trouble);
    }

    /** Takes writes again; whoever writes starts every piece that is not held from its first byte. */
    void resume() {
        tell(_ -> trouble = Optional.empty());
    }

    /** Makes sure that the map is on the disk as it was read; until then nothing is called durable. */
    void confirm() {
        underMapping(() -> {
            if (ask(_ -> standing) == Standing.FOUND) {
                writeBoth(ask(PieceLedger::durable));
            }
        });
    }

    /** The right to write {@code range}; empty while another one may still write some of it. */
    Optional<WriteGrant> grant(ByteRange range) {
        if (range.isEmpty() || range.end() > id.length()) {
            throw new IllegalArgumentException(range + " is no range of " + id);
        }
        confirm();
        for (int piece = layout.pieceAt(range.offset()); piece <= layout.pieceAt(range.end() - 1); piece++) {
            makeWritable(piece);
        }
        return ask(_ -> {
            throwTrouble();
            return grants.issue(range);
        });
    }

    private void makeWritable(int piece) {
        boolean claimed = ask(l -> {
            if (l.holds(piece)) {
                throw new IllegalStateException("piece " + piece + " of " + id + " is verified and not written again");
            }
            return !l.isWritable(piece);
        });
        if (claimed) {
            underMapping(() -> clearClaim(piece));
        }
    }

    private void clearClaim(int piece) {
        ask(l -> l.claimsToClear(piece)).ifPresent(this::writeBoth);
    }

    private void writeBoth(PieceSet bits) {
        try {
            map.saveBoth(new PieceMap(id, layout, bits).encode());
            makeNamesSafe();
        } catch (IOException e) {
            throw StoreException.of("write", path, e);
        }
        tell(PieceLedger::claimsCleared);
    }

    private void makeNamesSafe() throws IOException {
        Path folder = SmallFiles.folderOf(path);
        files.disk().forceFolder(folder);
        files.disk().forceFolder(SmallFiles.folderOf(folder));
        tell(_ -> standing = Standing.SAFE);
    }

    /** What a commit leaves to be done. */
    private enum Next {
        NOTHING,
        WAKE,
        FLUSH
    }

    /** Takes a verified piece. It is made durable by another thread, unless the disk is so slow that too much waits for it already. */
    void commit(int piece) {
        ByteRange range = layout.piece(piece);
        Next next = ask(l -> {
            throwTrouble();
            if (grants.overlaps(range)) {
                throw new IllegalStateException(
                        "piece " + piece + " of " + id + " may still be written: revoke the grants first");
            }
            Optional<Moment> due = l.dueAt();
            l.commit(piece, files.options().clock().get());
            return l.isFull() ? Next.FLUSH : l.dueAt().equals(due) ? Next.NOTHING : Next.WAKE;
        });
        switch (next) {
            case NOTHING -> {}
            case WAKE -> files.wakeCommitter().run();
            case FLUSH -> flush();
        }
    }

    /** When waiting pieces are to be flushed; empty when none wait. */
    Optional<Moment> dueAt() {
        return ask(PieceLedger::dueAt);
    }

    /** Makes what waits durable. */
    void flush() {
        underMapping(() -> {
            if (ask(PieceLedger::startFlush)) {
                forceData();
                writeMap(ask(PieceLedger::dataFlushed));
            }
        });
    }

    private void forceData() {
        try {
            data.force();
        } catch (IOException e) {
            StoreException lost = StoreException.of("flush", data.path(), e);
            tell(l -> {
                l.dataLost();
                trouble = Optional.of(lost);
            });
            grants.revokeAll();
            throw lost;
        }
    }

    private void writeMap(PieceSet bits) {
        try {
            map.save(new PieceMap(id, layout, bits).encode());
            if (ask(_ -> standing) == Standing.FRESH) {
                makeNamesSafe();
            }
            tell(PieceLedger::mapWritten);
        } catch (IOException e) {
            Moment now = files.options().clock().get();
            tell(l -> l.mapNotWritten(now));
            throw StoreException.of("write", path, e);
        }
    }

    /** Gives a piece up, on the disk too. */
    void drop(int piece) {
        underMapping(() -> {
            if (ask(l -> l.drop(piece))) {
                clearClaim(piece);
            }
        });
    }

    /**
     * Makes sure that all pieces under {@code range} are held.
     *
     * @return what {@link #drops()} was then
     */
    long requireHeld(ByteRange range) {
        if (range.end() > id.length()) {
            throw new IllegalArgumentException(range + " is no range of " + id);
        }
        return ask(l -> {
            int end = range.isEmpty() ? 0 : layout.pieceAt(range.end() - 1) + 1;
            for (int piece = layout.pieceAt(range.offset()); piece < end; piece++) {
                if (!l.holds(piece)) {
                    throw notHeld(piece);
                }
            }
            return l.drops();
        });
    }

    StoreException notHeld(int piece) {
        return new StoreException(
                StoreException.Kind.NOT_HELD, "piece " + piece + " of " + id + " is not held (any more): fetch it");
    }

    /** {@link PieceLedger#drops()} now. */
    long drops() {
        return ask(PieceLedger::drops);
    }

    private <T> T ask(Function<PieceLedger, T> question) {
        state.lock();
        try {
            return question.apply(ledger);
        } finally {
            state.unlock();
        }
    }

    private void tell(Consumer<PieceLedger> event) {
        state.lock();
        try {
            event.accept(ledger);
        } finally {
            state.unlock();
        }
    }

    private void underMapping(Runnable action) {
        mapping.lock();
        try {
            action.run();
        } finally {
            mapping.unlock();
        }
    }

    private void throwTrouble() {
        if (trouble.isPresent()) {
            throw trouble.get().again();
        }
    }
}
