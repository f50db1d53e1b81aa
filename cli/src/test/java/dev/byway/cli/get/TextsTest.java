package dev.byway.cli.get;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.job.JobRequest.Header;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.RateText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write on the command line and in lists. */
class TextsTest {
    private static void assertWrongUsage(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_USAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "500K, 512000",
        "500k, 512000",
        "1.5M, 1572864",
        "2G, 2147483648",
        "3MB/s, 3145728",
        "1KiB, 1024"
    })
    void ratesAreReadAsCurlReadsThem(String text, long bytesPerSecond) {
        assertThat(RateText.parse("--limit-rate", text).bytesPerSecond()).isEqualTo(bytesPerSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "fast", "-1M", "1X", "1e9", "0.1", "99999999999G", "5 5"})
    void whatIsNoRateIsWrongUsage(String text) {
        assertWrongUsage(() -> RateText.parse("--limit-rate", text));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/a.iso, https://example.org/a.iso",
        "example.org/a.iso, https://example.org/a.iso",
        "http://h/a b.iso, http://h/a%20b.iso",
        "http://h/a#part, http://h/a",
        "http://h/a?x={1}, http://h/a?x=%7B1%7D",
        "http://h/ä, http://h/%C3%A4"
    })
    void urlsAreReadAsPeopleWriteThem(String text, String url) {
        assertThat(UrlText.parse(text)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h/a",
                "file:///etc/passwd",
                "https://",
                "http:///a",
                "https://h:port/",
                "::",
                "http://h/%zz"
            })
    void whatIsNoHttpUrlIsWrongUsage(String text) {
        assertWrongUsage(() -> UrlText.parse(text));
    }

    @Test
    void aRefusedUrlDoesNotShowItsSecrets() {
        assertThatThrownBy(() -> UrlText.parse("ftp://user:secret@h/a?token=secret"))
                .hasMessageNotContaining("secret")
                .hasMessageContaining("ftp");
    }

    @ParameterizedTest
    @CsvSource({"http://h/dir/big.iso, big.iso", "http://h/a%20b, a b", "http://h/x?y=/z, x"})
    void theNameIsTheLastSegment(String url, String name) {
        assertThat(UrlText.fileName(URI.create(url))).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h",
                "http://h/",
                "http://h/dir/",
                "http://h/%2e%2e",
                "http://h/a%5Cb",
                "http://h/-rf",
                "http://h/NUL"
            })
    void aSegmentThatIsNoNameOfAFileIsNone(String url) {
        assertThat(UrlText.fileName(URI.create(url))).isEmpty();
    }

    @Test
    void headerFieldsAreReadAndOthersRefused() {
        assertThat(HeaderText.parse("Accept: text/plain")).isEqualTo(new Header("Accept", "text/plain"));
        assertThat(HeaderText.parse("X-Empty:")).isEqualTo(new Header("X-Empty", ""));
        assertWrongUsage(() -> HeaderText.parse("no colon"));
        assertWrongUsage(() -> HeaderText.parse(": value"));
        assertWrongUsage(() -> HeaderText.parse("A: b\r\nC: d"));
        assertWrongUsage(() -> HeaderText.parse("A B: c"));
    }

    @Test
    void headerFieldsComeFromAFileToo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("h"), "# secret\nAuthorization: Bearer x\n\nA: b\n");
        assertThat(HeaderText.parseAll(List.of("@" + file, "C: d")))
                .containsExactly(new Header("Authorization", "Bearer x"), new Header("A", "b"), new Header("C", "d"));
        assertWrongUsage(() -> HeaderText.parseAll(List.of("@" + folder.resolve("none"))));
    }

    @Test
    void credentialsOnTheCommandLineAreNoticed() {
        assertThat(HeaderText.showsSecret("authorization : Basic x")).isTrue();
        assertThat(HeaderText.showsSecret("@file")).isFalse();
        assertThat(HeaderText.showsSecret("Accept: */*")).isFalse();
    }

    @Test
    void aListHasUrlsNamesAndComments() {
        List<ListFile.Line> lines =
                ListFile.parse("list", "# comment\n\n https://h/a \nhttps://h/b  dir/other name.bin\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).name()).isEmpty();
        assertThat(lines.get(1).name())
                .hasValueSatisfying(n -> assertThat(n.value()).isEqualTo("dir/other name.bin"));
    }

    @Test
    void aMistakeInAListNamesItsLine() {
        assertThatThrownBy(() -> ListFile.parse("list", "https://h/a\nftp://h/b\n"))
                .hasMessageContaining("list line 2");
        assertWrongUsage(() -> ListFile.parse("list", "https://h/a ../../etc/passwd"));
        assertWrongUsage(() -> ListFile.parse("list", "# nothing\n"));
        assertWrongUsage(() -> ListFile.parse("list", "#\n".repeat(ListFile.MAX_LINES + 1)));
    }
}
