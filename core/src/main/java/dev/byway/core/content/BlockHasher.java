package dev.byway.core.content;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Hashes bytes as they arrive into the leaves of a BEP 52 tree: one digest per 16 KiB block.
 *
 * <p>The first byte fed must be the first of a block; chunks may have any size. After {@link #finish()} the hasher can be
 * used for the next run of bytes. Nothing is allocated per block but its digest. One thread at a time.
 */
public final class BlockHasher {
    private final MessageDigest sha = Digest.newSha256();
    private final ByteBuffer digest = ByteBuffer.allocate(Digest.BYTES);
    private final List<Digest> leaves = new ArrayList<>();
    private int inBlock;

    /** Takes {@code length} bytes of {@code bytes} from {@code offset} on. */
    public void update(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int n = Math.min(end - at, PieceLayout.BLOCK - inBlock);
            sha.update(bytes, at, n);
            at += n;
            inBlock += n;
            if (inBlock == PieceLayout.BLOCK) {
                endBlock();
            }
        }
    }

    /** Takes all that remains in {@code buffer}, which is empty afterwards. Heap buffers are not copied. */
    public void update(ByteBuffer buffer) {
        HeapBytes.feed(buffer, this::update);
    }

    /** Number of bytes taken whose digests were not given out yet. */
    public long length() {
        return (long) leaves.size() * PieceLayout.BLOCK + inBlock;
    }

    /** The digests of the blocks that are whole by now, in order, each given once; a block in the making goes on. */
    public List<Digest> takeWhole() {
        List<Digest> whole = List.copyOf(leaves);
        leaves.clear();
        return whole;
    }

    /**
     * The digests of all blocks in order, and a fresh start. The last block may be short, which is right only for the last
     * block of a content.
     */
    public List<Digest> finish() {
        if (inBlock > 0) {
            endBlock();
        }
        List<Digest> all = List.copyOf(leaves);
        leaves.clear();
        return all;
    }

    /** Forgets what was taken. */
    public void reset() {
        sha.reset();
        leaves.clear();
        inBlock = 0;
    }

    private void endBlock() {
        try {
            sha.digest(digest.array(), 0, Digest.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        leaves.add(Digest.read(digest.clear()));
        inBlock = 0;
    }
}
