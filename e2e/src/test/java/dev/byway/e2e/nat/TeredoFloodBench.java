package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Processors;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running Teredo server under floods from 200 addresses, over real sockets and a router: what it takes and gives. */
@Tag("netns")
class TeredoFloodBench {
    private static final Duration FLOOD = Duration.ofSeconds(Long.getLong("byway.flood.seconds", 6));
    private static final Duration PATIENCE = FLOOD.plusMinutes(1);
    private static final int ADDRESSES = 200;
    private static final String NET = "11.200.1";
    private static final long SLACK_KIB = 2048;

    @TempDir
    Path home;

    private record Count(long came, long out, long heap, long waited) {
        static Count last(Running server) {
            LockSupport.parkNanos(Duration.ofMillis(2500).toNanos());
            String[] words = server.output()
                    .lines()
                    .filter(line -> line.startsWith("came "))
                    .reduce((_, last) -> last)
                    .orElseThrow()
                    .split(" ", -1);
            return new Count(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[5]),
                    Long.parseLong(words[7]));
        }
    }

    @Test
    void floods() {
        try (NatLab lab = NatLab.open(home, 1)) {
            for (int i = 0; i < ADDRESSES; i++) {
                lab.origin().exec("ip", "addr", "add", NET + "." + (20 + i) + "/24", "dev", "eth0");
            }
            Running server = lab.coordinator().spawn(JavaProgram.command(FloodedServer.class, "11.200.2.2"));
            server.awaitLine("ready", PATIENCE);
            flood(lab, server, "solicitations", 1000);
            flood(lab, server, "solicitations", 10_000);
            flood(lab, server, "solicitations", 0);
            flood(lab, server, "damaged", 0);
            flood(lab, server, "noise", 0);
            System.out.println("bench: Teredo server, a thread that asked it about a mapping every 50 ms waited for "
                    + Count.last(server).waited() + " µs at most, and got no answer "
                    + server.output().lines().filter("busy"::equals).count() + " times");
        }
    }

    private static void flood(NatLab lab, Running server, String kind, int rate) {
        Count before = Count.last(server);
        Processors processors = Processors.now();
        String[] said;
        try (Running flooder = lab.origin()
                .spawn(JavaProgram.command(
                        Flooder.class,
                        "11.200.2.2",
                        kind,
                        String.valueOf(rate),
                        String.valueOf(FLOOD.toMillis()),
                        NET,
                        String.valueOf(ADDRESSES)))) {
            said = flooder.awaitLine("sent ", PATIENCE).split(" ", -1);
        }
        String busy = Processors.now().since(processors);
        Count after = Count.last(server);
        long sent = Long.parseLong(said[1]);
        double ratio = Double.parseDouble(said[7]) / Double.parseDouble(said[3]);
        System.out.printf(
                Locale.ROOT,
                "bench: Teredo server, %s, %s: %,d/s sent to it, %,d/s taken, %,d/s answered; bytes out for bytes sent %.3f; "
                        + "heap %d KiB, %+d; %s%n",
                kind,
                rate == 0 ? "as fast as they go" : rate + " a second",
                sent / FLOOD.toSeconds(),
                (after.came() - before.came()) / FLOOD.toSeconds(),
                (after.out() - before.out()) / FLOOD.toSeconds(),
                ratio,
                after.heap(),
                after.heap() - before.heap(),
                busy);
        assertThat(ratio).isLessThanOrEqualTo(2.0);
        assertThat(after.came()).isGreaterThan(before.came());
        if (kind.equals("solicitations")) {
            assertThat(after.out()).isGreaterThan(before.out());
        } else {
            assertThat(after.out()).isEqualTo(before.out());
        }
        assertThat(after.heap() - before.heap()).isLessThan(SLACK_KIB);
    }
}
