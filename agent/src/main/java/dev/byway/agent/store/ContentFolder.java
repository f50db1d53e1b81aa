package dev.byway.agent.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.store.CacheEntry;
import dev.byway.core.store.ContentMeta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The folder of one content, shared by all who use it: the data and its {@link PieceJournal}, the manifest, the piece
 * layer, and what is remembered beside.
 */
final class ContentFolder {
    private static final String DATA = "data";
    private static final String PIECES = "pieces";
    private static final String META = "meta";
    private static final String MANIFEST = "manifest.json";
    private static final String LAYER = "layer";
    private static final Duration LAST_USED_PRECISION = Duration.ofHours(1);
    private static final int MAX_LAYER = (1 << 20) * Digest.BYTES;

    private final StoreFiles files;
    private final ContentId id;
    private final Path folder;
    private final DataFile data;
    private final ReentrantLock remembering = new ReentrantLock();
    private PieceJournal journal;
    private ContentMeta meta;
    private Optional<ContentMeta> savedMeta;

    /** Number of open {@link StoredContent}s; guarded by the shelf. */
    private int users;

    private ContentFolder(
            StoreFiles files,
            ContentId id,
            Path folder,
            PieceMapFile.Found map,
            PieceJournal.Standing standing,
            ContentMeta meta) {
        this.files = files;
        this.id = id;
        this.folder = folder;
        this.data = new DataFile(files.open(), folder.resolve(DATA));
        this.journal = new PieceJournal(files, map, data, standing);
        this.meta = meta;
        this.savedMeta = Optional.of(meta).filter(_ -> standing != PieceJournal.Standing.FRESH);
    }

    /** Makes the folder of a content that is not held; whatever lies there already claims nothing any more. In a new one nothing waits for the disk. */
    static ContentFolder create(StoreFiles files, ContentId id, PieceLayout layout, Path folder) {
        try {
            ContentMeta meta = ContentMeta.startedAt(files.options().calendar().instant());
            if (files.disk().createFolder(folder)) {
                PieceMapFile.Found map = PieceMapFile.fresh(files.disk(), folder.resolve(PIECES), id, layout);
                files.disk().open(folder.resolve(DATA), Disk.Access.WRITE).close();
                return new ContentFolder(files, id, folder, map, PieceJournal.Standing.FRESH, meta);
            }
            PieceMapFile.Found map = PieceMapFile.empty(files.disk(), folder.resolve(PIECES), id, layout);
            files.small().replace(folder.resolve(META), meta.encode());
            makeData(files, folder);
            files.disk().forceFolder(SmallFiles.folderOf(folder));
            return new ContentFolder(files, id, folder, map, PieceJournal.Standing.SAFE, meta);
        } catch (IOException e) {
            throw StoreException.of("make", folder, e);
        }
    }

    /** Reads the folder of a content. */
    static ContentFolder load(StoreFiles files, ContentId id, Path folder) throws IOException {
        Instant now = files.options().calendar().instant();
        ContentMeta meta = files.small()
                .read(folder.resolve(META), ContentMeta.MAX_BYTES)
                .flatMap(ContentMeta::decode)
                .orElse(ContentMeta.startedAt(now))
                .notAfter(now);
        OptionalLong dataSize = files.disk().size(folder.resolve(DATA));
        if (dataSize.isEmpty()) {
            makeData(files, folder);
        }
        PieceMapFile.Found map = PieceMapFile.read(files.disk(), folder.resolve(PIECES), id, dataSize.orElse(0));
        return new ContentFolder(files, id, folder, map, PieceJournal.Standing.FOUND, meta);
    }

    /** Its name has to be safe before the first piece in it can be. */
    private static void makeData(StoreFiles files, Path folder) throws IOException {
        files.disk().open(folder.resolve(DATA), Disk.Access.WRITE).close();
        files.disk().forceFolder(folder);
    }

    /** Counts one user more or less; answers how many there are. */
    int countUser(int change) {
        users += change;
        return users;
    }

    ContentId id() {
        return id;
    }

    Path folder() {
        return folder;
    }

    DataFile data() {
        return data;
    }

    PieceJournal journal() {
        return journal;
    }

    /** Cuts the content in another way; what was held has to be proved again. Only while nobody uses it. */
    void cutInto(PieceLayout layout) {
        try {
            PieceMapFile.Found map = PieceMapFile.empty(files.disk(), folder.resolve(PIECES), id, layout);
            journal = new PieceJournal(files, map, data, PieceJournal.Standing.FOUND);
        } catch (IOException e) {
            throw StoreException.of("write", folder, e);
        }
    }

    CacheEntry entry() {
        PieceLayout layout = journal.layout();
        PieceSet held = journal.held();
        int last = layout.pieceCount() - 1;
        long bytes = (long) held.count() * layout.pieceLength()
                - (held.has(last) ? layout.pieceLength() - layout.piece(last).length() : 0);
        return new CacheEntry(id, layout, held.count(), bytes, meta(), users > 0);
    }

    Optional<byte[]> manifest() {
        return read(MANIFEST, StoredContent.MAX_MANIFEST);
    }

    void saveManifest(byte[] envelope) {
        if (envelope.length > StoredContent.MAX_MANIFEST) {
            throw new IllegalArgumentException(
                    "a manifest has at most " + StoredContent.MAX_MANIFEST + " bytes, not " + envelope.length);
        }
        replace(MANIFEST, envelope);
    }

    /** The piece layer, proved anew; empty when none is there or it does not prove itself. */
    Optional<PieceLayer> layer() {
        PieceLayout layout = journal.layout();
        Optional<byte[]> bytes =
                layout.pieceCount() == 1 ? Optional.of(id.root().bytes()) : read(LAYER, MAX_LAYER);
        if (bytes.isEmpty() || bytes.get().length % Digest.BYTES != 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes.get());
        List<Digest> digests = new ArrayList<>();
        while (in.hasRemaining()) {
            digests.add(Digest.read(in));
        }
        try {
            return Optional.of(PieceLayer.prove(id, layout, digests));
        } catch (UntrustedContentException _) {
            return Optional.empty();
        }
    }

    /** That of a single piece is the identity itself. */
    void saveLayer(PieceLayer layer) {
        if (!layer.id().equals(id) || !layer.layout().equals(journal.layout())) {
            throw new IllegalArgumentException("the piece layer of " + layer.id() + " in " + layer.layout()
                    + " does not belong to " + id + " in " + journal.layout());
        }
        if (layer.layout().pieceCount() == 1) {
            return;
        }
        ByteBuffer out = ByteBuffer.allocate(layer.pieces().size() * Digest.BYTES);
        layer.pieces().forEach(digest -> digest.write(out));
        replace(LAYER, out.array());
    }

    ContentMeta meta() {
        remembering.lock();
        try {
            return meta;
        } finally {
            remembering.unlock();
        }
    }

    /** Changes what is remembered, until {@link #saveMeta()} only in memory. */
    void change(UnaryOperator<ContentMeta> how) {
        remembering.lock();
        try {
            meta = how.apply(meta);
        } finally {
            remembering.unlock();
        }
    }

    /** Notes that it is used now. */
    void touch() {
        Instant now = files.options().calendar().instant();
        change(m -> m.withLastUsed(now));
    }

    void saveMeta() {
        remembering.lock();
        try {
            if (!savedMeta.equals(Optional.of(meta))) {
                replace(META, meta.encode());
                savedMeta = Optional.of(meta);
            }
        } finally {
            remembering.unlock();
        }
    }

    /** The last user leaves: everything verified becomes durable, and what is remembered is written if it is news. */
    void settle() {
        journal.flush();
        if (journal.held().isFull()) {
            Instant now = files.options().calendar().instant();
            change(m -> m.completed().isPresent() ? m : m.withCompleted(Optional.of(now)));
        }
        if (isMetaNews()) {
            saveMeta();
        }
    }

    /** That a content was used again is written at most once in a while, not at each use. */
    private boolean isMetaNews() {
        remembering.lock();
        try {
            return savedMeta
                    .filter(saved -> !meta.lastUsed().isAfter(saved.lastUsed().plus(LAST_USED_PRECISION)))
                    .filter(saved -> meta.equals(saved.withLastUsed(meta.lastUsed())))
                    .isEmpty();
        } finally {
            remembering.unlock();
        }
    }

    private Optional<byte[]> read(String name, int max) {
        try {
            return files.small().read(folder.resolve(name), max);
        } catch (IOException e) {
            throw StoreException.of("read", folder.resolve(name), e);
        }
    }

    private void replace(String name, byte[] bytes) {
        try {
            files.small().replace(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw StoreException.of("write", folder.resolve(name), e);
        }
    }
}
