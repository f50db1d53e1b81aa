package dev.byway.e2e.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Program;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One fault on the way to Microsoft is told once, by the right check; when there is none, nothing is wrong. */
@Tag("netns")
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MicrosoftDoctorTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PROMISED = Duration.ofSeconds(15);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private StandIns lab;

    @BeforeAll
    void open(@TempDir Path home) throws IOException {
        for (String tool : List.of("/usr/sbin/miredo-server", "/usr/bin/python3", "/usr/bin/ss")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of(tool)),
                    tool + " is not there (apt install miredo-server python3 iproute2): skipped");
        }
        lab = StandIns.open(home);
    }

    @AfterAll
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    static Stream<MicrosoftFault> faults() {
        return MicrosoftFault.all().stream();
    }

    @Test
    void whenAllCanBeReachedEveryCheckPasses() {
        JsonNode diagnosis = doctor(0, "--peer", lab.neighbour().address());
        assertThat(diagnosis.path("healthy").asBoolean()).isTrue();
        assertThat(checks(diagnosis))
                .as("%s", diagnosis.toPrettyString())
                .allSatisfy(check -> assertThat(check.path("result").asString()).isEqualTo("pass"))
                .extracting(check -> check.path("check").asString())
                .containsExactlyElementsOf(
                        Check.of(Program.MICROSOFT).stream().map(Check::label).toList());
        assertThat(seen(diagnosis, Check.MICROSOFT_TLS)).contains("O=Microsoft Corporation");
        assertThat(seen(diagnosis, Check.MICROSOFT_TEREDO)).contains("sees this device as 11.200.2.1:");
    }

    @Test
    void aNeighbourIsTriedOnlyWhenOneIsNamed() {
        JsonNode diagnosis = doctor(0);
        assertThat(checks(diagnosis))
                .filteredOn(check -> !check.path("result").asString().equals("pass"))
                .extracting(check -> check.path("check").asString() + " "
                        + check.path("result").asString())
                .containsExactly("microsoft-peer not-applicable");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFaultIsToldOnce(MicrosoftFault fault) {
        fault.injury().apply(lab);
        try {
            int exit = fault.result().equals("fail") ? 1 : 0;
            JsonNode diagnosis = doctor(exit, "--peer", lab.neighbour().address());
            List<JsonNode> wrong = checks(diagnosis).stream()
                    .filter(check -> List.of("fail", "warn")
                            .contains(check.path("result").asString()))
                    .toList();
            System.out.println(fault + ": " + wrong);
            assertThat(wrong).as("%s", diagnosis.toPrettyString()).hasSize(1);
            JsonNode told = wrong.getFirst();
            assertThat(told.path("check").asString()).isEqualTo(fault.check().label());
            assertThat(told.path("result").asString()).isEqualTo(fault.result());
            assertThat(told.path("seen").asString()).contains(fault.seen());
            assertThat(told.path("mend").asString()).isNotBlank();
        } finally {
            fault.cure().apply(lab);
        }
    }

    private static List<JsonNode> checks(JsonNode diagnosis) {
        return diagnosis.path("checks").valueStream().toList();
    }

    private static String seen(JsonNode diagnosis, Check check) {
        return checks(diagnosis).stream()
                .filter(one -> one.path("check").asString().equals(check.label()))
                .findFirst()
                .orElseThrow()
                .path("seen")
                .asString();
    }

    private JsonNode doctor(int exit, String... more) {
        List<String> command = new ArrayList<>(List.of("doctor", "--system", "microsoft", "--json"));
        command.addAll(List.of(more));
        long began = System.nanoTime();
        Running doctor = lab.victim().run(command.toArray(String[]::new));
        assertThat(doctor.awaitEnd(PATIENCE))
                .as("%s %s", doctor.output(), doctor.errors())
                .isEqualTo(exit);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
        return MAPPER.readTree(doctor.output());
    }
}
