package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two devices of a fleet behind real NATs, each in a site of its own: every pairing of the four kinds, whoever starts. */
@Tag("netns")
class AcrossNatsTest {
    private static final NatType[] TYPES = NatType.values();
    private static final int LENGTH = Integer.getInteger("byway.nat.megabytes", 6) << 20;
    private static final int HOLDERS_MBIT = 1000;
    private static final int ORIGIN_MBIT = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    /** What one pairing came to. */
    private record Row(NatType from, NatType to, String path, double firstByte, double rate, Fetched fetched) {
        String line() {
            return "| %s | %s | %s | %.0f ms | %.0f |".formatted(from, to, path, firstByte, rate);
        }
    }

    private static boolean mayMeet(NatType a, NatType b) {
        boolean symmetric = a == NatType.SYMMETRIC || b == NatType.SYMMETRIC;
        NatType other = a == NatType.SYMMETRIC ? b : a;
        return !symmetric || other == NatType.FULL_CONE || other == NatType.RESTRICTED;
    }

    @Test
    void thirteenOfSixteenPairingsShareAndTheOthersAskTheOriginInTime() throws Exception {
        NatType[] sites = Stream.of(TYPES, TYPES).flatMap(Stream::of).toArray(NatType[]::new);
        try (Sites lab = Sites.open(home, 1, sites)) {
            lab.start("lan.discovery=off", "DOMinBackgroundQos=1");
            List<Row> rows = new ArrayList<>();
            System.out.println("| who asks | who has it | path | first byte | Mbit/s from then |");
            for (int from = 0; from < TYPES.length; from++) {
                for (int to = 0; to < TYPES.length; to++) {
                    rows.add(pair(lab, from, to));
                    System.out.println(rows.getLast().line());
                }
            }
            for (Row row : rows) {
                String report = row.line() + " " + row.fetched().report();
                if (mayMeet(row.from(), row.to())) {
                    assertThat(row.fetched().origin()).as(report).isLessThan(LENGTH / 3 * 2L);
                } else {
                    assertThat(row.fetched().origin()).as(report).isEqualTo(LENGTH);
                    assertThat(row.firstByte()).as(report).isLessThan(2000);
                    assertThat(row.fetched().report().toString())
                            .contains("PEER_BEHIND_NAT")
                            .contains("a symmetric NAT");
                }
            }
        }
    }

    private static Row pair(Sites lab, int from, int to) throws IOException {
        PublishedFile file = lab.publish("f" + from + to + ".bin", LENGTH);
        Device holder = lab.devices().get(TYPES.length + to);
        Device asking = lab.devices().get(from);
        lab.lab().thinOrigin(HOLDERS_MBIT);
        Fetched.await(holder, file, holder.get(file), PATIENCE);
        // An origin that had the whole file out in a blink would leave nothing to a tunnel that is late because all is
        // cold.
        lab.lab().thinOrigin(ORIGIN_MBIT);
        Fetched fetched = Fetched.await(asking, file, asking.get(file), PATIENCE);
        boolean shared = fetched.origin() < LENGTH;
        double rate = LENGTH * 8L / 1e6 / (fetched.seconds() - firstByte(fetched) / 1000);
        return new Row(TYPES[from], TYPES[to], shared ? "Teredo" : "origin", firstByte(fetched), rate, fetched);
    }

    /** Milliseconds until the source that gave most had sent something. */
    private static double firstByte(Fetched fetched) {
        for (JsonNode reason : fetched.report().path("reasons")) {
            if (reason.path("code").asString().equals("USED")) {
                return reason.path("timing").path("firstMillis").asDouble();
            }
        }
        throw new AssertionError("nobody gave anything: " + fetched.report());
    }
}
