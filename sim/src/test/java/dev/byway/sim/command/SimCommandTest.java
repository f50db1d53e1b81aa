package dev.byway.sim.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code byway sim} prints, and what it refuses. */
class SimCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return new CommandLine(new SimCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    @Test
    void withoutAScenarioItListsThem() {
        assertThat(run()).isZero();
        for (Ready ready : Ready.values()) {
            assertThat(out.toString()).contains(ready.word());
        }
    }

    @Test
    void theTextSaysWhoHasItAndWhatTheOriginSent() {
        assertThat(run("flash-crowd", "--devices", "4", "--megabytes", "2")).isZero();
        assertThat(out.toString())
                .contains("flash-crowd, seed 1")
                .contains("4 of 4 devices have it")
                .contains("copies of 2.0 MB")
                .contains("MB proved from lan");
    }

    @Test
    void jsonIsOneObjectWhoseBytesAddUp() {
        assertThat(run("flash-crowd", "--devices", "4", "--megabytes", "2", "--json"))
                .isZero();
        JsonNode root = new JsonMapper().readTree(out.toString());
        long sum = 0;
        for (JsonNode kind : root.path("verifiedBytes")) {
            sum += kind.asLong();
        }
        assertThat(sum).isEqualTo(4 * (2L << 20));
        assertThat(root.path("done").asInt()).isEqualTo(4);
        assertThat(root.path("effort").path("eventsPerSecond").asDouble()).isPositive();
        assertThat(root.path("effort").path("millisecondsPerDevice").asDouble()).isNotNegative();
    }

    @Test
    void thePictureIsSvgAndTheTraceTellsEveryPiece(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("who.svg");
        assertThat(run("flash-crowd", "--devices", "3", "--megabytes", "2", "--trace", "--plot", file.toString()))
                .isZero();
        assertThat(Files.readString(file))
                .startsWith("<svg")
                .endsWith("</svg>\n")
                .contains("device 2");
        assertThat(out.toString().lines().filter(line -> line.contains("has proved piece")))
                .hasSize(24);
    }

    @Test
    void whatIsWrongIsSaidWithWhatWouldBeRight() {
        assertThat(run("nosuch")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no scenario 'nosuch'").contains("flash-crowd");
        assertThat(run("flash-crowd", "--devices", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--devices is a number from 2 to 1000000, not 1");
        assertThat(run("fleet", "--devices", "5000", "--trace")).isEqualTo(2);
        assertThat(err.toString()).contains("at most 2000 devices, not 5000");
        assertThat(run("flash-crowd", "--devices", "2", "--megabytes", "1", "--plot", "/nowhere/there.svg"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("cannot write /nowhere/there.svg");
    }
}
