package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An office whose devices all want the same file at the same time, through one thin uplink. */
@Tag("netns")
@Tag("alone")
class FlashCrowdTest {
    private static final int DEVICES = 8;
    private static final int LENGTH = 50 << 20;
    private static final int WARM_UP = 8 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(50, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path home;

    @Test
    void devicesThatFindEachOtherFetchTheFileOnceAndALateOneNothing() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            PublishedFile file = office.publish("crowd.bin", LENGTH);
            List<Device> devices = office.devices(DEVICES);
            Office.start(devices);
            crowd("discovery", office, file, devices);
            late(office, file, office.device());
        }
    }

    @Test
    void devicesOfAFleetFetchTheFileOnceWithoutMulticast() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            PublishedFile file = office.publish("crowd.bin", LENGTH);
            List<Device> devices = office.devices(DEVICES, "lan.discovery=off");
            fleet.admit(devices);
            Office.start(devices);
            crowd("coordinator", office, file, devices);
        }
    }

    /**
     * The promise is 1.10 copies. Where two cores carry 16 Java programs it says more about them than about the rules; then
     * the crowd must still be far from a copy each.
     */
    private static void crowd(String how, Office office, PublishedFile file, List<Device> devices) throws IOException {
        Crowd.fetch(office, SPEED, office.publish("warm-up.bin", WARM_UP), devices);
        Processors before = Processors.now();
        Crowd crowd = Crowd.fetch(office, SPEED, file, devices);
        Processors after = Processors.now();
        System.out.println("flash crowd (" + how + "): " + crowd + "; " + after.since(before));
        assertThat(crowd.copies())
                .as("what the origin sent, in files; %s", after.since(before))
                .isLessThanOrEqualTo(after.boundSince(before) ? 1.5 : 1.10);
    }

    private static void late(Office office, PublishedFile file, Device device) throws IOException {
        long before = office.origin().sent(file.name());
        device.startAgent();
        Fetched fetched = Fetched.await(device, file, device.get(file), PATIENCE);
        System.out.printf(
                "late device: %.1f s, %d of %d bytes from the LAN%n", fetched.seconds(), fetched.lan(), file.length());
        assertThat(fetched.lan()).as("%s", fetched.report()).isGreaterThanOrEqualTo(LENGTH * 99L / 100);
        assertThat(office.origin().sent(file.name()) - before).isLessThanOrEqualTo(LENGTH / 100);
    }
}
