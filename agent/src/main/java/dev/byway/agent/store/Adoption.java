package dev.byway.agent.store;

import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceSet;
import dev.byway.core.store.CacheEntry;
import dev.byway.core.unit.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes pieces over from other contents: where a file is replaced by a new version, most of its pieces are those of the old one. They
 * are known by their digests, copied, and proved again where they now lie. One thread.
 */
final class Adoption {
    /** Contents that are looked through, the last used first: their layers are read from the disk. */
    private static final int MOST_CONTENTS = 64;

    private static final int CHUNK = 1 << 20;

    private final StoredContent into;
    private final PieceLayer layer;
    private final PieceHasher hasher;
    private final Map<Digest, List<Integer>> missing = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private final PieceSet adopted;

    Adoption(StoredContent into, PieceLayer layer, PieceHasher hasher) {
        this.into = into;
        this.layer = layer;
        this.hasher = hasher;
        this.adopted = PieceSet.none(layer.layout().pieceCount());
        PieceSet held = into.held();
        for (int piece = held.nextMissing(0); piece < held.size(); piece = held.nextMissing(piece + 1)) {
            missing.computeIfAbsent(layer.pieces().get(piece), _ -> new ArrayList<>())
                    .add(piece);
        }
    }

    /** Looks through contents and returns what was found. What has one piece is another content altogether when that changes. */
    PieceSet from(ContentStore store) {
        if (layer.layout().pieceCount() < 2 || missing.isEmpty()) {
            return adopted;
        }
        List<CacheEntry> others = store.list().stream()
                .filter(entry -> !entry.id().equals(into.id()) && entry.heldPieces() > 0)
                .filter(entry -> entry.layout().pieceCount() > 1)
                .filter(entry -> entry.layout().pieceLength() == layer.layout().pieceLength())
                .sorted(Comparator.comparing((CacheEntry entry) -> entry.meta().lastUsed())
                        .reversed())
                .limit(MOST_CONTENTS)
                .toList();
        for (CacheEntry entry : others) {
            Optional<StoredContent> other = missing.isEmpty() ? Optional.empty() : store.find(entry.id());
            if (other.isPresent()) {
                try (StoredContent content = other.get()) {
                    content.layer().ifPresent(theirs -> from(content, theirs));
                }
            }
        }
        return adopted;
    }

    private void from(StoredContent other, PieceLayer theirs) {
        PieceSet held = other.held();
        for (int piece = held.next(0); piece >= 0; piece = held.next(piece + 1)) {
            Digest digest = theirs.pieces().get(piece);
            List<Integer> wanted = missing.getOrDefault(digest, new ArrayList<>());
            ByteRange there = theirs.layout().piece(piece);
            wanted.removeIf(here -> copy(other, there, here));
            if (wanted.isEmpty()) {
                missing.remove(digest);
            }
        }
    }

    private boolean copy(StoredContent other, ByteRange from, int piece) {
        ByteRange to = layer.layout().piece(piece);
        Optional<WriteGrant> grant = from.length() == to.length() ? into.grant(to) : Optional.empty();
        if (grant.isEmpty()) {
            return false;
        }
        try (WriteGrant exclusive = grant.get()) {
            for (long at = 0; at < to.length(); at += CHUNK) {
                buffer.clear().limit((int) Math.min(CHUNK, to.length() - at));
                other.read(from.offset() + at, buffer);
                exclusive.write(to.offset() + at, buffer.flip());
            }
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_HELD) {
                return false;
            }
            throw e;
        }
        if (!hasher.matches(piece, layer)) {
            return false;
        }
        into.commit(piece);
        adopted.add(piece);
        return true;
    }
}
