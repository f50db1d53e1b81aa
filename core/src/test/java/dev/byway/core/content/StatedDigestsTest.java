package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatedDigestsTest {
    private static final Digest A = Digest.sha256(new byte[] {1});
    private static final Digest B = Digest.sha256(new byte[] {2});

    @Test
    void readsReprDigest() {
        assertThat(StatedDigests.inReprDigest(header(A))).contains(A);
        assertThat(StatedDigests.inReprDigest("sha-512=:AAAA:, " + header(A) + ";q=1, unixsum=30637"))
                .contains(A);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha-256=", "sha-256=::", "sha-256=:AAAA:", "sha-512=:AAAA:", "SHA-256=abc", "id-sha-256=:A:"
            })
    void headerWithoutASha256StatesNone(String header) {
        assertThat(StatedDigests.inReprDigest(header)).isEmpty();
    }

    @Test
    void readsADigestAloneOrWithItsName() {
        assertThat(StatedDigests.inSha256File(A + "\n", "f.iso")).contains(A);
        assertThat(StatedDigests.inSha256File(A.toString().toUpperCase(Locale.ROOT), "f.iso"))
                .contains(A);
        assertThat(StatedDigests.inSha256File(A + "  f.iso\n", "f.iso")).contains(A);
        assertThat(StatedDigests.inSha256File(A + " *build/out/f.iso\r\n", "f.iso"))
                .contains(A);
        assertThat(StatedDigests.inSha256File(A + "  other.iso\n", "f.iso")).isEmpty();
        assertThat(StatedDigests.inSha256File("<html>" + A + "</html>", "f.iso"))
                .isEmpty();
    }

    @Test
    void findsTheFileAmongOthers() {
        String sums = "# made today\n" + B + "  g.iso\n" + A + " *./f.iso\nSHA256 (h.iso) = " + B + "\n" + B
                + "  sub/f.iso\n";

        assertThat(StatedDigests.inSha256Sums(sums, "f.iso")).contains(A);
        assertThat(StatedDigests.inSha256Sums(sums, "h.iso")).contains(B);
        assertThat(StatedDigests.inSha256Sums(sums, "iso")).isEmpty();
        assertThat(StatedDigests.inSha256Sums(A + "\n", "f.iso")).isEmpty();
    }

    @Test
    void twoDifferentDigestsForOneFileAreRefused() {
        assertThatThrownBy(() -> StatedDigests.inSha256Sums(A + "  f\n" + B + "  f\n", "f"))
                .isInstanceOf(UntrustedContentException.class);
        assertThatThrownBy(() -> StatedDigests.inReprDigest(header(A) + "," + header(B)))
                .isInstanceOf(UntrustedContentException.class);
        assertThat(StatedDigests.inSha256Sums((A + "  f\n").repeat(2), "f")).contains(A);
    }

    @Test
    void textsBeyondTheLimitsAreNotRead() {
        assertThat(StatedDigests.inSha256Sums(A + "  f\n" + "x".repeat(StatedDigests.MAX_FILE), "f"))
                .isEmpty();
        assertThat(StatedDigests.inSha256File(" ".repeat(StatedDigests.MAX_FILE) + A, "f"))
                .isEmpty();
        assertThat(StatedDigests.inReprDigest(header(A) + ",".repeat(StatedDigests.MAX_HEADER)))
                .isEmpty();
        assertThat(StatedDigests.inSha256Sums(A + "  " + "f".repeat(5000), "f".repeat(5000)))
                .isEmpty();
    }

    private static String header(Digest digest) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest.bytes()) + ":";
    }
}
