package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSetTest {
    @Test
    void whatIsWrittenIsRead() {
        ManifestSet set = Samples.set("a/b.txt", "c d.txt", "größe");

        assertThat(ManifestSet.read(set.toBytes())).isEqualTo(set);
    }

    @Test
    void fileOfTheSetHasTheUrlOfItsName() {
        ManifestSet set = Samples.set("a/c d.txt", "größe", "libstdc++.deb");

        assertThat(set.manifestFor(URI.create("https://example.org/files/a/c%20d.txt")))
                .hasValueSatisfying(m -> assertThat(m.name()).hasToString("a/c d.txt"));
        assertThat(set.manifestFor(URI.create("https://example.org/files/gr%c3%b6%C3%9Fe")))
                .isPresent();
        assertThat(set.manifestFor(URI.create("https://example.org/files/libstdc++.deb")))
                .isPresent();
        for (String other : List.of("a%2Fc%20d.txt", "b", "", "a/c+d.txt", "x/../libstdc++.deb", "libstdc++.deb?x")) {
            assertThat(set.manifestFor(URI.create("https://example.org/files/" + other)))
                    .as(other)
                    .isEmpty();
        }
        assertThat(set.manifestFor(URI.create("https://example.com/files/libstdc++.deb")))
                .isEmpty();
        assertThat(set.manifestFor(URI.create("mailto:libstdc++.deb"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|a", "a|A", "README|ReadMe", "straße|STRASSE", "dir/x|DIR/X"})
    void namesThatAreOneFileSomewhereAreRefused(String pair) {
        assertThatThrownBy(() -> Samples.set(pair.split("\\|")))
                .hasMessageContaining("one file on disks that ignore case");
    }

    @Test
    void fileThatIsAlsoAFolderIsRefused() {
        assertThatThrownBy(() -> Samples.set("a/b/c", "A")).hasMessageContaining("both a file and a folder");
    }

    @Test
    void entryThatClimbsOutIsRefused() {
        String json = new String(Samples.set("inside").toBytes(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ManifestSet.read(
                        json.replace("\"inside\"", "\"../outside\"").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("climbs");
    }

    @Test
    void baseEndsInASlash() {
        ManifestSet set = Samples.set("a");

        assertThatThrownBy(() -> new ManifestSet(
                        List.of(Samples.URL), set.entries(), set.visibility(), set.issued(), Optional.empty()))
                .hasMessageContaining("ends in a slash");
    }

    @Test
    void urlsOfFilesHaveTheLimitOfOrigins() {
        ManifestSet set = Samples.set("ü".repeat(120));
        URI deep = URI.create("https://example.org/" + "d".repeat(1500) + "/");

        assertThatThrownBy(() ->
                        new ManifestSet(List.of(deep), set.entries(), set.visibility(), set.issued(), Optional.empty()))
                .hasMessageContaining("more than 2048 bytes");
    }

    @Test
    void entriesAreCounted() {
        List<ManifestSet.Entry> many = Stream.iterate(0, i -> i + 1)
                .limit(ManifestSet.MAX_ENTRIES)
                .map(i -> Samples.entry("packages/pool/file-" + i + ".deb"))
                .toList();
        ManifestSet set = Samples.set("a");
        ManifestSet full = new ManifestSet(set.bases(), many, set.visibility(), set.issued(), Optional.empty());
        byte[] json = full.toBytes();
        assertThat(json).hasSizeLessThan(ManifestSet.MAX_BYTES);
        assertThat(ManifestSet.read(json)).isEqualTo(full);

        String one = new String(set.toBytes(), StandardCharsets.UTF_8);
        String entry = one.substring(one.indexOf('[', one.indexOf("entries")) + 1, one.indexOf("],\"visibility"));
        String tooMany = one.replace(entry, (entry + ",").repeat(ManifestSet.MAX_ENTRIES) + entry);
        assertThatThrownBy(() -> ManifestSet.read(tooMany.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("entries");
    }

    @Test
    void aFolderBecomesSetsThatAreSmallEnoughToBeAskedFor() {
        List<ManifestSet.Entry> entries = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> Samples.entry("ü".repeat(i % 3 == 0 ? 100 : 1) + "/" + "x".repeat(i % 7 * 100 % 250 + 1) + i))
                .toList();
        ManifestSet one = Samples.set("a");
        List<ManifestSet> sets =
                ManifestSet.ofFolder(one.bases(), entries, one.visibility(), one.issued(), Optional.empty());

        assertThat(sets).allSatisfy(set -> assertThat(set.toBytes()).hasSizeLessThanOrEqualTo(ManifestSet.MAX_BYTES));
        assertThat(sets)
                .allSatisfy(set -> assertThat(
                                Envelope.parse(Envelope.sign(set, Samples.ALICE).toBytes())
                                        .unverified())
                        .isEqualTo(set));
        assertThat(sets.stream().flatMap(set -> set.entries().stream())).containsExactlyElementsOf(entries);
        assertThat(sets).hasSizeLessThanOrEqualTo(1000 / 32);
    }

    @Test
    void namesThatClashInAFolderAreRefusedThoughTheyWouldComeInDifferentSets() {
        List<ManifestSet.Entry> entries = Stream.concat(
                        Stream.iterate(0, i -> i + 1)
                                .limit(200)
                                .map(i -> Samples.entry(i == 0 ? "README" : "file-" + i)),
                        Stream.of(Samples.entry("ReadMe")))
                .toList();
        ManifestSet one = Samples.set("a");
        assertThatThrownBy(() ->
                        ManifestSet.ofFolder(one.bases(), entries, one.visibility(), one.issued(), Optional.empty()))
                .hasMessageContaining("one file on disks that ignore case");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"entries\":[]}",
                "{\"entries\":[1]}",
                "{\"entries\":{}}",
                "{\"entries\":[{}",
                "{\"entries\":[["
            })
    void whatIsNotASetIsRefused(String json) {
        assertThatThrownBy(() -> ManifestSet.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UntrustedContentException.class);
    }
}
