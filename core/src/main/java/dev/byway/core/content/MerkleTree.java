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
    private MerkleTree() {}

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
        Parents parents = new Parents();
        List<Digest> row = nodes;
        Digest pad = parents.padding(level);
        for (int at = level; at < rootLevel; at++) {
            row = parents.above(row, pad);
            pad = parents.of(pad, pad);
        }
        return row.getFirst();
    }

    /** The row above {@code row}, which has an even number of nodes. */
    static List<Digest> above(List<Digest> row) {
        if (row.size() % 2 != 0) {
            throw new IllegalArgumentException("an odd row of " + row.size() + " nodes needs padding");
        }
        return new Parents().above(row, Digest.ZERO);
    }

    static int ceilLog2(int n) {
        return 32 - Integer.numberOfLeadingZeros(n - 1);
    }

    /** Computes parents with one buffer for all of them. */
    private static final class Parents {
        private final MessageDigest sha = Digest.newSha256();
        private final ByteBuffer both = ByteBuffer.allocate(2 * Digest.BYTES);

        Digest of(Digest left, Digest right) {
            both.clear();
            left.write(both);
            right.write(both);
            sha.update(both.array());
            try {
                sha.digest(both.array(), 0, Digest.BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException("32 bytes hold a SHA-256", e);
            }
            return Digest.read(both.flip());
        }

        List<Digest> above(List<Digest> row, Digest pad) {
            List<Digest> above = new ArrayList<>((row.size() + 1) / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(of(row.get(i), i + 1 < row.size() ? row.get(i + 1) : pad));
            }
            return above;
        }

        Digest padding(int level) {
            Digest pad = Digest.ZERO;
            for (int i = 0; i < level; i++) {
                pad = of(pad, pad);
            }
            return pad;
        }
    }
}
