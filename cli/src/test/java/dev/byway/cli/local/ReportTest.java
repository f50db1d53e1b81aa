package dev.byway.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.Json;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ReportTest {
    private static Report report(String url) {
        return new Report(
                url,
                Optional.of("empty"),
                Optional.of("/tmp/x"),
                100,
                10,
                1.25,
                new SourceBytes(30, 0, 50, 10, 0),
                7,
                3,
                List.of(
                        new Reason("lan", ReasonCode.MODE_HTTP_ONLY, Optional.of("DODownloadMode"), "mode 0"),
                        Reason.of("origin", ReasonCode.USED, ""),
                        Reason.of("coordinator", ReasonCode.WAITED, "0.2 s")
                                .at(new Reason.Timing(
                                        Duration.ofMillis(5), Duration.ofMillis(1205), 2, Duration.ofMillis(200)))),
                JobStatus.State.DONE,
                Optional.empty());
    }

    @Test
    void theFieldsThatScriptsReadAreThereAndAddUp() {
        ObjectNode json = report("https://h/x").toJson();
        assertThat(json.propertyNames())
                .startsWith("url", "contentId", "file", "bytes", "seconds", "sources", "wasted", "peers", "reasons");
        assertThat(json.get("sources").propertyNames()).containsExactly("origin", "cache", "lan", "group", "internet");
        long sum =
                json.get("sources").values().stream().mapToLong(n -> n.asLong()).sum();
        assertThat(json.get("bytes").asLong()).isEqualTo(sum).isEqualTo(90);
        assertThat(json.get("reasons").get(0).propertyNames())
                .containsExactlyInAnyOrder("source", "code", "setting", "detail");
        assertThat(json.get("reasons").get(1).get("setting").isNull()).isTrue();
        assertThat(json.get("reasons").get(2).get("timing").get("waitedMillis").asInt())
                .isEqualTo(200);
        assertThat(json.get("reasons").get(2).get("timing").get("lastMillis").asInt())
                .isEqualTo(1205);
        assertThat(Json.line(json)).doesNotContain("\n");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(Report.fromJson(report("https://h/x").toJson())).contains(report("https://h/x"));
    }

    @Test
    void theHistoryKeepsTheLastDownloadsNewestFirst(@TempDir Path state) {
        History history = new History(state);
        for (int i = 0; i < History.MAX_LINES + 5; i++) {
            assertThat(history.add(report("https://h/" + i))).isTrue();
        }
        assertThat(history.newestFirst()).hasSize(History.MAX_LINES).first().isEqualTo(report("https://h/104"));
    }

    @Test
    void aHistoryThatIsDamagedOrCannotBeWrittenIsNoTrouble(@TempDir Path state) throws IOException {
        History history = new History(state);
        history.add(report("https://h/1"));
        Path file = state.resolve("downloads.jsonl");
        Files.writeString(file, "not json\n[1]\n{}\n" + Files.readString(file));
        assertThat(history.newestFirst()).containsExactly(report("https://h/1"));
        assertThat(new History(state.resolve("none")).add(report("https://h/1")))
                .isFalse();
        assertThat(new History(state.resolve("none")).newestFirst()).isEmpty();
    }
}
