package dev.byway.core.content;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to prove what arrived: the blocks of a piece of 1 MiB, its tree, and the layer of a content of 200 GiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class HashTreeBenchmark {
    private static final int CHUNK = 64 * 1024;
    private static final long LARGE = 200L << 30;

    private final byte[] piece = new byte[PieceLayout.DEFAULT_PIECE];
    private final BlockHasher hasher = new BlockHasher();
    private final MessageDigest sha = Digest.newSha256();
    private final PieceLayout layout = PieceLayout.of(LARGE);
    private final List<Digest> digests = new ArrayList<>();
    private List<Digest> leaves = List.of();
    private PieceLayer small = PieceLayer.prove(ContentId.EMPTY, PieceLayout.of(0), List.of());
    private ContentId large = ContentId.EMPTY;

    @Setup
    public void prepare() {
        new Random(1).nextBytes(piece);
        hasher.update(piece, 0, piece.length);
        leaves = hasher.finish();
        Digest root = MerkleTree.root(leaves, 0);
        long length = 2L * piece.length;
        small = PieceLayer.prove(
                new ContentId(MerkleTree.root(List.of(root, root), 6), length),
                PieceLayout.of(length),
                List.of(root, root));
        digests.addAll(Collections.nCopies(layout.pieceCount(), root));
        int level = MerkleTree.ceilLog2(layout.blocksPerPiece());
        large = new ContentId(MerkleTree.root(digests, level), LARGE);
    }

    /** The measure of the next one: SHA-256 of the same bytes as a whole. */
    @Benchmark
    public byte[] plainSha256OfOnePiece() {
        return sha.digest(piece);
    }

    @Benchmark
    public List<Digest> blocksOfOnePiece() {
        for (int at = 0; at < piece.length; at += CHUNK) {
            hasher.update(piece, at, CHUNK);
        }
        return hasher.finish();
    }

    @Benchmark
    public boolean onePieceFromItsBlocks() {
        return small.proves(0, leaves);
    }

    @Benchmark
    public PieceLayer layerOf200GiB() {
        return PieceLayer.prove(large, layout, digests);
    }
}
