package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.TreeHasher.WholeFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeHasherTest {
    private static final int BLOCK = PieceLayout.BLOCK;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK, 4 * BLOCK + 1, 9 * BLOCK + 77})
    void chunksOfAnySizeAndKindGiveTheSameResult(int length) {
        byte[] bytes = VectorContent.bytes(length);
        HashedContent whole = hash(TreeHasher.ofPieceLength(2 * BLOCK, WholeFile.HASHED), bytes);
        TreeHasher hasher = TreeHasher.ofPieceLength(2 * BLOCK, WholeFile.HASHED);
        SplittableRandom random = new SplittableRandom(length);
        for (int at = 0; at < length; ) {
            int n = Math.min(length - at, random.nextInt(1, 3 * BLOCK));
            switch (random.nextInt(4)) {
                case 0 -> hasher.update(bytes, at, n);
                case 1 -> hasher.update(ByteBuffer.wrap(bytes, at, n));
                case 2 -> hasher.update(ByteBuffer.wrap(bytes, at, n).asReadOnlyBuffer());
                default ->
                    hasher.update(ByteBuffer.allocateDirect(n).put(bytes, at, n).flip());
            }
            at += n;
        }

        HashedContent chunked = hasher.finish();

        assertThat(chunked.id()).isEqualTo(whole.id());
        assertThat(chunked.layer().pieces()).isEqualTo(whole.layer().pieces());
        assertThat(chunked.sha256()).contains(Digest.sha256(bytes));
    }

    @Test
    void bufferIsEmptyAfterwards() {
        ByteBuffer buffer = ByteBuffer.allocate(100).position(10).limit(90);
        TreeHasher hasher = TreeHasher.ofAnyLength(WholeFile.SKIPPED);

        hasher.update(buffer);

        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(hasher.length()).isEqualTo(80);
    }

    /** 16 KiB pieces, doubled when there are four: the rule of publishing, small enough to try at every length. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 24, 31, 32, 33})
    void joiningPiecesWhenThereAreTooManyGivesTheLayerOfLongerPieces(int blocks) {
        for (int extra : new int[] {0, 1, BLOCK - 1}) {
            byte[] bytes = VectorContent.bytes((blocks - 1) * BLOCK + Math.max(1, extra));
            HashedContent grown = hash(new TreeHasher(BLOCK, _ -> 4, WholeFile.SKIPPED), bytes);

            int pieceLength = grown.layer().layout().pieceLength();
            assertThat(grown.layer().pieces()).hasSizeLessThan(4);
            HashedContent direct = hash(TreeHasher.ofPieceLength(pieceLength, WholeFile.SKIPPED), bytes);
            assertThat(grown.layer().pieces()).isEqualTo(direct.layer().pieces());
            assertThat(grown.id()).isEqualTo(direct.id());
            assertThat(grown.id())
                    .isEqualTo(hash(TreeHasher.ofAnyLength(WholeFile.SKIPPED), bytes)
                            .id());
            assertThat(pieceLength == BLOCK || (bytes.length + pieceLength / 2 - 1) / (pieceLength / 2) >= 4)
                    .as("pieces are no longer than needed")
                    .isTrue();
        }
    }

    @Test
    void aLongContentHasLongerPiecesThanAShortOne() {
        byte[] bytes = new byte[PieceLayout.SHORT_CONTENT + 1];
        for (int shorter : new int[] {-1, 0, 1, PieceLayout.SHORT_PIECE, PieceLayout.SHORT_PIECE + 1}) {
            TreeHasher hasher = TreeHasher.ofAnyLength(WholeFile.SKIPPED);
            int length = PieceLayout.SHORT_CONTENT - shorter;
            hasher.update(bytes, 0, length);
            PieceLayout layout = hasher.finish().layer().layout();
            assertThat(layout).isEqualTo(PieceLayout.of(length));
            assertThat(layout.pieceLength())
                    .isEqualTo(
                            shorter >= PieceLayout.SHORT_PIECE ? PieceLayout.SHORT_PIECE : PieceLayout.DEFAULT_PIECE);
        }
    }

    @Test
    void wholeFileIsHashedOnlyWhenAsked() {
        assertThat(hash(TreeHasher.ofAnyLength(WholeFile.SKIPPED), new byte[5]).sha256())
                .isEmpty();
    }

    @Test
    void aSecondResultIsAnError() {
        TreeHasher hasher = TreeHasher.ofAnyLength(WholeFile.SKIPPED);
        hasher.finish();

        assertThatThrownBy(hasher::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pieceLengthIsAPowerOfTwoInRange() {
        for (int wrong : new int[] {0, -1, BLOCK / 2, BLOCK + 1, 3 * BLOCK, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> TreeHasher.ofPieceLength(wrong, WholeFile.SKIPPED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("power of two");
        }
    }

    @Test
    void blockHasherGivesOneLeafABlockAndStartsAfresh() {
        byte[] bytes = VectorContent.bytes(2 * BLOCK + 3);
        List<Digest> expected = List.of(
                Digest.sha256(Arrays.copyOf(bytes, BLOCK)),
                Digest.sha256(Arrays.copyOfRange(bytes, BLOCK, 2 * BLOCK)),
                Digest.sha256(Arrays.copyOfRange(bytes, 2 * BLOCK, 2 * BLOCK + 3)));
        BlockHasher hasher = new BlockHasher();
        hasher.update(new byte[77], 0, 77);
        hasher.reset();
        for (int run = 0; run < 2; run++) {
            for (byte b : bytes) {
                hasher.update(new byte[] {b}, 0, 1);
            }
            assertThat(hasher.length()).isEqualTo(bytes.length);
            assertThat(hasher.finish()).isEqualTo(expected);
            assertThat(hasher.length()).isZero();
        }
    }

    @Test
    void slicesOutsideTheArrayAreRefused() {
        assertThatThrownBy(() -> new BlockHasher().update(new byte[4], 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> TreeHasher.ofAnyLength(WholeFile.HASHED).update(new byte[4], -1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static HashedContent hash(TreeHasher hasher, byte[] bytes) {
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish();
    }
}
