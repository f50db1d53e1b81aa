package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestPlaceTest {
    private static final URI URL = URI.create("https://example.org/isos/my%20file.iso");
    private static final Digest A = Digest.sha256(new byte[] {1});
    private static final Digest B = Digest.sha256(new byte[] {2});
    private static final String BASE64 = Base64.getEncoder().encodeToString(A.bytes());

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyPlaceIsOfOneKind() {
        assertThat(Stream.of(DigestPlace.fields(), DigestPlace.beside(), DigestPlace.inFolder())
                        .flatMap(List::stream))
                .containsExactlyInAnyOrder(DigestPlace.values());
    }

    @Test
    void filesLieBesideOrInTheFolder() {
        assertThat(DigestPlace.META4_FILE.of(URL)).contains(URI.create(URL + ".meta4"));
        assertThat(DigestPlace.CHECKSUM_FILE.of(URL)).contains(URI.create("https://example.org/isos/CHECKSUM"));
        assertThat(SidecarUrls.folder(URL)).contains(URI.create("https://example.org/isos/"));
    }

    @ParameterizedTest
    @EnumSource(DigestPlace.class)
    void noFileSpeaksAboutAUrlWithAQuery(DigestPlace place) {
        Optional<URI> where = place.of(URI.create("https://example.org/get?file=a.iso"));

        assertThat(where.isPresent()).isEqualTo(DigestPlace.fields().contains(place));
    }

    @Test
    void readsTheFieldsThatServersSend() {
        assertThat(DigestPlace.REPR_DIGEST.inField(List.of("sha-256=:" + BASE64 + ":")))
                .contains(A);
        assertThat(DigestPlace.DIGEST.inField(List.of("MD5=AAAA", "SHA-256=" + BASE64)))
                .contains(A);
        assertThat(DigestPlace.AMZ_CHECKSUM.inField(List.of(BASE64))).contains(A);
        assertThat(DigestPlace.CHECKSUM.inField(List.of(A.toString()))).contains(A);
        assertThat(DigestPlace.CHECKSUM.inField(List.of())).isEmpty();
        assertThat(DigestPlace.AMZ_CHECKSUM.inField(List.of(BASE64 + "-3")))
                .as("of a file that was uploaded in three parts: not of the whole")
                .isEmpty();
        assertThatThrownBy(() -> DigestPlace.CHECKSUM.inField(List.of(A.toString(), B.toString())))
                .isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void readsAListByTheNameOfTheFile() {
        byte[] list = utf8(B + "  other.iso\n" + A + " *my file.iso\n");

        assertThat(DigestPlace.SHA256SUMS.inFile(list, "my file.iso")).contains(A);
        assertThat(DigestPlace.CHECKSUM_FILE.inFile(
                        utf8("# my file.iso: 5 bytes\nSHA256 (my file.iso) = " + A + "\n"), "my file.iso"))
                .contains(A);
        assertThat(DigestPlace.SHA256_FILE.inFile(utf8(A + "\n"), "my file.iso"))
                .contains(A);
    }

    @Test
    void readsAMetalink() {
        String metalink =
                "<?xml version=\"1.0\"?><metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"my file.iso\">"
                        + "<hash type=\"sha-256\">" + A
                        + "</hash><url>https://example.org/isos/x.iso</url></file></metalink>";

        assertThat(DigestPlace.META4_FILE.inFile(utf8(metalink), "my file.iso")).contains(A);
        assertThat(DigestPlace.META4_FILE.isPlausible(utf8(metalink))).isTrue();
        assertThat(DigestPlace.META4_FILE.inFile(utf8(metalink), "other.iso")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><body>Not found",
                "\ufeff\n <html>not here",
                "Not found. Did you mean something else?",
                ""
            })
    void whatIsSentInsteadOfNotFoundIsNoList(String page) {
        String named = page + "\n" + A + "  my file.iso\n</body></html>";

        Stream.concat(DigestPlace.beside().stream(), DigestPlace.inFolder().stream())
                .forEach(place -> assertThat(place.isPlausible(utf8(page))).isFalse());
        if (page.contains("<")) {
            assertThat(DigestPlace.SHA256SUMS.inFile(utf8(named), "my file.iso"))
                    .as("a page that echoes what it was asked for")
                    .isEmpty();
        }
    }

    @Test
    void whatIsTooLongIsNotRead() {
        byte[] long_ = utf8(A + "  f\n" + "#".repeat(DigestPlace.MAX_BYTES));

        assertThat(DigestPlace.SHA256SUMS.inFile(long_, "f")).isEmpty();
    }
}
