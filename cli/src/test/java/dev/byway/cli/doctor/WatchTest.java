package dev.byway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.cli.command.Console;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Diagnosis WELL = port(new Finding.Pass("on TCP 7680"));
    private static final Diagnosis ILL = port(new Finding.Fail("port 7680 is taken", "stop it"));

    private static Diagnosis port(Finding finding) {
        return Diagnosis.of(List.of(new Result(Check.PORT, "asked the agent", finding)));
    }

    /** What is printed until the process is stopped, after these. */
    private static String watched(boolean json, Diagnosis... diagnoses) {
        Deque<Diagnosis> left = new ArrayDeque<>(List.of(diagnoses));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                OptionalInt.empty());
        Consultation consultation = () -> {
            if (left.isEmpty()) {
                throw new InterruptedException("stopped");
            }
            return left.remove();
        };
        Watch watch = new Watch(consultation, Duration.ZERO, json, console, () -> Instant.EPOCH);
        assertThatThrownBy(watch::run).isInstanceOf(InterruptedException.class);
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyWhatChangesIsTold() {
        String once = watched(false, WELL);
        assertThat(watched(false, WELL, WELL)).isEqualTo(once);
        assertThat(watched(false, WELL, ILL).substring(once.length()))
                .contains("1970-01-01T00:00:00Z", "FAIL  port", "port 7680 is taken", "1 failed");
        assertThat(watched(false, ILL, WELL)).contains("ok    port");
    }

    @Test
    void scriptsGetEveryDiagnosisAsALine() {
        assertThat(watched(true, WELL, WELL, ILL).lines())
                .hasSize(3)
                .allMatch(line -> line.contains("\"at\":\"1970-01-01T00:00:00Z\""));
    }
}
