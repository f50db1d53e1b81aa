package dev.byway.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** No false alarm, however often the doctor is asked. */
@Tag("netns")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthyOfficeTest {
    private Ward ward;

    @BeforeAll
    void open(@TempDir Path home) {
        ward = Ward.open(home);
    }

    @AfterAll
    void close() {
        ward.close();
    }

    @RepeatedTest(50)
    void aHealthyOfficeGivesNoFailureAndNoWarning() {
        JsonNode diagnosis = ward.doctor();
        assertThat(FaultCatalogueTest.wrong(diagnosis))
                .as("%s", diagnosis.toPrettyString())
                .isEmpty();
    }
}
