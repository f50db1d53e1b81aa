package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String JSON =
            "{\"version\":1," + "\"content\":\"86c8c6fa3a5ab15c2b3e2b2e5b5ee5e4b0f4ac6a8d0b0b4d4b8c3a0bd3ca2a7b:6\"}";

    @Test
    void canonicalJsonHasItsKeysInOneOrderAndNoWhiteSpace() {
        assertThat(text(Samples.manifest()))
                .isEqualTo("{\"version\":1,\"content\":\"" + Samples.FILE.id() + "\",\"sha256\":\""
                        + Samples.FILE.sha256().orElseThrow() + "\",\"pieceLength\":1048576,\"name\":\"image.iso\","
                        + "\"origins\":[\"https://example.org/files/image.iso\"],"
                        + "\"validators\":{\"etag\":\"\\\"v1\\\"\",\"lastModified\":\"2026-11-19T08:00:00Z\",\"length\":6},"
                        + "\"visibility\":\"public\",\"issued\":\"2026-11-20T12:00:00Z\","
                        + "\"expires\":\"2026-12-20T12:00:00Z\"}");
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Manifest.read(Samples.manifest().toBytes())).isEqualTo(Samples.manifest());
    }

    @Test
    void unknownFieldsAreIgnored() {
        String more = text(Samples.manifest()).replace("{\"version\":1,", "{\"new\":{\"a\":[1,2]},\"version\":1,");

        assertThat(read(more)).isEqualTo(Samples.manifest());
    }

    @Test
    void unknownVersionIsRefusedWithWhatToDo() {
        String other = text(Samples.manifest()).replace("\"version\":1", "\"version\":2");

        assertThatThrownBy(() -> read(other))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("is 2")
                .hasMessageContaining("update Byway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "content", "sha256", "pieceLength", "name", "origins", "visibility", "issued"})
    void missingFieldIsNamed(String field) {
        String without = text(Samples.manifest()).replace("\"" + field + "\":", "\"x-" + field + "\":");

        assertThatThrownBy(() -> read(without))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("'" + field + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":1|\"version\":\"1\"",
                "\"version\":1|\"version\":1.0",
                "\"version\":1|\"version\":99999999999999999999",
                "\"version\":1|\"version\":1,\"version\":1",
                "\"pieceLength\":1048576|\"pieceLength\":1048577",
                "\"pieceLength\":1048576|\"pieceLength\":4294967296",
                "\"pieceLength\":1048576|\"pieceLength\":-16384",
                "\"name\":\"image.iso\"|\"name\":\"../image.iso\"",
                "\"name\":\"image.iso\"|\"name\":[\"image.iso\"]",
                "\"visibility\":\"public\"|\"visibility\":\"Public\"",
                "\"visibility\":\"public\"|\"visibility\":{}",
                "\"visibility\":\"public\"|\"visibility\":{\"groups\":[]}",
                "\"visibility\":\"public\"|\"visibility\":null",
                "\"origins\":[\"https://example.org/files/image.iso\"]|\"origins\":[]",
                "https://example.org/files/image.iso|https://user@example.org/files/image.iso",
                "https://example.org/files/image.iso|https://example.org/files/image.iso?token=1",
                "https://example.org/files/image.iso|https://example.org/files/image.iso#top",
                "https://example.org/files/image.iso|https://example.org",
                "https://example.org/files/image.iso|ftp://example.org/files/image.iso",
                "https://example.org/files/image.iso|file:///etc/passwd",
                "https://example.org/files/image.iso|https:///x",
                "https://example.org/files/image.iso|/files/image.iso",
                "https://example.org/files/image.iso|https://exa mple.org/",
                "\"length\":6|\"length\":7",
                "\"issued\":\"2026-11-20T12:00:00Z\"|\"issued\":\"yesterday\"",
                "\"issued\":\"2026-11-20T12:00:00Z\"|\"issued\":\"1970-01-01T00:00:00Z\"",
                "\"issued\":\"2026-11-20T12:00:00Z\"|\"issued\":1700000000",
                "\"expires\":\"2026-12-20T12:00:00Z\"|\"expires\":\"2026-11-20T12:00:00Z\"",
                "\"expires\":\"2026-12-20T12:00:00Z\"|\"expires\":\"+100000-01-01T00:00:00Z\""
            })
    void wrongValueIsRefused(String right, String wrong) {
        String json = text(Samples.manifest());
        assertThat(json).contains(right);

        assertThatThrownBy(() -> read(json.replace(right, wrong))).isInstanceOf(UntrustedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "\"x\"", "{} {}", "{\"version\":1}x", "{'version':1}", JSON})
    void whatIsNotAManifestIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void somethingBehindTheManifestIsRefused() {
        assertThatThrownBy(() -> read(text(Samples.manifest()) + "{}")).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void otherEncodingsThanUtf8AreRefused() {
        byte[] utf16 = text(Samples.manifest()).getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> Manifest.read(utf16)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void longerThanTheLimitIsRefusedUnread() {
        String padded =
                text(Samples.manifest()).replace("{\"version\"", "{\"x\":\"" + "y".repeat(70_000) + "\",\"version\"");

        assertThatThrownBy(() -> read(padded))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("at most 65536");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = text(Samples.manifest())
                .replace("{\"version\"", "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",\"version\"");

        assertThatThrownBy(() -> read(deep)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void largestManifestFitsItsLimit() {
        String wide = "\u0800".repeat(42);
        Manifest largest = with(
                IntStream.range(0, Manifest.MAX_ORIGINS)
                        .mapToObj(i -> URI.create("https://example.org/" + "a".repeat(1000) + i))
                        .toList(),
                new Visibility.Groups(IntStream.range(0, Visibility.MAX_GROUPS)
                        .mapToObj(i -> wide + (char) ('A' + i))
                        .toList()));

        assertThat(largest.toBytes()).hasSizeLessThanOrEqualTo(Manifest.MAX_BYTES);
        assertThat(Manifest.read(largest.toBytes())).isEqualTo(largest);
    }

    @Test
    void originsAreCountedAndMeasured() {
        URI url = Samples.URL;
        URI tooLong = URI.create("https://example.org/" + "a".repeat(Manifest.MAX_ORIGIN_BYTES));
        assertThatThrownBy(() -> with(Collections.nCopies(33, url), new Visibility.Public()))
                .hasMessageContaining("1 to 32 origins");
        assertThatThrownBy(() -> with(List.of(tooLong), new Visibility.Public()))
                .hasMessageContaining("more than 2048 bytes");
    }

    @Test
    void groupsAreCountedSortedAndCheckedAgainstWhatWasGranted() {
        Visibility.Groups groups = new Visibility.Groups(List.of("staff", "lab", "staff"));

        assertThat(groups.names()).containsExactly("lab", "staff");
        assertThat(groups.permits(List.of("lab"))).isTrue();
        assertThat(groups.permits(List.of("guests"))).isFalse();
        assertThat(groups.permits(List.of())).isFalse();
        assertThat(new Visibility.Public().permits(List.of())).isTrue();
        assertThat(Manifest.read(with(List.of(Samples.URL), groups).toBytes()).visibility())
                .isEqualTo(groups);
        for (String bad : new String[] {"", " ", "a\nb", "\ud800", "x".repeat(129)}) {
            assertThatThrownBy(() -> new Visibility.Groups(List.of(bad))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void emptyContentHasItsOwnDigest() {
        assertThatThrownBy(() -> new ManifestSet.Entry(
                        new SafeName("empty"), ContentId.EMPTY, Digest.sha256(new byte[1]), PieceLayout.DEFAULT_PIECE))
                .hasMessageContaining("empty content");
    }

    @Test
    void urlIsNamedWhateverItsSpelling() {
        Manifest manifest = Samples.manifest(URI.create("https://example.org/a%2fb/~c"), Samples.ISSUED);

        assertThat(manifest.names(URI.create("HTTPS://EXAMPLE.org:443/a%2Fb/%7Ec#part")))
                .isTrue();
        assertThat(manifest.names(URI.create("https://example.org/a/b/~c"))).isFalse();
        assertThat(manifest.names(URI.create("http://example.org/a%2fb/~c"))).isFalse();
        assertThat(manifest.names(URI.create("https://example.org/a%2fb/~c?x"))).isFalse();
        assertThat(manifest.names(URI.create("https://example.org:8443/a%2fb/~c")))
                .isFalse();
    }

    private static Manifest with(List<URI> origins, Visibility visibility) {
        Manifest m = Samples.manifest();
        return new Manifest(
                m.id(),
                m.sha256(),
                m.pieceLength(),
                m.name(),
                origins,
                m.validators(),
                visibility,
                m.issued(),
                Optional.empty());
    }

    private static String text(Manifest manifest) {
        return new String(manifest.toBytes(), StandardCharsets.UTF_8);
    }

    private static Manifest read(String json) {
        return Manifest.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
