package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.TreeHasher.WholeFile;
import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Byway's tree against the torrents that libtorrent wrote for the same bytes. */
class LibtorrentVectorsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 64, 16_383, 16_384, 16_385, 1 << 20, (1 << 20) + 1, 3 * (1 << 20) + 5})
    void rootAndPieceLayerAreThoseOfLibtorrent(int length) {
        String name = "bytes-" + length;
        Map<?, ?> torrent = Bencode.read(VectorContent.torrent(name));
        HashedContent ours = hash(VectorContent.bytes(length));

        assertThat(Bencode.at(torrent, "info", "piece length"))
                .contains((long) ours.layer().layout().pieceLength());
        assertThat(Bencode.at(torrent, "info", "file tree", name, "", "length")).contains((long) length);
        assertThat(Bencode.at(torrent, "info", "file tree", name, "", "pieces root"))
                .contains(ByteString.of(ours.id().root().bytes()));
        Map<?, ?> layers = (Map<?, ?>) Bencode.at(torrent, "piece layers").orElseThrow();
        if (ours.layer().pieces().size() > 1) {
            assertThat(layers.get(ByteString.of(ours.id().root().bytes())))
                    .isEqualTo(ours.layer().toBytes());
        } else {
            assertThat(layers)
                    .as("content of one piece has no layer in a torrent")
                    .isEmpty();
        }
    }

    @Test
    void emptyFileHasNoRootInATorrentAndTheFixedIdHere() {
        Map<?, ?> torrent = Bencode.read(VectorContent.torrent("with-empty"));

        assertThat(Bencode.at(torrent, "info", "file tree", "empty", "", "length"))
                .contains(0L);
        assertThat(Bencode.at(torrent, "info", "file tree", "empty", "", "pieces root"))
                .isEmpty();
        assertThat(hash(VectorContent.bytes(0)).id()).isEqualTo(ContentId.EMPTY).hasToString("empty");
    }

    @Test
    void sixtyFourByteFileWithTheRootOfA32KiBFileIsAnotherContent() {
        byte[] large = VectorContent.bytes(2 * PieceLayout.BLOCK);
        BlockHasher blocks = new BlockHasher();
        blocks.update(large, 0, large.length);
        byte[] small = new byte[2 * Digest.BYTES];
        ByteBuffer leaves = ByteBuffer.wrap(small);
        blocks.finish().forEach(leaf -> leaf.write(leaves));

        ContentId largeId = hash(large).id();
        ContentId smallId = hash(small).id();

        assertThat(smallId.root()).as("the attack on the root alone works").isEqualTo(largeId.root());
        assertThat(smallId).as("the id binds the length too").isNotEqualTo(largeId);
        PieceLayer layer = hash(large).layer();
        blocks.update(small, 0, small.length);
        assertThat(layer.proves(0, blocks.finish()))
                .as("64 bytes do not pass as the 32 KiB")
                .isFalse();
        blocks.update(large, 0, large.length);
        assertThat(hash(small).layer().proves(0, blocks.finish()))
                .as("nor the other way round")
                .isFalse();
    }

    private static HashedContent hash(byte[] bytes) {
        TreeHasher hasher = TreeHasher.ofPieceLength(PieceLayout.DEFAULT_PIECE, WholeFile.SKIPPED);
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish();
    }
}
