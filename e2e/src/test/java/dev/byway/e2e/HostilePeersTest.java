package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.swarm.Neighbours;
import dev.byway.e2e.hostile.HostileDevice;
import dev.byway.e2e.hostile.Misbehaviour;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the neighbours is an enemy. Whatever it does, what is stored and delivered is right, the delay is bounded, and {@code
 * byway why} names it.
 */
@Tag("netns")
class HostilePeersTest {
    private static final int LENGTH = 16 << 20;
    private static final Lab.Speed SPEED = new Lab.Speed(50, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What the rules let one liar cost: two strikes of a silence (5 s), a stall (2 s) or a lease (15 s), and as much again. */
    private static final double COST = 2 * 2 * (5 + 2 + 15);

    @TempDir
    Path home;

    @Test
    void wrongBytesAreNeitherStoredNorDelivered() throws Exception {
        meet(Misbehaviour.WRONG_BYTES, ReasonCode.PEER_SENT_BAD_BYTES, "asked");
    }

    @Test
    @Tag("long")
    void aPoisonerIsNotBelievedUnderNewKeys() throws Exception {
        long wasted = meet(Misbehaviour.WRONG_BYTES_AGAIN, ReasonCode.PEER_SENT_BAD_BYTES, "asked");
        assertThat(wasted).as("bytes that came in vain").isLessThan(LENGTH);
    }

    @Test
    void piecesThatNeverComeAreTakenElsewhere() throws Exception {
        meet(Misbehaviour.NEVER_SENDS, ReasonCode.PEER_CLAIMED_NEVER_SENT, "asked");
    }

    @Test
    @Tag("long")
    void aPeerThatIsAlwaysBusyHoldsNobodyUp() throws Exception {
        meet(Misbehaviour.ALWAYS_BUSY, ReasonCode.PEER_BUSY, "asked");
    }

    @Test
    @Tag("long")
    void aTrickleHoldsNobodyUp() throws Exception {
        meet(Misbehaviour.TRICKLES, ReasonCode.PEER_TOO_SLOW, "asked");
    }

    @Test
    void falseIntentsDelayAndDoNoMore() throws Exception {
        meet(Misbehaviour.FALSE_INTENTS, ReasonCode.PEER_BROKE_LEASE, "linked");
    }

    @Test
    @Tag("long")
    void garbageInTheMiddleOfATransferEndsTheLink() throws Exception {
        meet(Misbehaviour.GARBAGE, ReasonCode.PEER_BROKE_PROTOCOL, "asked");
    }

    @Test
    @Tag("long")
    void aPeerThatHangsUpInTheMiddleOfATransferCostsLittle() throws Exception {
        meet(Misbehaviour.HANGS_UP, ReasonCode.PEER_GONE, "asked");
    }

    @Test
    @Tag("long")
    void aFrameOfTwoGigabytesEndsTheLink() throws Exception {
        meet(Misbehaviour.OVERSIZE, ReasonCode.PEER_BROKE_PROTOCOL, "asked");
    }

    @Test
    @Tag("long")
    void aFloodOfFramesEndsTheLink() throws Exception {
        meet(Misbehaviour.FLOODS, ReasonCode.PEER_BROKE_PROTOCOL, "linked");
    }

    /** A certificate of the fleet makes nobody honest. */
    @Test
    void aTraitorInTheFleetIsFoundOutToo() throws Exception {
        try (Office office = Office.open(home, SPEED);
                FleetService fleet = office.fleet()) {
            List<Device> devices = office.devices(2);
            Device enemy = office.device();
            fleet.admit(List.of(devices.get(0), devices.get(1), enemy));
            meet(office, devices, enemy, Misbehaviour.WRONG_BYTES, ReasonCode.PEER_SENT_BAD_BYTES, "asked");
        }
    }

    private long meet(Misbehaviour misbehaviour, ReasonCode code, String proof) throws IOException {
        try (Office office = Office.open(home, SPEED)) {
            return meet(office, office.devices(2), office.device(), misbehaviour, code, proof);
        }
    }

    /** The same office takes one file in peace and another beside the enemy; the bytes that came in vain. */
    private static long meet(
            Office office, List<Device> devices, Device foe, Misbehaviour misbehaviour, ReasonCode code, String proof)
            throws IOException {
        Host enemy = foe.host();
        Office.start(devices);
        List<Fetched> calm = fetch(devices, office.publish("calm.bin", LENGTH));
        PublishedFile file = office.publish("file.bin", LENGTH + 1);
        Running hostile = enemy.spawn(HostileDevice.command(foe.state(), misbehaviour, file.path()));
        hostile.awaitLine("ready ", PATIENCE);
        hostile.awaitLine("linked ", PATIENCE);
        List<Fetched> beside = fetch(devices, file);
        System.out.printf(
                "%s: %.1f s without it, %.1f s beside it; %d bytes in vain, origin sent %.2f × the file; it said %s%n",
                misbehaviour,
                slowest(calm),
                slowest(beside),
                beside.stream().mapToLong(Fetched::wasted).sum(),
                (double) office.origin().sent(file.name()) / file.length(),
                deeds(hostile));
        assertThat(deeds(hostile)).as("what the enemy did").contains(proof);
        assertThat(slowest(beside)).isLessThan(2 * slowest(calm) + COST);
        assertThat(named(devices, file))
                .as("what why says of it")
                .containsAnyElementsOf(addresses(enemy).map(a -> code + " " + a).toList());
        devices.forEach(HostilePeersTest::verify);
        return beside.stream().mapToLong(Fetched::wasted).sum();
    }

    private static List<Fetched> fetch(List<Device> devices, PublishedFile file) throws IOException {
        List<Running> gets = devices.stream().map(device -> device.get(file)).toList();
        List<Fetched> all = new ArrayList<>();
        for (int i = 0; i < gets.size(); i++) {
            all.add(Fetched.await(devices.get(i), file, gets.get(i), PATIENCE));
        }
        return all;
    }

    private static double slowest(List<Fetched> all) {
        return all.stream().mapToDouble(Fetched::seconds).max().orElseThrow();
    }

    /** The enemy's log, each deed with how often. */
    private static String deeds(Running hostile) {
        return hostile.output()
                .lines()
                .map(line -> line.replaceFirst(" [^ ]*$", ""))
                .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()))
                .toString();
    }

    /** Codes and addresses, of all devices. */
    private static List<String> named(List<Device> devices, PublishedFile file) {
        return devices.stream()
                .flatMap(device -> {
                    Running why = device.run("why", file.url().toString(), "--json");
                    assertThat(why.awaitEnd(PATIENCE)).as(why::errors).isZero();
                    JsonNode reasons = MAPPER.readTree(why.output()).path("reasons");
                    return StreamSupport.stream(reasons.spliterator(), false);
                })
                .map(reason -> reason.path("code").asString() + " "
                        + reason.path("source").asString("").replaceFirst("(%[^:]*)?:[0-9]+$", ""))
                .toList();
    }

    private static Stream<String> addresses(Host host) {
        JsonNode links = MAPPER.readTree(host.exec("ip", "-j", "addr"));
        return links.findValuesAsString("local").stream()
                .map(InetAddress::ofLiteral)
                .map(address -> Neighbours.name(address, 0).replaceFirst(":0$", ""));
    }

    private static void verify(Device device) {
        Running verify = device.run("cache", "verify");
        assertThat(verify.awaitEnd(PATIENCE))
                .as(() -> verify.output() + verify.errors())
                .isZero();
    }
}
