package dev.byway.core.content;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The SHA-256 tree of BEP 52: leaves are the digests of 16 KiB blocks (the last one shorter, not padded), a parent is the
 * digest of its two children, and a level is filled up with the roots of trees of zero leaves.
 */
public final class MerkleTree {
    /** The roots of trees of zero leaves, by their height; a tree over every byte that a file may have is no higher. */
    private static final List<Digest> PADDING = padding(Long.SIZE);

    private MerkleTree() {}

    private static List<Digest> padding(int levels) {
        List<Digest> padding = new ArrayList<>(List.of(Digest.ZERO));
        while (padding.size() < levels) {
            ByteBuffer both = ByteBuffer.allocate(2 * Digest.BYTES);
            padding.getLast().write(both);
            padding.getLast().write(both);
            padding.add(Digest.sha256(both.array()));
        }
        return List.copyOf(padding);
    }

    /**
     * The root over {@code nodes}, which stand {@code level} levels above the leaves, in the smallest complete tree that
     * holds them.
     *
     * @param nodes at least one
     * @param level 0 for leaves
     */
    public static Digest root(List<Digest> nodes, int level) {
        return root(nodes, level, level + ceilLog2(nodes.size()));
    }

    /**
     * The root over {@code nodes}, which stand {@code level} levels above the leaves, in a tree whose root stands {@code
     * rootLevel} levels above the leaves.
     */
    static Digest root(List<Digest> nodes, int level, int rootLevel) {
        if (nodes.isEmpty() || nodes.size() > 1 << (rootLevel - level)) {
            throw new IllegalArgumentException(nodes.size() + " nodes do not fit " + (rootLevel - level) + " levels");
        }
        Row row = new Row(nodes);
        for (int at = level; at < rootLevel; at++) {
            row.rise(at);
        }
        return row.digests().getFirst();
    }

    /** The row above {@code row}, which has an even number of nodes. */
    static List<Digest> above(List<Digest> row) {
        if (row.size() % 2 != 0) {
            throw new IllegalArgumentException("an odd row of " + row.size() + " nodes needs padding");
        }
        Row above = new Row(row);
        above.rise(0);
        return above.digests();
    }

    static int ceilLog2(int n) {
        return 32 - Integer.numberOfLeadingZeros(n - 1);
    }

    /** Digests one behind the other, so that parents take the place of their children and are no objects. */
    private static final class Row {
        private static final int BYTES = Digest.BYTES;

        private final MessageDigest sha = Digest.newSha256();
        private final byte[] bytes;
        private int count;

        Row(List<Digest> digests) {
            this.count = digests.size();
            this.bytes = new byte[Math.multiplyExact(count + 1, BYTES)];
            ByteBuffer all = ByteBuffer.wrap(bytes);
            digests.forEach(digest -> digest.write(all));
        }

        /** Becomes the row of the parents; {@code level} is the children's. */
        void rise(int level) {
            if (count % 2 != 0) {
                PADDING.get(level).write(ByteBuffer.wrap(bytes, count * BYTES, BYTES));
                count++;
            }
            try {
                for (int child = 0; child < count; child += 2) {
                    sha.update(bytes, child * BYTES, 2 * BYTES);
                    sha.digest(bytes, child / 2 * BYTES, BYTES);
                }
            } catch (DigestException e) {
                throw new IllegalStateException("32 bytes hold a SHA-256", e);
            }
            count /= 2;
        }

        List<Digest> digests() {
            ByteBuffer all = ByteBuffer.wrap(bytes, 0, count * BYTES);
            List<Digest> digests = new ArrayList<>(count);
            while (all.hasRemaining()) {
                digests.add(Digest.read(all));
            }
            return digests;
        }
    }
}
