package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "file.iso",
                "dists/stable/main/binary-amd64/Packages.gz",
                ".hidden",
                "...three",
                "a..b",
                " leading",
                "libstdc++_6~rc1.deb",
                "übung/größe.txt",
                "日本語.txt",
                "\uD83D\uDC69\u200D\uD83D\uDCBB.png",
                "COM10",
                "console",
                "nulled.txt",
                "auxiliary/con1",
                "100%",
                "%2e%2e/x",
                "-rf",
                "~"
            })
    void ordinaryNamesAreSafe(String name) {
        assertThat(SafeName.problemWith(name)).isEmpty();
        assertThat(new SafeName(name)).hasToString(name);
    }

    /** The corpus: what climbs, what is absolute somewhere, what is a device somewhere, what deceives. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                ".",
                "..",
                "../x",
                "../../../../etc/passwd",
                "a/../b",
                "a/..",
                "a/./b",
                "./a",
                "a//b",
                "a/",
                "/etc/passwd",
                "//server/share/x",
                "\\\\server\\share\\x",
                "\\\\?\\C:\\x",
                "\\\\.\\PhysicalDrive0",
                "..\\x",
                "a\\..\\b",
                "a\\b",
                "C:",
                "C:x",
                "C:/x",
                "C:\\x",
                "c:/windows/system32/x.dll",
                "file.txt:stream",
                "file.txt::$DATA",
                "a/.. /b",
                "a/..\u0000/b",
                "x\u0000.txt",
                "x\n.txt",
                "x\r",
                "x\t",
                "\u001b[2J",
                "x\u007f",
                "x\u0085",
                "CON",
                "con",
                "Con.txt",
                "a/NUL",
                "nul.tar.gz",
                "NUL .txt",
                "aux",
                "PRN.x",
                "COM1",
                "com9.log",
                "COM\u00b9",
                "LPT0",
                "lpt\u00b3.txt",
                "CONIN$",
                "conout$.x",
                "CLOCK$",
                "name.",
                "name ",
                "dir./x",
                "dir /x",
                "...",
                ". .",
                "a<b",
                "a>b",
                "a|b",
                "a?b",
                "a*b",
                "a\"b",
                "txt.\u202Eexe",
                "a\u2066b",
                "a\u200Bb",
                "a\uFEFFb",
                "a\u2028b",
                "a\u2029b",
                "..\u200B/x",
                "A\u030A",
                "\u212B",
                "\uD800",
                "a\uDC00b"
            })
    void namesThatMeanMoreThanAFileInsideAreRefused(String name) {
        assertThat(SafeName.problemWith(name)).isPresent();
        assertThatThrownBy(() -> new SafeName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the name '");
    }

    @Test
    void percentEscapesAreLettersAndAreNeverDecoded() {
        var url = ManifestSet.under(java.net.URI.create("https://example.org/d/"), new SafeName("%2e%2e/x"));

        assertThat(url).hasToString("https://example.org/d/%252e%252e/x");
    }

    @Test
    void lengthsHaveLimits() {
        String segment = "a".repeat(SafeName.MAX_SEGMENT_BYTES);
        assertThat(SafeName.problemWith(segment)).isEmpty();
        assertThat(SafeName.problemWith(segment + "a"))
                .hasValueSatisfying(p -> assertThat(p).contains("255 bytes"));
        assertThat(SafeName.problemWith("ä".repeat(128)))
                .as("256 bytes of UTF-8")
                .isPresent();

        String deep = "a/".repeat(SafeName.MAX_SEGMENTS - 1) + "a";
        assertThat(SafeName.problemWith(deep)).isEmpty();
        assertThat(SafeName.problemWith("a/" + deep))
                .hasValueSatisfying(p -> assertThat(p).contains("32 segments"));

        String longest =
                "a".repeat(255) + "/" + "a".repeat(255) + "/" + "a".repeat(255) + "/" + "a".repeat(256 - 3 + 3);
        assertThat(SafeName.problemWith(longest)).isPresent();
        assertThat(SafeName.problemWith("a".repeat(1_000_000)))
                .hasValueSatisfying(p -> assertThat(p).contains("1024 bytes"));
    }

    @Test
    void complaintNeverRepeatsControlCharactersAndStaysShort() {
        assertThatThrownBy(() -> new SafeName("\u001b]0;owned\u0007" + "x".repeat(500) + "\u202e"))
                .satisfies(e -> assertThat(e.getMessage())
                        .hasSizeLessThan(300)
                        .doesNotContain("\u001b", "\u0007", "\u202e")
                        .contains("\\u{1b}"));
    }

    @Test
    void localNamesAreNormalizedFirst() {
        assertThat(SafeName.ofLocal("u\u0308bung").value()).isEqualTo("\u00fcbung");
    }

    @Test
    void lastSegmentIsTheFilesOwnName() {
        assertThat(new SafeName("a/b/c.txt").last()).isEqualTo("c.txt");
    }
}
