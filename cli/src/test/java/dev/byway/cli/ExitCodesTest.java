package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract that scripts rely on: 0 done, 1 failed, 2 wrong usage, 3 service not reachable; and no stack trace ever. */
class ExitCodesTest {
    @TempDir
    Path folder;

    private CommandRun run(String line) {
        CommandRun run = CommandRun.in(folder, line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(run.err() + run.out()).doesNotContain("\tat ").doesNotContain("Exception");
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "help",
                "get --help",
                "help get",
                "keys list",
                "completion",
                "keys create x"
            })
    void whatWasDoneEndsWithZero(String line) {
        assertThat(run(line).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gte",
                "get",
                "doctor --system apple",
                "doctor --system microsoft http://h/x",
                "get ftp://h/x",
                "get http://h/",
                "get http://h/x --limit-rate fast",
                "get http://h/x --sha256 12",
                "get http://h/x --manifest none",
                "get -i none",
                "get http://h/x -j 0",
                "get nowhere.torrent",
                "get http://h/x -i list",
                "get --frobnicate http://h/x",
                "status --set peer.prt=1 --frobnicate",
                "get http://h/x --set peer.prt=1",
                "get http://h/x --set peer.port",
                "get http://h/x --set coordinator.token=abc",
                "get http://h/x --config none.yaml",
                "publish none --url https://h/x",
                "publish",
                "keys",
                "keys create ../x",
                "cache",
                "join",
                "join byway-join-abcdef",
                "join none",
                "demo --devices 0",
                "demo none.bin",
                "demo-origin x --address 192.0.2.1"
            })
    void wrongUsageEndsWithTwoAndSaysWhatToDo(String line) {
        CommandRun run = run(line);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("byway: ");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "peers", "dashboard"})
    void withoutAnAgentItEndsWithThreeAndSaysHowToStartOne(String line) {
        CommandRun run = run(line);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("byway agent");
        assertThat(run(line + " --json").json().get("error").get("exit").asInt())
                .isEqualTo(3);
    }

    @Test
    void whatFailsEndsWithOne() throws IOException {
        assertThat(run("why").exitCode()).isEqualTo(1);
        assertThat(run("keys show none").exitCode()).isEqualTo(1);
        Files.writeString(folder.resolve("x"), "old");
        CommandRun exists = run("get http://127.0.0.1:9/x");
        assertThat(exists.exitCode()).isEqualTo(1);
        assertThat(exists.err()).contains("--force");
        assertThat(run("get http://127.0.0.1:9/y -o none/y").err()).contains("does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get http://h/x",
                "publish x --url https://h/x",
                "agent",
                "coordinator",
                "coordinator token",
                "coordinator publishers",
                "join x",
                "status",
                "peers",
                "why",
                "cache list",
                "cache pin x",
                "keys list",
                "keys create x",
                "dashboard",
                "demo",
                "completion"
            })
    void whateverTheCommandAMistakeInASettingNamesTheNearestOne(String command) throws IOException {
        CommandRun unknown = run(command + " --set peer.prt=1 --json");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean peer.port?");
        assertThat(unknown.json().get("error").get("kind").asString()).isEqualTo("SETTING");
        CommandRun secret = run(command + " --set coordinator.token=abcdef");
        assertThat(secret.exitCode()).isEqualTo(2);
        assertThat(secret.err())
                .contains("is secret")
                .contains("BYWAY_COORDINATOR_TOKEN")
                .doesNotContain("abcdef");
        Files.writeString(folder.resolve("bad.yaml"), "peer.port: [");
        assertThat(run(command + " --config bad.yaml").exitCode()).isEqualTo(2);
        assertThat(run(command + " --config none.yaml").err()).contains("none.yaml");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void helpIsGivenWhateverTheSettings() {
        assertThat(run("status --set peer.prt=1 --help").exitCode()).isZero();
        assertThat(run("--version --set peer.prt=1").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"origin.ca=none.pem", "trust.publishers=none", "trust.publishers=byway-publisher-ed25519:x"})
    void aSettingWhoseFileOrKeyCannotBeUsedIsNamed(String assignment) {
        CommandRun run = run("get http://127.0.0.1:9/x --set lan.discovery=off --set peer.port=0 --set " + assignment);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(assignment.substring(0, assignment.indexOf('=')));
    }

    @Test
    void aMisspelledCommandNamesTheNearestOne() {
        assertThat(run("publsh").err()).contains("publish");
    }

    @Test
    void aSecretOnTheCommandLineIsNotRepeated() {
        assertThat(run("get http://h/x --set coordinator.token=abcdef").err()).doesNotContain("abcdef");
    }

    @Test
    void globalOptionsMayStandOnEitherSideOfTheCommand() {
        String state = folder.resolve("other").toString();
        assertThat(run("--state " + state + " keys create k").exitCode()).isZero();
        assertThat(run("keys list --json --state " + state).json().get("keys").size())
                .isEqualTo(1);
        assertThat(run("keys --json list").json().get("keys").size()).isZero();
    }

    @Test
    void everyCommandTeachesByExample() {
        for (String command : new String[] {
            "get",
            "publish",
            "agent",
            "coordinator",
            "coordinator token",
            "join",
            "status",
            "peers",
            "why",
            "cache",
            "demo",
            "keys",
            "dashboard",
            "completion"
        }) {
            assertThat(run(command + " --help").out())
                    .as(command)
                    .contains("Example")
                    .contains("byway ");
        }
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        assertThat(run("completion").out()).contains("publish").contains("--limit-rate");
    }
}
