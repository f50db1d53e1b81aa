package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Devices whose peer port cannot be reached, or had. */
@Tag("netns")
@Tag("long")
class BlockedPortTest {
    private static final int PORT = 7680;
    private static final int LENGTH = 8 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    @Test
    void oneOpenPortOfTwoIsEnoughToGive() throws Exception {
        share(0);
    }

    @Test
    void oneOpenPortOfTwoIsEnoughToTake() throws Exception {
        share(1);
    }

    private void share(int blocked) throws Exception {
        try (Office office = Office.open(home, new Lab.Speed(100, 50))) {
            PublishedFile file = office.publish("file.bin", LENGTH);
            List<Device> devices = office.devices(2);
            devices.get(blocked).host().block(Host.Direction.IN, PORT);
            Office.start(devices);
            Device first = devices.getFirst();
            Fetched.await(first, file, first.get(file), PATIENCE);
            if (blocked == 0) { // else no link before the second device wants something, and so dials
                first.awaitStatus(status -> !status.path("links").isEmpty());
            }
            Device second = devices.getLast();
            Fetched fetched = Fetched.await(second, file, second.get(file), PATIENCE);
            System.out.printf(
                    "inbound %d dropped on device %d: %d of %d bytes from the LAN%n",
                    PORT, blocked + 1, fetched.lan(), LENGTH);
            assertThat(fetched.lan()).as("%s", fetched.report()).isGreaterThanOrEqualTo(LENGTH * 99L / 100);
        }
    }

    @Test
    void anAgentWhosePortIsTakenRunsOutboundOnlyAndSaysSo() throws Exception {
        try (Office office = Office.open(home, new Lab.Speed(100, 50))) {
            Device holder = office.device();
            holder.startAgent();
            Device other = new Device(holder.host(), home.resolve("other"), holder.settings());
            Running agent = other.startAgent();
            assertThat(agent.output()).contains("no port (outbound only)");
            JsonNode port = other.status().path("peerPort");
            assertThat(port.path("port").asInt()).isZero();
            assertThat(port.path("note").asString("")).contains("port " + PORT + " is taken", "peer.port");
        }
    }
}
