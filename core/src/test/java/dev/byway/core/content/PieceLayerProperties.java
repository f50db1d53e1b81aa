package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.TreeHasher.WholeFile;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PieceLayerProperties {
    private static final int BLOCK = PieceLayout.BLOCK;

    @Property(tries = 100)
    void blobComesBackAsTheSameLayer(@ForAll @IntRange(min = 0, max = 9 * BLOCK) int length) {
        PieceLayer layer = layer(length);

        PieceLayer read = PieceLayer.read(
                layer.id(), layer.layout(), ByteBuffer.wrap(layer.toBytes().toArray()));

        assertThat(read.pieces()).isEqualTo(layer.pieces());
    }

    @Property(tries = 200)
    void blobWithAnyBitChangedIsRefused(
            @ForAll @IntRange(min = 1, max = 9 * BLOCK) int length,
            @ForAll int where,
            @ForAll @IntRange(max = 7) int bit) {
        PieceLayer layer = layer(length);
        byte[] blob = layer.toBytes().toArray();
        blob[Math.floorMod(where, blob.length)] ^= (byte) (1 << bit);

        assertThatThrownBy(() -> PieceLayer.read(layer.id(), layer.layout(), ByteBuffer.wrap(blob)))
                .isInstanceOf(UntrustedContentException.class);
    }

    @Property(tries = 200)
    void anyOtherBytesAreRefused(@ForAll @Size(max = 400) byte[] blob) {
        PieceLayer layer = layer(5 * BLOCK);

        assertThatThrownBy(() -> PieceLayer.read(layer.id(), layer.layout(), ByteBuffer.wrap(blob)))
                .isInstanceOf(UntrustedContentException.class);
    }

    @Property(tries = 50)
    void blocksOfEachPieceAreProvedAndOthersAreNot(
            @ForAll @IntRange(min = 1, max = 9 * BLOCK) int length, @ForAll int where, @ForAll boolean remembering) {
        byte[] bytes = VectorContent.bytes(length);
        PieceLayer layer = remembering ? layer(length).remembering() : layer(length);
        int wrong = Math.floorMod(where, length);
        for (int twice = 0; twice < 2; twice++) {
            for (int piece = 0; piece < layer.layout().pieceCount(); piece++) {
                assertThat(layer.proves(piece, leaves(bytes, layer.layout(), piece)))
                        .isTrue();
            }
            bytes[wrong]++;
            int piece = layer.layout().pieceAt(wrong);
            List<Digest> leaves = leaves(bytes, layer.layout(), piece);
            assertThat(layer.proves(piece, leaves)).isFalse();
            assertThat(layer.proves(piece, leaves.subList(1, leaves.size()))).isFalse();
            bytes[wrong]--;
        }
    }

    @Property(tries = 50)
    void onlyContentOfOnePieceNeedsNoBlob(@ForAll @IntRange(min = 0, max = 5 * BLOCK) int length) {
        PieceLayer layer = layer(length);

        var implied = PieceLayer.ofOnePiece(layer.id(), layer.layout());

        assertThat(implied.isPresent()).isEqualTo(layer.layout().pieceCount() <= 1);
        implied.ifPresent(same -> assertThat(same.pieces()).isEqualTo(layer.pieces()));
    }

    @Property(tries = 50)
    void layerOfAnotherLengthIsRefused(@ForAll @IntRange(min = 1, max = 5 * BLOCK) int length) {
        PieceLayer layer = layer(length);
        ContentId longer = new ContentId(layer.id().root(), length + 1L);

        assertThatThrownBy(() -> PieceLayer.prove(longer, layer.layout(), layer.pieces()))
                .isInstanceOf(UntrustedContentException.class);
    }

    private static PieceLayer layer(int length) {
        TreeHasher hasher = TreeHasher.ofPieceLength(2 * BLOCK, WholeFile.SKIPPED);
        hasher.update(VectorContent.bytes(length), 0, length);
        return hasher.finish().layer();
    }

    private static List<Digest> leaves(byte[] bytes, PieceLayout layout, int piece) {
        BlockHasher hasher = new BlockHasher();
        var range = layout.piece(piece);
        hasher.update(bytes, (int) range.offset(), (int) range.length());
        return hasher.finish();
    }
}
