package dev.byway.teredo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.Flood.Kind;
import dev.byway.teredo.server.Flood.Result;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server with its standard limits under floods: bytes that go out for bytes that come, and memory. */
class FloodTest {
    private static final int COUNT = 200_000;
    private static final long SLACK = 2 << 20;

    private static TeredoServer server(Moment now) {
        return new TeredoServer(Flood.PRIMARY, true, ServerLimits.STANDARD, new SplittableRandom(1), now);
    }

    private static LongFunction<Moment> every(Duration gap) {
        return i -> new Moment(i * gap.toNanos());
    }

    @Test
    void solicitationsWithinTheirRateBringLessThanTwiceTheirBytes() {
        Result result =
                new Flood(Kind.SOLICITATIONS, 1).pour(server(Moment.ZERO), COUNT, every(Duration.ofNanos(30_000)));
        assertThat(result.sent()).isEqualTo(COUNT);
        assertThat(result.worst()).isEqualTo(117.0 / 61);
        assertThat(result.ratio()).isLessThanOrEqualTo(2.0);
    }

    @Test
    void beyondItTheyBringNoMore() {
        Result result =
                new Flood(Kind.SOLICITATIONS, 2).pour(server(Moment.ZERO), COUNT, every(Duration.ofNanos(1_000)));
        assertThat(result.sent())
                .as("80,000 at once, and 40,000 a second for 0.2 s")
                .isBetween(87_000L, 88_001L);
        assertThat(result.worst()).isLessThanOrEqualTo(2.0);
    }

    @Test
    void allElseBringsNothing() {
        for (Kind kind : new Kind[] {Kind.DAMAGED, Kind.NOISE, Kind.BUBBLES}) {
            Result result = new Flood(kind, 3).pour(server(Moment.ZERO), COUNT, every(Duration.ofNanos(30_000)));
            assertThat(result.sent()).as("%s", kind).isZero();
        }
    }

    /** Two million mappings of 12 bytes would be 24 MB, in a table that grows. */
    @Test
    void whateverComesItsMemoryStaysTheSame() {
        TeredoServer server = server(Moment.ZERO);
        Flood flood = new Flood(Kind.SOLICITATIONS, 4);
        flood.pour(server, COUNT, every(Duration.ofNanos(30_000)));
        long before = heap();
        Result result = flood.pour(server, 10L * COUNT, i -> new Moment((COUNT + i) * 30_000L));
        long grown = heap() - before;
        assertThat(result.sent()).isEqualTo(10L * COUNT);
        assertThat(grown).as("bytes").isLessThan(SLACK);
        assertThat(server.hasSolicited(new UdpAddress(1, 1), Moment.ZERO)).isFalse();
    }

    /** Ten minutes; {@code -Dbyway.flood.seconds} for another time. Results go into docs/benchmarks.md. */
    @Test
    @Tag("long")
    void floodsInTurnForTenMinutes() {
        Duration each =
                Duration.ofSeconds(Long.getLong("byway.flood.seconds", 600)).dividedBy(Kind.values().length);
        SplittableRandom seeds = new SplittableRandom(5);
        TeredoServer server = server(now());
        for (Kind kind : Kind.values()) {
            Flood flood = new Flood(kind, seeds.nextLong());
            long before = heap();
            Moment start = now();
            long datagrams = 0;
            long sent = 0;
            long bytes = 0;
            long sentBytes = 0;
            double worst = 0;
            while (now().since(start).compareTo(each) < 0) {
                Result result = flood.pour(server, COUNT, _ -> now());
                datagrams += result.datagrams();
                sent += result.sent();
                bytes += result.bytes();
                sentBytes += result.sentBytes();
                worst = Math.max(worst, result.worst());
            }
            double seconds = now().since(start).toNanos() / 1e9;
            long grown = heap() - before;
            System.out.printf(
                    Locale.ROOT,
                    "bench: Teredo rules, %s: %,.0f/s on one core for %.0f s; %,.0f/s went out; bytes out for bytes in %.3f, "
                            + "at most %.3f for one datagram; heap %+d KiB%n",
                    kind.name().toLowerCase(Locale.ROOT),
                    datagrams / seconds,
                    seconds,
                    sent / seconds,
                    (double) sentBytes / bytes,
                    worst,
                    grown >> 10);
            assertThat(worst).isLessThanOrEqualTo(kind == Kind.SOLICITATIONS ? 2.0 : 0.0);
            assertThat(grown).isLessThan(SLACK);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
