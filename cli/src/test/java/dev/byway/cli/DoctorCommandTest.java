package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor where no agent runs; where one does, the catalogue of faults asks it (e2e). */
class DoctorCommandTest {
    @TempDir
    Path folder;

    private CommandRun run(String... words) {
        return CommandRun.in(folder, words);
    }

    @Test
    void withoutAnAgentThatIsTheOneFailure() {
        CommandRun run = run("doctor", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().path("checks").findValuesAsString("result"))
                .filteredOn("fail"::equals)
                .hasSize(1);
    }

    @Test
    void theBundleHoldsWhatAColleagueNeedsAndNoSecret() throws IOException {
        Path settings = folder.resolve("mine.yaml");
        Files.writeString(settings, "origin.proxy: http://proxy.example:3128\norigin.proxy-password: u:hunter2\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        Path bundle = folder.resolve("for-jo.zip");
        CommandRun run = run("doctor", "--config", settings.toString(), "--bundle", bundle.toString());
        assertThat(run.err()).contains("wrote " + bundle);
        Map<String, String> parts = read(bundle);
        assertThat(parts)
                .containsOnlyKeys(
                        "byway/diagnosis.txt",
                        "byway/diagnosis.json",
                        "byway/settings.txt",
                        "byway/machine.txt",
                        "byway/downloads.jsonl");
        assertThat(parts.get("byway/diagnosis.txt")).contains("FAIL  agent");
        assertThat(parts.get("byway/settings.txt")).contains("origin.proxy=http://proxy.example:3128");
        assertThat(parts.values()).noneMatch(text -> text.contains("hunter2"));
        assertThat(parts.values())
                .as("the home folder")
                .noneMatch(text -> text.contains(folder.toString()))
                .anyMatch(text -> text.contains("~/"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
                .isEqualTo("rw-------");

        CommandRun again = run("doctor", "--bundle", bundle.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is there already");
    }

    @Test
    void aPeerThatNobodyKnowsAndAnEndlessBundleAreRefusedBeforeAnythingIsTried() {
        assertThat(run("doctor", "--peer", "no.such.host.invalid").err()).contains("of --peer has no address here");
        CommandRun both = run("doctor", "--watch", "--bundle", "x.zip");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("give one of them");
        CommandRun port = run("doctor", "--system", "microsoft", "--peer", "192.0.2.7:99");
        assertThat(port.exitCode()).isEqualTo(2);
        assertThat(port.err()).contains("on port 7680 alone");
    }

    private static Map<String, String> read(Path bundle) throws IOException {
        Map<String, String> parts = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
