package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who serves goes away in the middle of a download. */
@Tag("netns")
class LossTest {
    private static final int LENGTH = 30 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(20, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path home;

    @Test
    void aDownloadEndsWithoutTheOriginWhenTheNeighboursHaveAll() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile file = office.publish("file.bin", LENGTH);
            List<Device> devices = office.devices(2);
            Office.start(devices);
            Running get = secondStarts(devices, file);
            office.origin().close();
            Fetched fetched = Fetched.await(devices.getLast(), file, get, PATIENCE);
            System.out.printf("origin killed: %d of %d bytes from the LAN%n", fetched.lan(), LENGTH);
            assertThat(fetched.lan()).isGreaterThanOrEqualTo(LENGTH * 9L / 10);
        }
    }

    @Test
    void aDownloadEndsFromTheOriginWhenTheNeighbourDies() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile file = office.publish("file.bin", LENGTH);
            List<Device> devices = office.devices(2);
            List<Running> agents = Office.start(devices);
            Running get = secondStarts(devices, file);
            agents.getFirst().kill();
            Fetched fetched = Fetched.await(devices.getLast(), file, get, PATIENCE);
            System.out.printf(
                    "neighbour killed: %d bytes from it, %d from the origin, %.1f s%n",
                    fetched.lan(), fetched.origin(), fetched.seconds());
            assertThat(fetched.lan()).isPositive();
            assertThat(fetched.origin()).isPositive();
        }
    }

    /** The first device has all; the second is in the middle of taking it. */
    private static Running secondStarts(List<Device> devices, PublishedFile file) throws Exception {
        Device first = devices.getFirst();
        Device second = devices.getLast();
        Fetched.await(first, file, first.get(file), PATIENCE);
        second.awaitStatus(status -> !status.path("links").isEmpty());
        long moment = second.host().received() + LENGTH / 4;
        Running get = second.get(file);
        boolean ended = get.endsBefore(() -> second.host().received() > moment, PATIENCE);
        assertThat(ended).as("done before a quarter had come").isFalse();
        return get;
    }

    @Test
    void aCoordinatorThatDiesStopsNoDownload() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            PublishedFile file = office.publish("file.bin", LENGTH);
            List<Device> devices = office.devices(3, "lan.discovery=off");
            fleet.admit(devices);
            Office.start(devices);
            Device first = devices.getFirst();
            long moment = first.host().received() + LENGTH / 4;
            List<Running> gets =
                    devices.stream().map(device -> device.get(file)).toList();
            boolean ended = gets.getFirst().endsBefore(() -> first.host().received() > moment, PATIENCE);
            assertThat(ended).as("done before a quarter had come").isFalse();
            fleet.kill();
            List<Fetched> all = new ArrayList<>();
            for (int i = 0; i < gets.size(); i++) {
                all.add(Fetched.await(devices.get(i), file, gets.get(i), PATIENCE));
            }
            double ratio = (double) office.origin().sent(file.name()) / LENGTH;
            System.out.printf(
                    "coordinator killed: origin sent %.3f × the file, last of 3 after %.1f s%n",
                    ratio, all.stream().mapToDouble(Fetched::seconds).max().orElseThrow());
            assertThat(ratio).as("what the origin sent, in files").isLessThan(1.5);
        }
    }
}
