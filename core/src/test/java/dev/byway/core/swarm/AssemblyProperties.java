package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.unit.ByteRange;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is asked for, comes, proves wrong or is lost: the set of pieces with free blocks is what their blocks say. */
class AssemblyProperties {
    private static final int LENGTH = (4 << 20) + 5;
    private static final PieceLayer LAYER = layer();
    private static final SourceState ORIGIN = new SourceState(
            new SourceId(1),
            SourceInfo.origin("origin"),
            new Conduct(),
            LAYER.layout().pieceCount());

    private static PieceLayer layer() {
        TreeHasher hasher = TreeHasher.ofPieceLength(1 << 20, TreeHasher.WholeFile.SKIPPED);
        hasher.update(new byte[LENGTH], 0, LENGTH);
        return hasher.finish().layer();
    }

    @Property(tries = 200)
    void piecesWithFreeBlocksAreKnown(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PieceLayout layout = LAYER.layout();
        Assembly assembly = new Assembly(LAYER, PieceSet.none(layout.pieceCount()));
        for (int step = 0; step < 60; step++) {
            int piece = random.nextInt(layout.pieceCount());
            ByteRange whole = layout.piece(piece);
            switch (random.nextInt(3)) {
                case 0 -> assembly.lose(piece);
                case 1 -> {
                    if (assembly.free(piece) == layout.blocksIn(piece)) {
                        assembly.cover(whole);
                        check(assembly);
                        assembly.uncover(whole);
                    }
                }
                default -> fill(assembly, piece, random.nextBoolean());
            }
            check(assembly);
        }
    }

    private static void fill(Assembly assembly, int piece, boolean whole) {
        ByteRange range = LAYER.layout().piece(piece);
        long end = whole ? range.end() : range.offset() + PieceLayout.BLOCK;
        for (long at = range.offset(); at < Math.min(end, range.end()); at += PieceLayout.BLOCK) {
            if (assembly.arrive(ORIGIN, at, List.of(Digest.sha256(new byte[0])))) {
                check(assembly);
                assembly.judge(piece);
            }
        }
    }

    private static void check(Assembly assembly) {
        PieceSet all = PieceSet.all(LAYER.layout().pieceCount());
        int next = assembly.nextFree(all, 0);
        for (int piece = 0; piece < LAYER.layout().pieceCount(); piece++) {
            assertThat(assembly.hasFree(piece)).isEqualTo(assembly.free(piece) > 0);
            if (assembly.hasFree(piece)) {
                assertThat(next).isEqualTo(piece);
                next = assembly.nextFree(all, piece + 1);
            }
        }
        assertThat(next).isEqualTo(-1);
    }
}
