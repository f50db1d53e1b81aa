package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls tunnels: after each, two devices behind NATs share again within a minute. */
@Tag("netns")
@Tag("long")
class TunnelRecoveryTest {
    private static final int LENGTH = 4 << 20;
    /** Enough for more than a minute of asking. */
    private static final int STOCK = 18;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ASLEEP = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Within which a pair shares again. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final Queue<PublishedFile> stock = new ArrayDeque<>();

    private int published;

    /** Something that happens to the lab. */
    private interface Event {
        /** When, by {@link System#nanoTime}, the minute begins. */
        long happen() throws InterruptedException;
    }

    @Test
    void sharesAgainWithinAMinute() throws Exception {
        try (Sites sites = Sites.open(home, 1, NatType.PORT_RESTRICTED, NatType.RESTRICTED)) {
            sites.start("lan.discovery=off");
            fill(sites);
            System.out.println("at first: " + untilShared(sites, System.nanoTime()) + " ms");
            List<String> late = new ArrayList<>();
            after(sites, "the asking device's router was restarted", () -> forget(sites, 1), late);
            after(sites, "the other one's router was restarted", () -> forget(sites, 2), late);
            after(sites, "the coordinator was killed and started again", () -> restart(sites), late);
            after(sites, "both slept, and lost their mappings", () -> sleep(sites), late);
            assertThat(late).isEmpty();
        }
    }

    /** Gives the second device files that the first one has not, before anything happens: it then only waits to be asked. */
    private void fill(Sites sites) throws IOException {
        Device holder = sites.devices().getLast();
        while (stock.size() < STOCK) {
            PublishedFile file = sites.publish("f" + published++ + ".bin", LENGTH);
            Fetched.await(holder, file, holder.get(file), PATIENCE);
            stock.add(file);
        }
    }

    private static long forget(Sites sites, int site) {
        long start = System.nanoTime();
        sites.lab().forget(site);
        return start;
    }

    private static long restart(Sites sites) {
        long start = System.nanoTime();
        sites.restartCoordinator();
        return start;
    }

    private static long sleep(Sites sites) throws InterruptedException {
        sites.agents().forEach(agent -> agent.signal("STOP"));
        sites.lab().forget(1);
        sites.lab().forget(2);
        Thread.sleep(ASLEEP);
        long awake = System.nanoTime();
        sites.agents().forEach(agent -> agent.signal("CONT"));
        return awake;
    }

    private void after(Sites sites, String name, Event event, List<String> late) throws Exception {
        fill(sites);
        Sites.awaitLink(sites.devices().getFirst());
        long millis = untilShared(sites, event.happen());
        System.out.println(name + ": " + millis + " ms");
        if (millis > LIMIT.toMillis()) {
            late.add(name + ": " + millis + " ms");
        }
    }

    /** Milliseconds until a file that only the other one has came from it. */
    private long untilShared(Sites sites, long start) throws Exception {
        Device asking = sites.devices().getFirst();
        while (!stock.isEmpty()) {
            PublishedFile file = stock.remove();
            Fetched fetched = Fetched.await(asking, file, asking.get(file), PATIENCE);
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            if (fetched.origin() < LENGTH) {
                return millis;
            }
            System.out.println(
                    "  not yet after " + millis + " ms: " + fetched.report().path("reasons"));
            Thread.sleep(PAUSE);
        }
        throw new AssertionError("no file is left to be asked for");
    }
}
