package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of a download, again and again. {@code byway get} alone is the agent, too. */
@Tag("netns")
@Tag("long")
class CrashTest {
    private static final int LENGTH = 50 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(100, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What one kill may cost: a second that was not durable yet, and what was on its way. */
    private static final long PER_KILL = SPEED.uplinkMbit() * 1_000_000L / 8 + (4 << 20);

    @TempDir
    Path home;

    @Test
    void fiveKillsLeaveTheFileWholeAndFetchLittleTwice() throws Exception {
        crash(5, 3000);
    }

    @Test
    @Tag("long")
    void twentyKillsLeaveTheFileWholeAndFetchLittleTwice() throws Exception {
        crash(20, 1500);
    }

    private void crash(int kills, int spreadMillis) throws Exception {
        Random seeded = new Random(kills);
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile file = office.publish("crash.bin", LENGTH);
            Device device = office.device();
            int killed = 0;
            while (killed < kills) {
                Running get = device.get(file);
                if (get.endsWithin(Duration.ofMillis(1500 + seeded.nextInt(spreadMillis)))) {
                    break;
                }
                get.kill();
                killed++;
            }
            long partly = office.origin().sent(file.name());
            Fetched rest = Fetched.await(device, file, device.get(file), PATIENCE);
            long twice = office.origin().sent(file.name()) - LENGTH;
            System.out.printf(
                    "%d kills: %d bytes sent before the last start, %d fetched after it, %d sent twice, %d allowed%n",
                    killed, partly, rest.bytes(), twice, killed * PER_KILL);
            assertThat(killed).as("kills before the download was done").isGreaterThanOrEqualTo(kills / 2);
            assertThat(twice).isLessThanOrEqualTo(killed * PER_KILL);
        }
    }
}
