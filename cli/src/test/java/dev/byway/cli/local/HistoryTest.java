package dev.byway.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.JobStatus;
import dev.byway.core.account.SourceBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    private static Report report(String url) {
        return new Report(
                url,
                Optional.empty(),
                Optional.empty(),
                10,
                0,
                1,
                new SourceBytes(10, 0, 0, 0, 0),
                0,
                0,
                List.of(),
                JobStatus.State.DONE,
                Optional.empty());
    }

    @Test
    void theNewestComesFirstAndTheOldestGoes() {
        History history = new History(folder);
        for (int i = 0; i <= History.MAX_LINES; i++) {
            assertThat(history.add(report("https://h/" + i))).isTrue();
        }
        assertThat(history.newestFirst()).hasSize(History.MAX_LINES);
        assertThat(history.newestFirst().getFirst().url()).isEqualTo("https://h/" + History.MAX_LINES);
        assertThat(history.newestFirst().getLast().url()).isEqualTo("https://h/1");
    }

    /** Whoever owns the folder could otherwise have root write, and read, elsewhere. */
    @Test
    void aLinkIsNeitherWrittenThroughNorReadThrough() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        assertThat(new History(elsewhere).add(report("https://h/theirs"))).isTrue();
        Path file = elsewhere.resolve("downloads.jsonl");
        String before = Files.readString(file);
        Files.createSymbolicLink(folder.resolve("downloads.jsonl"), file);
        History history = new History(folder);
        assertThat(history.add(report("https://h/ours"))).isFalse();
        assertThat(history.newestFirst()).isEmpty();
        assertThat(file).hasContent(before);
    }
}
