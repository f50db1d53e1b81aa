package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.store.ContentMeta;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One content of the store, in the hands of one of its users: a download, a link that serves it, a delivery. While one of
 * these is open the content is not evicted and cannot be removed. Any thread.
 *
 * <p>Bytes come in through a {@link WriteGrant}, unverified. The caller verifies a whole piece and {@link #commit}s it:
 * from then on it is <b>held</b>, which means it may be read, served and delivered. Within a second (or 64 MiB) it is
 * <b>durable</b>: it survives a power cut. Only held bytes can be read.
 */
public final class StoredContent implements AutoCloseable {
    /** Longest manifest envelope that is kept. */
    public static final int MAX_MANIFEST = Envelope.MAX_BYTES;

    private final ContentShelf shelf;
    private final ContentFolder folder;
    private final AtomicBoolean closed = new AtomicBoolean();

    StoredContent(ContentShelf shelf, ContentFolder folder) {
        this.shelf = shelf;
        this.folder = folder;
    }

    public ContentId id() {
        return folder.id();
    }

    public PieceLayout layout() {
        return journal().layout();
    }

    /** A copy of the verified pieces: those that may be served and delivered. */
    public PieceSet held() {
        return journal().held();
    }

    /** A copy of the pieces that survive a power cut; all of them are held. */
    public PieceSet durable() {
        return journal().durable();
    }

    /**
     * The right to write some bytes that are not verified yet.
     *
     * @return empty while another grant may still write some of them: revoke or shrink that one first
     * @throws IllegalStateException when some of them belong to a held piece
     * @throws StoreException when the disk fails, or a flush failed before; see {@link #resume()}
     */
    public Optional<WriteGrant> grant(ByteRange range) {
        return journal().grant(range);
    }

    /**
     * Takes a piece whose bytes the caller wrote under grants and verified. It is held at once and durable soon.
     *
     * @throws IllegalStateException while a grant may still write some of it
     * @throws StoreException when a flush that was due failed. If its data could not be flushed, {@link #held()} has
     *     fallen back to {@link #durable()} and nothing is written before {@link #resume()}; else the piece is held and
     *     the flush will be tried again
     */
    public void commit(int piece) {
        journal().commit(piece);
    }

    /**
     * Makes all held pieces durable now.
     *
     * @throws StoreException as {@link #commit}
     */
    public void flush() {
        journal().flush();
    }

    /** Why nothing is written: a failed flush. Empty when all is well. */
    public Optional<StoreException> trouble() {
        return journal().trouble();
    }

    /**
     * Takes writes again after a failed flush. Every byte that is not held has to be written anew, also those written
     * before the failure: the system may have thrown them away.
     */
    public void resume() {
        journal().resume();
    }

    /**
     * Fills {@code into} with held bytes.
     *
     * @throws StoreException of kind NOT_HELD when some of them are not held, also when a piece was given up meanwhile
     */
    public void read(long offset, ByteBuffer into) {
        ByteRange range = new ByteRange(offset, into.remaining());
        long drops = journal().requireHeld(range);
        try {
            folder.data().read(offset, into);
        } catch (IOException e) {
            throw StoreException.of("read", folder.data().path(), e);
        }
        requireUndisturbed(range, drops);
    }

    private void requireUndisturbed(ByteRange range, long drops) {
        if (journal().drops() != drops) {
            journal().requireHeld(range);
            throw journal().notHeld(layout().pieceAt(range.offset()));
        }
    }

    /** The signed manifest, as it was received; empty when there is none. */
    public Optional<byte[]> manifest() {
        return open().manifest();
    }

    /** Keeps the signed manifest, in place of another one. */
    public void saveManifest(byte[] envelope) {
        open().saveManifest(envelope);
    }

    /** The piece layer, proved; empty when there is none. Read from the disk at each call: keep it while it is needed. */
    public Optional<PieceLayer> layer() {
        return open().layer();
    }

    /** Keeps the piece layer. */
    public void saveLayer(PieceLayer layer) {
        open().saveLayer(layer);
    }

    /** What is remembered of the content. */
    public ContentMeta meta() {
        return open().meta();
    }

    /** Remembers where it came from, without query and userinfo. Written with the next {@link #close()}. */
    public void rememberOrigin(URI url) {
        open().change(meta -> meta.withOrigin(url));
    }

    /** Remembers when its publisher says that it is of no use any more. Written with the next {@link #close()}. */
    public void rememberExpiry(Optional<Instant> when) {
        open().change(meta -> meta.withExpires(when));
    }

    /** Remembers that neighbours may have it although nobody signed it. Written with the next {@link #close()}. */
    public void rememberOpen() {
        open().change(ContentMeta::opened);
    }

    /** Remembers that the whole was found to have this digest, so that neighbours that seek it may have it. */
    public void rememberWhole(Digest sha256) {
        open().change(meta -> meta.provedBy(sha256));
        open().saveMeta();
    }

    void rememberPin(boolean pinned) {
        open().change(meta -> meta.withPinned(pinned));
        open().saveMeta();
    }

    /**
     * Looks in the data file for pieces that are good but not held: written, but not made durable before a crash, or
     * under a map that was lost. They are held afterwards.
     *
     * <p>Pieces under a live grant are passed over. Needs the piece layer; without one nothing is found. Reads, hashes
     * and writes back every such piece, because what a system read from its memory after a failed flush need not be on
     * the disk. Takes long; not for a loop that has other things to do.
     *
     * @return the pieces found good
     * @throws StoreException when the disk fails
     */
    public PieceSet recover() {
        PieceSet found = PieceSet.none(layout().pieceCount());
        Optional<PieceLayer> layer = layer();
        if (layer.isPresent()) {
            PieceHasher hasher = new PieceHasher(folder.data(), layout());
            PieceSet held = held();
            for (int piece = held.nextMissing(0); piece < held.size(); piece = held.nextMissing(piece + 1)) {
                if (recover(piece, hasher, layer.get())) {
                    found.add(piece);
                }
            }
        }
        return found;
    }

    /**
     * Takes over pieces that other contents of the store hold, known by their digests: those of an earlier version of the same
     * file. Each is copied and proved where it then lies. Reads, writes and hashes them: takes long.
     *
     * @param layer of this content
     * @return the pieces that were taken over
     * @throws StoreException when the disk fails
     */
    public PieceSet adopt(PieceLayer layer, ContentStore store) {
        return new Adoption(this, layer, new PieceHasher(folder.data(), layout())).from(store);
    }

    private boolean recover(int piece, PieceHasher hasher, PieceLayer layer) {
        if (!hasher.mayBeWritten(piece)) {
            return false;
        }
        Optional<WriteGrant> grant = grant(layout().piece(piece));
        if (grant.isEmpty()) {
            return false;
        }
        try (WriteGrant exclusive = grant.get()) {
            if (!hasher.matches(piece, layer)) {
                return false;
            }
            hasher.rewrite(piece, exclusive);
        } catch (IOException e) {
            throw StoreException.of("read", folder.data().path(), e);
        }
        commit(piece);
        return true;
    }

    /**
     * Reads all held pieces back and gives up those that are not true any more.
     *
     * @return the pieces given up
     * @throws StoreException of kind NO_LAYER when there is nothing to judge by; any other when the disk fails
     */
    public PieceSet verify() {
        PieceLayer layer = requireLayer();
        PieceHasher hasher = new PieceHasher(folder.data(), layout());
        PieceSet bad = PieceSet.none(layout().pieceCount());
        for (PrimitiveIterator.OfInt i = held().pieces(); i.hasNext(); ) {
            int piece = i.nextInt();
            if (!hasher.matches(piece, layer)) {
                journal().drop(piece);
                bad.add(piece);
            }
        }
        return bad;
    }

    /**
     * Reads one piece back because somebody complained, and gives it up when it is not true any more.
     *
     * @return whether it is held and true
     * @throws StoreException as {@link #verify()}
     */
    public boolean recheck(int piece) {
        if (!held().has(piece)) {
            return false;
        }
        boolean good = new PieceHasher(folder.data(), layout()).matches(piece, requireLayer());
        if (!good) {
            journal().drop(piece);
        }
        return good;
    }

    private PieceLayer requireLayer() {
        return layer().orElseThrow(() -> new StoreException(
                StoreException.Kind.NO_LAYER,
                "there is no piece layer to judge " + id() + " by: fetch it with its manifest, or remove the content"));
    }

    /** Lets go of the content. The last one to do so makes it durable and may throw as {@link #flush()} does. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shelf.leave(folder);
        }
    }

    private PieceJournal journal() {
        return open().journal();
    }

    private ContentFolder open() {
        if (closed.get()) {
            throw new IllegalStateException("this use of " + folder.id() + " is closed");
        }
        return folder;
    }
}
