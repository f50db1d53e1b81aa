package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A download that is done, as {@code get --json} reports it.
 *
 * @param bytes fetched in all
 * @param origin of them from the origin
 * @param lan of them from neighbours
 * @param wasted that came in vain
 * @param seconds it took
 * @param report all of it
 */
public record Fetched(long bytes, long origin, long lan, long wasted, double seconds, JsonNode report) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Waits for a download's end; the file must be the published one, and the sources must add up. */
    public static Fetched await(Device device, PublishedFile file, Running get, Duration patience) throws IOException {
        assertThat(get.awaitEnd(patience)).as(() -> get.output() + get.errors()).isZero();
        JsonNode report = MAPPER.readTree(get.output());
        JsonNode sources = report.path("sources");
        long sum = 0;
        for (JsonNode each : sources) {
            sum += each.asLong();
        }
        assertThat(Files.mismatch(device.fetched(file), file.path()))
                .as("first byte that differs")
                .isEqualTo(-1);
        assertThat(report.path("bytes").asLong()).as(report::toString).isEqualTo(sum);
        return new Fetched(
                sum,
                sources.path("origin").asLong(),
                sources.path("lan").asLong(),
                report.path("wasted").asLong(),
                report.path("seconds").asDouble(),
                report);
    }
}
