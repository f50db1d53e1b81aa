package dev.byway.core.discovery;

import static dev.byway.core.discovery.DeviceUnderTest.LINK;
import static dev.byway.core.discovery.Packets.DEVICE;
import static dev.byway.core.discovery.Packets.goodbye;
import static dev.byway.core.discovery.Packets.instance;
import static dev.byway.core.discovery.Packets.ip;
import static dev.byway.core.discovery.Packets.presence;
import static dev.byway.core.discovery.Packets.query;
import static dev.byway.core.discovery.Packets.response;
import static dev.byway.core.discovery.Packets.services;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attacks that anybody on the link, or beyond it, can try. */
class HostileLinkTest {
    private static final String VICTIM = "192.0.2.66";

    private final DeviceUnderTest device = DeviceUnderTest.onOneLink();

    @Test
    void attackDnsSdToAForeignAddressIsNotDialled() {
        device.hears("192.0.2.7", presence(instance(7), 443, "203.0.113.5"));
        device.hears("192.0.2.8", presence(instance(8), 443, "203.0.113.5", "2001:db8::5", "127.0.0.1", "0.0.0.0"));
        device.hears(
                "192.0.2.9", presence(instance(9), 7680, "203.0.113.5", "192.0.2.9", "224.0.0.251", "192.0.2.255"));

        assertThat(device.near()).containsExactly(instance(9));
        assertThat(device.appeared().getFirst().addresses())
                .containsExactly(new InetSocketAddress(ip("192.0.2.9"), 7680));
    }

    @Test
    void aPacketFromBeyondTheLinkIsNotHeard() {
        device.hears("203.0.113.5", presence(instance(7), 7680, "192.0.2.7"));
        device.hears(LINK + 1, "192.0.2.7", 5353, presence(instance(7), 7680, "192.0.2.7"));

        assertThat(device.sightings).isEmpty();
    }

    @Test
    void aPacketFromAnotherPortIsNeitherBelievedNorAnswered() {
        device.pass(Duration.ofSeconds(10));
        device.sent.clear();
        device.hears(LINK, "192.0.2.7", 5354, presence(instance(7), 7680, "192.0.2.7"));
        device.hears(LINK, "192.0.2.7", 5354, query(Duration.ZERO));
        device.pass(Duration.ofSeconds(2));

        assertThat(device.sightings).isEmpty();
        assertThat(device.announcements()).isEmpty();
    }

    @Test
    void attack20000ForgedServicesAimAFewDialsAtOneVictim() {
        for (int i = 1; i <= 20_000; i++) {
            device.hears("192.0.2." + (2 + i % 250), presence(instance(i), 1 + i % 60_000, VICTIM));
            device.pass(Duration.ofMillis(2));
        }

        assertThat(device.appeared()).hasSizeLessThanOrEqualTo(DiscoveryLimits.PER_TARGET * 2);
        assertThat(device.near()).hasSizeLessThanOrEqualTo(DiscoveryLimits.PER_TARGET);
    }

    /** Comes, goes, moves and changes as fast as it can, from as many addresses as it likes. */
    @Test
    void attackComingAndGoingAimsNoMoreDialsAtOneVictim() {
        Random random = new Random(7);
        List<Duration> dials = new ArrayList<>();
        for (int i = 0; i < 15_000; i++) {
            String source = "192.0.2." + (2 + random.nextInt(20));
            String instance = instance(1 + random.nextInt(40));
            int port = 1 + random.nextInt(60_000);
            String address = random.nextBoolean() ? VICTIM : source;
            device.hears(
                    source,
                    switch (random.nextInt(6)) {
                        case 0 -> goodbye(instance, port, address);
                        case 1, 2 -> moved(instance);
                        case 3 -> presence(instance, 7680, VICTIM);
                        default -> presence(instance, port, Duration.ofSeconds(random.nextInt(200)), address);
                    });
            int before = device.sightings.size();
            device.pass(Duration.ofMillis(5));
            assertThat(device.sightings.subList(before, device.sightings.size()))
                    .allMatch(sighting -> sighting instanceof Sighting.Gone);
            device.appeared().stream()
                    .filter(neighbour -> neighbour.addresses().stream()
                            .anyMatch(at -> at.getAddress().equals(ip(VICTIM))))
                    .forEach(_ -> dials.add(device.now.since(Moment.ZERO)));
            device.sightings.clear();
        }

        assertThat(dials).hasSizeGreaterThan(DiscoveryLimits.PER_TARGET);
        for (int i = DiscoveryLimits.PER_TARGET; i < dials.size(); i++) {
            assertThat(dials.get(i).minus(dials.get(i - DiscoveryLimits.PER_TARGET)))
                    .as("time between a dial and the %dth after it", DiscoveryLimits.PER_TARGET)
                    .isGreaterThanOrEqualTo(DiscoveryLimits.CHANGE_GAP);
        }
    }

    @Test
    void takingAnAddressBackAndSayingItAgainIsNoWayAround() {
        for (int i = 0; i < 600; i++) {
            device.hears("192.0.2.7", presence(instance(7), 7680, VICTIM));
            device.hears("192.0.2.7", moved(instance(7)));
            device.pass(Duration.ofMillis(100));
        }
        assertThat(device.appeared()).hasSizeBetween(1, 2);
    }

    /** Takes back where it is, to say the same again. */
    private static ByteBuffer moved(String instance) {
        DnsName service = ServiceNames.service(instance);
        return response(
                List.of(new DnsRecord.Srv(service, DiscoveryLimits.TTL, true, 7680, DnsName.of("elsewhere", "local"))));
    }

    @Test
    void oneSenderIsOneOfSixteenAtMost() {
        IntStream.rangeClosed(1, 100)
                .forEach(i -> device.hears("192.0.2.7", presence(instance(i), 7680, "192.0.2." + (100 + i))));

        assertThat(device.near()).hasSize(DiscoveryLimits.PER_SOURCE);
        device.hears("192.0.2.8", presence(instance(8_000), 7680, "192.0.2.8"));
        assertThat(device.near()).contains(instance(8_000));
    }

    @Test
    void noMoreThan512NeighboursAreRemembered() {
        DeviceUnderTest wide = DeviceUnderTest.onOneLink();
        wide.linkUp(new Link(2, "wide", List.of(new LinkAddress(ip("10.0.0.1"), 8)), List.of(ip("10.0.0.1"))));
        for (int i = 0; i < 5_000; i++) {
            String host = "10.1." + i / 200 + "." + (1 + i % 200);
            wide.hears(2, host, 5353, presence(instance(1 + i), 7680, host));
            wide.pass(Duration.ofMillis(2));
        }

        assertThat(wide.near()).hasSize(DiscoveryLimits.NEIGHBOURS);
    }

    @Test
    void fourAddressesOfAServiceAreTaken() {
        device.hears(
                "192.0.2.7",
                presence(
                        instance(7),
                        7680,
                        IntStream.rangeClosed(10, 100)
                                .mapToObj(i -> "192.0.2." + i)
                                .toArray(String[]::new)));

        assertThat(device.appeared().getFirst().addresses()).hasSize(DiscoveryLimits.ADDRESSES);
    }

    @Test
    void anotherHostCannotMoveOrWithdrawAService() {
        device.hears("192.0.2.7", presence(instance(7), 7680, "192.0.2.7"));
        device.pass(Duration.ofSeconds(31));
        device.hears("192.0.2.8", goodbye(instance(7), 7680, "192.0.2.7"));
        device.hears("192.0.2.8", presence(instance(7), 22, VICTIM));

        assertThat(device.sightings).hasSize(1);
    }

    @Test
    void nobodyElseSendsThisDeviceToOneOfItsOwnPorts() {
        device.hears("192.0.2.7", presence(instance(7), 22, "192.0.2.1"));
        assertThat(device.sightings).isEmpty();
    }

    @Test
    void packetsBeyondTheBudgetAreNotLookedAt() {
        for (int i = 0; i < DiscoveryLimits.PACKET_BURST; i++) {
            device.hears("192.0.2.7", query(Duration.ZERO));
        }
        device.hears("192.0.2.8", presence(instance(8), 7680, "192.0.2.8"));
        assertThat(device.sightings).isEmpty();

        device.pass(Duration.ofSeconds(1));
        device.hears("192.0.2.8", presence(instance(8), 7680, "192.0.2.8"));
        assertThat(device.near()).containsExactly(instance(8));
    }

    @Test
    void aFloodOnOneLinkDoesNotDeafenAnother() {
        device.linkUp(Packets.link(2, "198.51.100.1"));
        for (int i = 0; i < 2 * DiscoveryLimits.PACKET_BURST; i++) {
            device.hears("192.0.2.7", query(Duration.ZERO));
        }
        device.hears(2, "198.51.100.8", 5353, presence(instance(8), 7680, "198.51.100.8"));

        assertThat(device.near()).containsExactly(instance(8));
    }

    @Test
    void incompleteServicesMakeAtMostOneQueryASecondAndSmallOnes() {
        device.pass(Duration.ofSeconds(200));
        device.sent.clear();
        for (int i = 1; i <= 2_000; i++) {
            device.hears(
                    "192.0.2." + (2 + i % 250),
                    response(services(instance(i), 7680, DiscoveryLimits.TTL, Map.of("v", "1", "id", DEVICE))));
            device.pass(Duration.ofMillis(5));
        }

        assertThat(device.queries()).hasSizeLessThanOrEqualTo(11);
        assertThat(device.queries())
                .allSatisfy(
                        query -> assertThat(query.message().encode().length()).isLessThanOrEqualTo(1472));
    }

    @Test
    void aLifetimeOfAgesIsCutToTwoMinutes() {
        device.hears("192.0.2.7", presence(instance(7), 7680, Duration.ofSeconds(0xffff_ffffL), "192.0.2.7"));
        device.pass(DiscoveryLimits.TTL);
        assertThat(device.near()).isEmpty();
    }
}
