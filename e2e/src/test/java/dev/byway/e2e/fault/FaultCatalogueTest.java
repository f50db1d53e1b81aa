package dev.byway.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** One fault gives one failure, of the right check and for the right reason; a healthy office gives none. */
@Tag("netns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultCatalogueTest {
    private Ward ward;

    @BeforeAll
    void open(@TempDir Path home) {
        for (String tool : List.of("/usr/bin/faketime", "/usr/bin/ping", "/usr/bin/python3", "/usr/sbin/bridge")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of(tool)),
                    tool + " is not there (apt install faketime iputils-ping python3 iproute2): skipped");
        }
        ward = Ward.open(home);
    }

    @AfterAll
    void close() {
        if (ward != null) {
            ward.close();
        }
    }

    /** All of them; with {@code -Dbyway.fault=words} those whose name has these words in it. */
    static Stream<Fault> faults() {
        return Stream.of(NetworkFaults.all(), CoordinatorFaults.all(), OriginFaults.all(), PolicyFaults.all())
                .flatMap(List::stream)
                .filter(fault -> fault.name().contains(System.getProperty("byway.fault", "")));
    }

    @RepeatedTest(2)
    void aHealthyOfficeGivesNoFailureAndNoWarning() {
        JsonNode diagnosis = ward.doctor();
        assertThat(wrong(diagnosis)).as("%s", diagnosis.toPrettyString()).isEmpty();
    }

    @Test
    void aNeighbourThatSomebodyAsksAboutIsTriedBothWays() {
        ward.askWith("--peer", ward.other().host().address());
        try {
            JsonNode diagnosis = ward.doctor();
            assertThat(wrong(diagnosis)).as("%s", diagnosis.toPrettyString()).isEmpty();
            assertThat(seen(diagnosis, "dial-out")).isEqualTo("reached 10.77.0.12:7680");
            assertThat(seen(diagnosis, "dial-in")).isEqualTo("reached by 10.77.0.12:7680");
        } finally {
            ward.askWith();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFaultIsOneFailure(Fault fault) throws Exception {
        Fault.Cure cure = fault.injury().inflict(ward);
        try {
            JsonNode diagnosis = ward.doctor();
            System.out.println(fault + ": " + wrong(diagnosis));
            assertThat(labels(diagnosis))
                    .as("%s", diagnosis.toPrettyString())
                    .containsExactly(fault.check().label());
            assertThat(wrong(diagnosis).getFirst().path("result").asString()).isEqualTo("fail");
            assertThat(wrong(diagnosis).getFirst().path("seen").asString()).contains(fault.seen());
            String mend = wrong(diagnosis).getFirst().path("mend").asString();
            if (mend.startsWith("nft ")) {
                ward.host().exec("sh", "-c", mend);
                assertThat(wrong(ward.doctor())).as("after %s", mend).isEmpty();
                assertThat(ward.share()).isGreaterThan(0.99);
            }
        } finally {
            cure.apply();
        }
    }

    private static String seen(JsonNode diagnosis, String label) {
        return diagnosis
                .path("checks")
                .valueStream()
                .filter(check -> check.path("check").asString().equals(label))
                .map(check -> check.path("seen").asString())
                .findFirst()
                .orElseThrow();
    }

    static List<JsonNode> wrong(JsonNode diagnosis) {
        return diagnosis
                .path("checks")
                .valueStream()
                .filter(check ->
                        List.of("fail", "warn").contains(check.path("result").asString()))
                .toList();
    }

    private static List<String> labels(JsonNode diagnosis) {
        return wrong(diagnosis).stream()
                .map(check -> check.path("check").asString())
                .toList();
    }
}
