package dev.byway.core.content;

import java.nio.ByteBuffer;
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
        MessageDigest sha = Digest.newSha256();
        List<Digest> row = nodes;
        Digest pad = padding(sha, level);
        for (int at = level; at < rootLevel; at++) {
            List<Digest> above = new ArrayList<>((row.size() + 1) / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(parent(sha, row.get(i), i + 1 < row.size() ? row.get(i + 1) : pad));
            }
            pad = parent(sha, pad, pad);
            row = above;
        }
        return row.get(0);
    }

    private static Digest padding(MessageDigest sha, int level) {
        Digest pad = Digest.ZERO;
        for (int i = 0; i < level; i++) {
            pad = parent(sha, pad, pad);
        }
        return pad;
    }

    private static Digest parent(MessageDigest sha, Digest left, Digest right) {
        ByteBuffer both = ByteBuffer.allocate(2 * Digest.BYTES);
        left.write(both);
        right.write(both);
        return Digest.of(sha.digest(both.array()));
    }

    static int ceilLog2(int n) {
        return 32 - Integer.numberOfLeadingZeros(n - 1);
    }
}
