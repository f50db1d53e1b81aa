package dev.byway.e2e.bench;

import dev.byway.e2e.Crowd;
import dev.byway.e2e.Device;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.Processors;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An office of 8 that wants 50 MiB at once: the last device's time over the time that the file needs on the uplink. */
@Tag("netns")
class FlashCrowdBench {
    private static final int DEVICES = 8;
    private static final int LENGTH = 50 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(50, 20);

    @TempDir
    Path home;

    @Test
    void withDiscovery() throws IOException {
        try (Office office = Office.open(home, SPEED)) {
            List<Device> devices = office.devices(DEVICES);
            Office.start(devices);
            run("discovery", office, devices);
        }
    }

    @Test
    void withCoordinator() throws IOException {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            List<Device> devices = office.devices(DEVICES, "lan.discovery=off");
            fleet.admit(devices);
            Office.start(devices);
            run("coordinator", office, devices);
        }
    }

    /** Twice with the same agents: the first time their code is not compiled yet. */
    private static void run(String how, Office office, List<Device> devices) throws IOException {
        for (String state : List.of("agents just started", "agents warm")) {
            PublishedFile file = office.publish(state.replace(' ', '-') + ".bin", LENGTH);
            Processors before = Processors.now();
            Crowd crowd = Crowd.fetch(office, SPEED, file, devices);
            System.out.println("bench: flash crowd, 50 and 20 Mbit/s, 50 MiB, " + how + ", " + state + ": " + crowd
                    + "; " + Processors.now().since(before));
        }
    }
}
