package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests, ids, layouts and sets of pieces. */
class IdentityTest {
    private static final String HEX = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef";

    @Test
    void digestIsWrittenAndReadAsHexadecimal() {
        assertThat(Digest.parse(HEX))
                .hasToString(HEX)
                .isEqualTo(Digest.of(Digest.parse(HEX).bytes()));
        assertThat(Digest.sha256(new byte[0]))
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void idIsWrittenAndRead() {
        ContentId id = new ContentId(Digest.parse(HEX), 42);

        assertThat(id).hasToString(HEX + ":42");
        assertThat(ContentId.parse(id.toString())).isEqualTo(id);
        assertThat(ContentId.parse("empty")).isEqualTo(ContentId.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                HEX,
                HEX + ":",
                HEX + ":0",
                HEX + ":-1",
                HEX + ":01",
                HEX + ":1125899906842625",
                HEX + ":99999999999999999999",
                HEX + ":1 ",
                "x" + HEX + ":1",
                "Empty"
            })
    void whatIsNotAnIdIsRefused(String text) {
        assertThatThrownBy(() -> ContentId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheEmptyIdHasLengthZero() {
        assertThatThrownBy(() -> new ContentId(Digest.parse(HEX), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 262144, 0",
        "1, 262144, 1",
        "1048577, 262144, 5",
        "66846720, 262144, 255",
        "66846721, 1048576, 64",
        "17178820608, 1048576, 16383",
        "17178820609, 2097152, 8192",
        "1125899906842624, 1073741824, 1048576"
    })
    void piecesDoubleToStayUnderTheLimit(long length, int pieceLength, int count) {
        PieceLayout layout = PieceLayout.of(length);

        assertThat(layout.pieceLength()).isEqualTo(pieceLength);
        assertThat(layout.pieceCount()).isEqualTo(count);
    }

    @Test
    void layoutWithTooManyPiecesIsRefused() {
        assertThatThrownBy(() -> new PieceLayout((1L << 34) + 1, PieceLayout.BLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pieces");
    }

    @Test
    void lastPieceAndLastBlockAreShort() {
        PieceLayout layout = new PieceLayout(3 * (1 << 20) + 16_385, 1 << 20);

        assertThat(layout.piece(3).offset()).isEqualTo(3 << 20);
        assertThat(layout.piece(3).length()).isEqualTo(16_385);
        assertThat(layout.blocksIn(3)).isEqualTo(2);
        assertThat(layout.blocksIn(0)).isEqualTo(64);
        assertThatThrownBy(() -> layout.piece(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void setOfPiecesIsABitfieldWithTheFirstPieceInTheHighestBit() {
        PieceSet set = PieceSet.none(10);
        set.add(0);
        set.add(9);

        assertThat(set.toBytes()).isEqualTo(ByteString.of((byte) 0x80, (byte) 0x40));
        assertThat(PieceSet.of(10, set.toBytes())).isEqualTo(set).hasToString("2/10");
        assertThat(set.nextMissing(0)).isEqualTo(1);
        assertThat(set.remove(9)).isTrue();
        assertThat(set.count()).isEqualTo(1);
        assertThat(PieceSet.all(10).isFull()).isTrue();
    }

    @Test
    void bitfieldWithABitTooManyIsRefused() {
        assertThatThrownBy(() -> PieceSet.of(10, ByteString.of((byte) 0, (byte) 0x20)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PieceSet.of(10, ByteString.of((byte) 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void treeRefusesRowsThatDoNotFit() {
        assertThatThrownBy(() -> MerkleTree.root(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.root(List.of(Digest.ZERO, Digest.ZERO), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.above(List.of(Digest.ZERO))).isInstanceOf(IllegalArgumentException.class);
    }
}
