package dev.byway.cli.get;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.cli.command.CommandException;
import dev.byway.core.content.SafeName;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationTest {
    private static final URI URL = URI.create("https://h/dir/big.iso");

    @TempDir
    Path folder;

    private Destination of(Optional<String> output) {
        return Destination.of(URL, output, Optional.empty(), folder, false);
    }

    private static void assertKind(String kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void theUrlNamesTheFileUnlessTold() {
        assertThat(of(Optional.empty()).file()).isEqualTo(folder.resolve("big.iso"));
        assertThat(of(Optional.of("x.iso")).file()).isEqualTo(folder.resolve("x.iso"));
    }

    @Test
    void aFolderIsOneByItsSlashOrByBeingThere() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        assertThat(of(Optional.of("sub")).file()).isEqualTo(folder.resolve("sub/big.iso"));
        assertThat(of(Optional.of("new/")).file()).isEqualTo(folder.resolve("new/big.iso"));
    }

    @Test
    void aNameFromAListMayHaveFoldersWhichAreMade() {
        Destination destination =
                Destination.of(URL, Optional.empty(), Optional.of(new SafeName("a/b/c.bin")), folder, false);
        destination.check();
        assertThat(destination.file()).isEqualTo(folder.resolve("a/b/c.bin"));
        assertThat(folder.resolve("a/b")).isDirectory();
    }

    @Test
    void aNameFromAListLeadsNowhereElseByALink() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path base = Files.createDirectory(folder.resolve("base"));
        Files.createSymbolicLink(base.resolve("a"), elsewhere);
        Destination destination =
                Destination.of(URL, Optional.empty(), Optional.of(new SafeName("a/b/c.bin")), base, false);
        assertKind("LINK", destination::check);
        assertThat(elsewhere).isEmptyDirectory();
        Destination chosen = Destination.of(URL, Optional.of("a/x.bin"), Optional.empty(), base, false);
        chosen.check();
    }

    @Test
    void aUrlWithoutNameNeedsOne() {
        assertThatThrownBy(() ->
                        Destination.of(URI.create("https://h/"), Optional.empty(), Optional.empty(), folder, false))
                .hasMessageContaining("-o FILE");
    }

    @Test
    void aMissingFolderIsNotMade() {
        assertKind("NO_FOLDER", () -> of(Optional.of("none/x.iso")).check());
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws IOException {
        Files.writeString(folder.resolve("big.iso"), "old");
        assertKind("EXISTS", () -> of(Optional.empty()).check());
        Destination.of(URL, Optional.empty(), Optional.empty(), folder, true).check();
    }

    @Test
    void aLinkThatLeadsNowhereIsAFileThatIsThere() throws IOException {
        Files.createSymbolicLink(folder.resolve("big.iso"), folder.resolve("nowhere"));
        assertKind("EXISTS", () -> of(Optional.empty()).check());
    }

    @Test
    void theFileAppearsWholeOrNotAtAll() throws IOException {
        Destination destination = of(Optional.empty());
        try (PartFile part = PartFile.open(destination)) {
            part.at(3).write(ByteBuffer.wrap("def".getBytes(StandardCharsets.US_ASCII)));
            assertThat(destination.file()).doesNotExist();
            part.at(0).write(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));
            part.finish(6);
        }
        assertThat(destination.file()).hasContent("abcdef");
        assertThat(destination.part()).doesNotExist();
    }

    @Test
    void anUnfinishedFileIsTakenAway() {
        Destination destination = of(Optional.empty());
        PartFile.open(destination).close();
        assertThat(destination.part()).doesNotExist();
        assertThat(destination.file()).doesNotExist();
    }

    @Test
    void twoCannotWriteTheSameFile() {
        Destination destination = of(Optional.empty());
        try (PartFile first = PartFile.open(destination)) {
            assertThat(first).isNotNull();
            assertKind("IN_USE", () -> PartFile.open(destination));
            assertThat(destination.part()).exists();
        }
    }

    @Test
    void aFileThatAppearedMeanwhileIsLeftAlone() throws IOException {
        Destination destination = of(Optional.empty());
        try (PartFile part = PartFile.open(destination)) {
            Files.writeString(destination.file(), "other");
            assertKind("EXISTS", () -> part.finish(0));
        }
        assertThat(destination.file()).hasContent("other");
        assertThat(destination.part()).exists();
    }

    @Test
    void whatCannotFitIsSaidAtOnce() {
        Destination destination = of(Optional.empty());
        try (PartFile part = PartFile.open(destination)) {
            assertKind("DISK_FULL", () -> part.mustFit(Long.MAX_VALUE));
        }
    }
}
