package dev.byway.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.UntrustedContentException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TorrentTest {
    private static Torrent torrent(int length, String... seeds) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(ByteBuffer.wrap(bytes));
        HashedContent hashed = hasher.finish();
        return new Torrent(
                new SafeName("fïle.bin"),
                hashed.layer(),
                List.of(seeds).stream().map(URI::create).toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Torrent read(String text) {
        return Torrent.read(bytes(text));
    }

    @Property(tries = 60)
    void whatIsWrittenIsReadAgain(@ForAll @IntRange(max = 3 << 20) int length) {
        Torrent torrent = torrent(length, "https://example.org/f", "http://b.example/f");
        Torrent read = Torrent.read(torrent.write());
        assertThat(read.id()).isEqualTo(torrent.id());
        assertThat(read.layer().pieces()).isEqualTo(torrent.layer().pieces());
        assertThat(read.layer().layout()).isEqualTo(torrent.layer().layout());
        assertThat(read.name()).isEqualTo(torrent.name());
        assertThat(read.webSeeds()).isEqualTo(torrent.webSeeds());
    }

    @Property(tries = 300)
    void aChangedByteIsAnotherTorrentOrNone(@ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        Torrent torrent = torrent(900_000, "https://example.org/f");
        byte[] bytes = torrent.write();
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) change;
        try {
            Torrent read = Torrent.read(bytes);
            boolean same = read.id().equals(torrent.id());
            assertThat(same && !read.layer().pieces().equals(torrent.layer().pieces()))
                    .isFalse();
        } catch (UntrustedContentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> Torrent.read(bytes)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> read("i1e")).hasMessageContaining("not a dictionary");
        assertThatThrownBy(() -> read("de")).hasMessageContaining("no info dictionary");
        assertThatThrownBy(() -> read("d4:infod4:name1:a6:pieces0:ee")).hasMessageContaining("version 1");
        assertThatThrownBy(() -> read("l".repeat(100_000))).hasMessageContaining("too deep");
        assertThatThrownBy(() -> read("99999999:a")).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> read("d1:ai1e1:ai2ee")).hasMessageContaining("twice");
        assertThatThrownBy(() -> read("i007e")).hasMessageContaining("no number");
        assertThatThrownBy(() -> read(info("d1:ad0:d6:lengthi5eee1:bd0:d6:lengthi5eeee", 16384)))
                .hasMessageContaining("several files");
        assertThatThrownBy(() -> read(info("d1:ad0:d6:lengthi5eeee", 1000)))
                .hasMessageContaining("pieces of 1000 bytes");
        assertThatThrownBy(() -> read(info("d1:ad0:d6:lengthi5eeee", 16384))).hasMessageContaining("root");
        assertThatThrownBy(() -> read(info("d2:..d0:d6:lengthi0eeee", 16384))).hasMessageContaining("..");
        String empty = info("d1:ad0:d6:lengthi0eeee", 16384);
        assertThatThrownBy(() -> read(empty.substring(0, empty.length() - 2) + "7:privatei1eee"))
                .hasMessageContaining("is private");
    }

    private static String info(String tree, int pieceLength) {
        return "d4:infod9:file tree" + tree + "12:meta versioni2e4:name1:a12:piece lengthi" + pieceLength + "eee";
    }

    @Test
    void aSeedThatIsAFolderHoldsTheFile() {
        Torrent torrent =
                Torrent.read(torrent(5, "https://example.org/pub/", "ftp://example.org/f", "https://e.org/f?x=1")
                        .write());
        assertThat(torrent.webSeeds())
                .containsExactly(
                        URI.create("https://example.org/pub/f%C3%AFle.bin"), URI.create("https://e.org/f?x=1"));
    }

    /** BEP 19: of a torrent that is a folder, the folder's name and the path in it follow the seed's URL. */
    @Test
    void aFileInFoldersIsThereAtTheSeedToo() {
        String whole = info("d3:subd1:ad0:d6:lengthi0eeeee", 16384);
        Torrent torrent = read(whole.substring(0, whole.length() - 1).replace("4:name1:a", "4:name3:top")
                + "8:url-list18:https://e.org/pub/e");
        assertThat(torrent.name()).hasToString("a");
        assertThat(torrent.webSeeds()).containsExactly(URI.create("https://e.org/pub/top/sub/a"));
    }

    @Test
    void nothingIsEmpty() {
        Torrent torrent = new Torrent(
                new SafeName("empty"), PieceLayer.prove(ContentId.EMPTY, PieceLayout.of(0), List.of()), List.of());
        assertThat(Torrent.read(torrent.write()).id()).isEqualTo(ContentId.EMPTY);
    }
}
