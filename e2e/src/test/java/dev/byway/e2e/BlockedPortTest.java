package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Devices whose peer port cannot be reached, or had. */
@Tag("netns")
class BlockedPortTest {
    private static final int PORT = 7680;
    private static final int LENGTH = 16 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(100, 50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    @Test
    void oneOpenPortOfTwoIsEnoughToGive() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            share(office, Optional.empty(), 0);
        }
    }

    @Test
    void oneOpenPortOfTwoIsEnoughToTake() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            share(office, Optional.empty(), 1);
        }
    }

    @Test
    void inAFleetOneOpenPortOfTwoIsEnoughToGive() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            share(office, Optional.of(fleet), 0);
        }
    }

    @Test
    void inAFleetOneOpenPortOfTwoIsEnoughToTake() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            share(office, Optional.of(fleet), 1);
        }
    }

    private static void share(Office office, Optional<FleetService> fleet, int blocked) throws Exception {
        PublishedFile file = office.publish("file.bin", LENGTH);
        List<Device> devices = devices(office, fleet, Set.of(blocked));
        Device first = devices.getFirst();
        Fetched.await(first, file, first.get(file), PATIENCE);
        if (blocked == 0 && fleet.isEmpty()) { // else no link before the second device wants something, and so dials
            first.awaitStatus(status -> !status.path("links").isEmpty());
        }
        Device second = devices.getLast();
        Fetched fetched = Fetched.await(second, file, second.get(file), PATIENCE);
        System.out.printf(
                "inbound %d dropped on device %d%s: %d of %d bytes from the LAN%n",
                PORT, blocked + 1, fleet.isPresent() ? " of a fleet" : "", fetched.lan(), LENGTH);
        // Where the first device has to be asked to dial, the origin may have begun; without a fleet there was a link
        // before.
        long least = fleet.isPresent() ? LENGTH / 2 : LENGTH * 99L / 100;
        assertThat(fetched.lan()).as("%s", fetched.report()).isGreaterThanOrEqualTo(least);
    }

    @Test
    void withBothPortsBlockedTheOriginServesAndWhySaysSo() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
            shareNothing(office, Optional.empty());
        }
    }

    @Test
    void inAFleetWithBothPortsBlockedTheOriginServesAndWhySaysSo() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            shareNothing(office, Optional.of(fleet));
        }
    }

    private static void shareNothing(Office office, Optional<FleetService> fleet) throws Exception {
        PublishedFile file = office.publish("file.bin", LENGTH);
        List<Device> devices = devices(office, fleet, Set.of(0, 1));
        Device first = devices.getFirst();
        Fetched.await(first, file, first.get(file), PATIENCE);
        Device second = devices.getLast();
        Fetched fetched = Fetched.await(second, file, second.get(file), PATIENCE);
        assertThat(fetched.origin()).isEqualTo(LENGTH);
        Running why = second.run("why", file.url().toString());
        assertThat(why.awaitEnd(PATIENCE)).as(why::errors).isZero();
        System.out.println(
                "both ports blocked" + (fleet.isPresent() ? " in a fleet" : "") + ": why says\n" + why.output());
        assertThat(why.output()).contains("PEER_UNREACHABLE", first.host().address() + ":" + PORT, "peer.port");
    }

    private static List<Device> devices(Office office, Optional<FleetService> fleet, Set<Integer> blocked) {
        List<Device> devices = fleet.isPresent() ? office.devices(2, "lan.discovery=off") : office.devices(2);
        blocked.forEach(index -> devices.get(index).host().block(Host.Direction.IN, PORT));
        fleet.ifPresent(service -> service.admit(devices));
        Office.start(devices);
        return devices;
    }

    @Test
    void anAgentWhosePortIsTakenRunsOutboundOnlyAndSaysSo() throws Exception {
        try (Office office = Office.open(home, SPEED)) {
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
