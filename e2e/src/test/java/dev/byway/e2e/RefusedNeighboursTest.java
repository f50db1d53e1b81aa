package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Devices of a fleet that a gate keeps from sharing: each beside a neighbour that has the file, each time the bytes come from the
 * origin, and {@code why --json} names the gate and the setting. Devices that nothing holds back take it from the neighbour.
 */
@Tag("netns")
class RefusedNeighboursTest {
    private static final int LENGTH = 8 << 20;
    private static final int SMALL = 512 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path home;

    private static Office office;
    private static FleetService fleet;
    private static PublishedFile file;
    private static PublishedFile small;
    private static Device neighbour;
    private static final List<Device> DEVICES = new ArrayList<>();
    private static Device unbound;
    private static Device modeZero;
    private static Device modeSimple;
    private static Device otherGroup;
    private static Device weak;
    private static Device upstairs;
    private static Device upstairsRestricted;

    @BeforeAll
    static void open() throws Exception {
        office = Office.open(home, new Lab.Speed(200, 100));
        fleet = office.fleet("site.prefixes=office=10.77.0.0/16");
        file = office.publish("file.bin", LENGTH);
        small = office.publish("small.bin", SMALL);
        neighbour = add(office.device());
        unbound = add(office.device());
        modeZero = add(office.device("DODownloadMode=0"));
        modeSimple = add(office.device("DODownloadMode=99"));
        otherGroup = add(office.device("DODownloadMode=2", "DOGroupId=blue"));
        weak = add(office.device("DOMinRAMAllowedToPeer=100000 GB"));
        upstairs = add(office.deviceOn(1));
        upstairsRestricted = add(office.deviceOn(1, "DORestrictPeerSelectionBy=1"));
        fleet.admit(DEVICES);
        neighbour.startAgent();
        fetch(neighbour, file);
        fetch(neighbour, small);
    }

    private static Device add(Device device) {
        DEVICES.add(device);
        return device;
    }

    @AfterAll
    static void close() {
        if (fleet != null) {
            fleet.close();
        }
        if (office != null) {
            office.close();
        }
    }

    private static Fetched fetch(Device device, PublishedFile what) throws Exception {
        return Fetched.await(device, what, device.get(what), PATIENCE);
    }

    /** Everything comes from the origin, and this is why. */
    private static JsonNode refused(Device device, PublishedFile what, String code, String setting) throws Exception {
        Fetched fetched = fetch(device, what);
        assertThat(fetched.origin()).as("%s", fetched.report()).isEqualTo(what.length());
        JsonNode why = device.why(what);
        for (JsonNode reason : why.path("reasons")) {
            if (reason.path("code").asString("").equals(code)) {
                assertThat(reason.path("setting").asString("")).as("%s", why).isEqualTo(setting);
                System.out.println(reason);
                return reason;
            }
        }
        throw new AssertionError(code + " is not told: " + why);
    }

    @Test
    void whomNothingHoldsBackTakesItFromItsNeighbour() throws Exception {
        assertThat(fetch(unbound, file).lan()).isGreaterThan(LENGTH / 2);
    }

    @Test
    void modeZeroUsesNoPeersAndMakesNoLinks() throws Exception {
        modeZero.startAgent();
        refused(modeZero, file, "MODE_HTTP_ONLY", "DODownloadMode");
        quiet(modeZero);
    }

    @Test
    void mode99UsesNoPeersAndNoCoordinator() throws Exception {
        modeSimple.startAgent();
        refused(modeSimple, file, "MODE_SIMPLE", "DODownloadMode");
        quiet(modeSimple);
        assertThat(modeSimple.status().path("coordinator").isNull()).isTrue();
    }

    private static void quiet(Device device) {
        JsonNode status = device.status();
        assertThat(status.path("links")).isEmpty();
        assertThat(status.path("peerPort").path("port").asInt()).isZero();
        assertThat(device.host().exec("ss", "-Htulnp")).doesNotContain(":7680", ":5353");
        assertThat(neighbour.status().path("links").toString())
                .doesNotContain(device.host().address());
    }

    @Test
    void anotherGroupInModeTwoIsNoPeer() throws Exception {
        otherGroup.startAgent();
        JsonNode reason = refused(otherGroup, file, "MODE_GROUP_ONLY", "DOGroupId");
        assertThat(reason.path("source").asString("")).endsWith(":7680"); // by IPv4 or IPv6
        Running why = otherGroup.run("why");
        assertThat(why.awaitEnd(PATIENCE)).as(why::errors).isZero();
        System.out.println(why.output());
        assertThat(why.output().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(otherGroup.why(file).path("reasons").toString())
                .contains("NO_PEER_FOUND", "1 in another match group, or in none (DOGroupId)");
    }

    @Test
    void aDeviceWithTooLittleMemoryUsesNoPeers() throws Exception {
        refused(weak, file, "RAM_BELOW_MINIMUM", "DOMinRAMAllowedToPeer");
    }

    @Test
    void aFileUnderTheMinimumIsNotShared() throws Exception {
        refused(unbound, small, "CONTENT_TOO_SMALL", "DOMinFileSizeToCache");
    }

    @Test
    void anotherSubnetOfTheSiteIsUsedUnlessASettingForbidsIt() throws Exception {
        assertThat(fetch(upstairs, file).lan()).isGreaterThan(LENGTH / 2);
        JsonNode reason = refused(upstairsRestricted, file, "OTHER_SUBNET", "DORestrictPeerSelectionBy");
        assertThat(reason.path("source").asString(""))
                .isEqualTo(neighbour.host().address() + ":7680");
    }
}
