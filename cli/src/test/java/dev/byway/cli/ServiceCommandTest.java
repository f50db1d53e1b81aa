package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandTest {
    private static final boolean SYSTEMD = Files.isDirectory(Path.of("/run/systemd/system"));

    @TempDir
    Path folder;

    private CommandRun run(String... words) {
        return CommandRun.in(folder, words);
    }

    @Test
    void aDryRunPrintsTheUnitTheSettingsAndTheCommands() {
        CommandRun dry = run("service", "install", "--dry-run", "--program", "/opt/byway/byway");
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains(
                        "write /etc/systemd/system/byway.service:",
                        "    ExecStart=/opt/byway/byway agent",
                        "    #peer.port: 7680",
                        "run systemctl enable byway.service");
        CommandRun json = run("service", "install", "--dry-run", "--program", "/opt/byway/byway", "--json");
        assertThat(json.json().path("service").asString()).isEqualTo("byway");
        assertThat(json.json().path("steps").findValuesAsString("step")).contains("run systemctl daemon-reload");
    }

    @Test
    void theRoleIsTheCoordinatorIfSaid() {
        assertThat(run("service", "definition", "--role", "coordinator", "--program", "/b")
                        .out())
                .contains("ExecStart=/b coordinator --state /var/lib/byway-coordinator");
    }

    @Test
    void withoutSystemdOrRightsItSaysWhatToDo() {
        for (String what : List.of("install", "uninstall")) {
            CommandRun run = run("service", what, "--program", "/opt/byway/byway");
            assertThat(run.exitCode()).isEqualTo(SYSTEMD ? 1 : 3);
            assertThat(run.err())
                    .contains(
                            SYSTEMD ? "run 'sudo byway service " + what + "'" : "run 'byway agent' in the foreground");
        }
        CommandRun status = run("service", "status", "--program", "/b", "--json");
        if (SYSTEMD) {
            assertThat(status.json().path("installed").isBoolean()).isTrue();
        } else {
            assertThat(status.exitCode()).isEqualTo(3);
            assertThat(status.json().path("error").path("message").asString()).contains("systemd does not run here");
        }
    }

    @Test
    void rootWritesNothingIntoTheFolderOfAServicesUser() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can give a folder away");
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.setOwner(
                state, state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        for (List<String> words : List.of(
                List.of("keys", "create"), List.of("coordinator", "token"), List.of("coordinator", "publishers"))) {
            CommandRun run = run(words.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains("sudo -u nobody", "--state " + state);
        }
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void aCommandIsMissingOrUnknown() {
        assertThat(run("service").exitCode()).isEqualTo(2);
        assertThat(run("service", "install", "--role", "king").exitCode()).isEqualTo(2);
    }

    @Test
    void everySettingThatTheFilesNameIsOne() throws Exception {
        for (String role : List.of("agent", "coordinator")) {
            String text = Files.readString(Path.of(
                    System.getProperty("byway.root", ".."),
                    "cli/src/main/resources/dev/byway/cli/service",
                    role + ".yaml"));
            Path all = folder.resolve(role + ".yaml");
            Files.writeString(all, text);
            assertThat(run("keys", "list", "--config", all.toString()).exitCode())
                    .isZero();
            Matcher setting = Pattern.compile("(?m)^#(?=[\\w.]+: )").matcher(text);
            Files.writeString(all, setting.replaceAll(""));
            CommandRun run = run("keys", "list", "--config", all.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            Files.writeString(all, setting.replaceAll("").replaceFirst("(?m)^(\\w)", "x$1"));
            assertThat(run("keys", "list", "--config", all.toString()).exitCode())
                    .isEqualTo(2);
        }
    }
}
