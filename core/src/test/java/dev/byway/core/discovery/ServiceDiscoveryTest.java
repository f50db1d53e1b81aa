package dev.byway.core.discovery;

import static dev.byway.core.discovery.DeviceUnderTest.LINK;
import static dev.byway.core.discovery.Packets.DEVICE;
import static dev.byway.core.discovery.Packets.goodbye;
import static dev.byway.core.discovery.Packets.instance;
import static dev.byway.core.discovery.Packets.ip;
import static dev.byway.core.discovery.Packets.link;
import static dev.byway.core.discovery.Packets.presence;
import static dev.byway.core.discovery.Packets.query;
import static dev.byway.core.discovery.Packets.response;
import static dev.byway.core.discovery.Packets.services;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.discovery.DeviceUnderTest.Sent;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceDiscoveryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void announcesAtOnceAndASecondLaterAndThenIsSilent() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofMinutes(30));

        assertThat(device.announcements()).extracting(Sent::at).containsExactly(Moment.ZERO, Moment.ZERO.plus(SECOND));
        assertThat(device.announcements().getFirst().message().answers())
                .containsAll(services(instance(0), 7680, DiscoveryLimits.TTL, Map.of("v", "1", "id", DEVICE)))
                .contains(new DnsRecord.Address(
                        ServiceNames.host(instance(0)), DiscoveryLimits.TTL, true, ip("192.0.2.1")));
    }

    @Test
    void asksAtOnceThenLessAndLessOftenUntilOnceAMinute() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofMinutes(5));

        List<Moment> times = device.queries().stream().map(Sent::at).toList();
        List<Long> nominal = List.of(0L, 1L, 4L, 13L, 40L, 100L, 160L, 220L, 280L);
        for (int i = 0; i < times.size(); i++) {
            double seconds = times.get(i).nanos() / 1e9;
            assertThat(seconds).isBetween(nominal.get(i) * 1.0, nominal.get(i) * 1.1);
        }
        assertThat(times).hasSizeBetween(8, 9);
    }

    @Test
    void withoutAPortItOnlyLooks() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink(0);
        device.hears("192.0.2.7", query(Duration.ZERO));
        device.hears("192.0.2.7", presence(instance(7), 7680, "192.0.2.7"));
        device.pass(Duration.ofSeconds(100));
        device.stop();

        assertThat(device.announcements()).isEmpty();
        assertThat(device.queries()).isNotEmpty();
        assertThat(device.near()).containsExactly(instance(7));
    }

    @Test
    void aNeighbourAppearsWithItsFirstPacket() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));

        assertThat(device.sightings)
                .containsExactly(new Sighting.Appeared(new Neighbour(
                        instance(7), DEVICE, List.of(new InetSocketAddress(ip("192.0.2.7"), 7690)), "eth1")));
    }

    @Test
    void hearingTheSameAgainReportsNothing() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        for (int i = 0; i < 10; i++) {
            device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));
            device.pass(SECOND);
        }

        assertThat(device.sightings).hasSize(1);
    }

    @Test
    void aGoodbyeIsSeenAtOnce() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));
        device.hears("192.0.2.7", goodbye(instance(7), 7690, "192.0.2.7"));

        assertThat(device.sightings).last().isEqualTo(new Sighting.Gone(instance(7)));
    }

    @Test
    void saysGoodbyeWhenItStops() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.sent.clear();
        device.stop();

        DnsMessage goodbye = device.announcements().getFirst().message();
        assertThat(goodbye.answers()).allMatch(record -> record.ttl().isZero());
        assertThat(goodbye.answers())
                .anyMatch(record -> record instanceof DnsRecord.Ptr ptr
                        && ptr.name().equals(ServiceNames.SERVICE)
                        && ptr.target().equals(ServiceNames.service(instance(0))));
        assertThat(goodbye.answers()).noneMatch(record -> record.name().equals(ServiceNames.ALL_TYPES));
    }

    @Test
    void whoIsNotHeardIsAskedForByNameFourTimesAndThenGone() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(200));
        device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));
        Moment heard = device.now;
        device.sent.clear();

        device.pass(Duration.ofSeconds(119));
        DnsQuestion byName = new DnsQuestion(ServiceNames.service(instance(7)), DnsType.SRV, false);
        assertThat(device.queries())
                .filteredOn(packet -> packet.message().questions().contains(byName))
                .extracting(packet -> packet.at().since(heard).toSeconds() / 6)
                .as("in steps of 5 percent of the lifetime")
                .containsExactly(16L, 17L, 18L, 19L);
        assertThat(device.near()).containsExactly(instance(7));
        device.pass(SECOND);
        assertThat(device.near()).isEmpty();
    }

    @Test
    void whoAnswersStays() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));
        for (int minute = 0; minute < 60; minute++) {
            device.sent.clear();
            device.pass(Duration.ofMinutes(1).plus(Duration.ofSeconds(6)));
            assertThat(device.queries()).isNotEmpty();
            device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));
        }

        assertThat(device.sightings).hasSize(1);
    }

    @Test
    void aQuestionIsAnsweredWithinAFewTenthsOfASecondAndAtMostOnceASecond() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(10));
        device.sent.clear();
        Moment asked = device.now;
        for (int i = 0; i < 1000; i++) {
            device.hears("192.0.2.7", query(Duration.ZERO));
            device.pass(Duration.ofMillis(4));
        }

        List<Moment> times = device.announcements().stream().map(Sent::at).toList();
        assertThat(times.getFirst().since(asked)).isBetween(Duration.ofMillis(20), Duration.ofMillis(120));
        assertThat(times).hasSizeBetween(3, 4);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i).since(times.get(i - 1))).isGreaterThanOrEqualTo(SECOND);
        }
    }

    @Test
    void everyQuestionAboutItselfIsAnsweredAndNoOther() {
        DnsName service = ServiceNames.service(instance(0));
        DnsName host = ServiceNames.host(instance(0));
        assertThat(answers(ServiceNames.SERVICE, DnsType.PTR)).isTrue();
        assertThat(answers(ServiceNames.SERVICE, DnsType.ANY)).isTrue();
        assertThat(answers(ServiceNames.ALL_TYPES, DnsType.PTR)).isTrue();
        assertThat(answers(service, DnsType.SRV)).isTrue();
        assertThat(answers(service, DnsType.TXT)).isTrue();
        assertThat(answers(host, DnsType.A)).isTrue();
        assertThat(answers(host, DnsType.AAAA)).isTrue();
        assertThat(answers(host, DnsType.TXT)).isFalse();
        assertThat(answers(service, DnsType.A)).isFalse();
        assertThat(answers(ServiceNames.SERVICE, DnsType.A)).isFalse();
        assertThat(answers(ServiceNames.host(instance(1)), DnsType.A)).isFalse();
        assertThat(answers(DnsName.of("_http", "_tcp", "local"), DnsType.PTR)).isFalse();
    }

    private static boolean answers(DnsName name, int type) {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(10));
        device.sent.clear();
        device.hears("192.0.2.7", query(name, type, List.of()));
        device.pass(SECOND);
        return !device.announcements().isEmpty();
    }

    @Test
    void whoKnowsThisDeviceAlreadyGetsNoAnswer() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(10));
        device.sent.clear();
        device.hears("192.0.2.7", query(Duration.ofSeconds(60), instance(0)));
        device.pass(SECOND);
        assertThat(device.announcements()).isEmpty();

        device.hears("192.0.2.7", query(Duration.ofSeconds(59), instance(0)));
        device.pass(SECOND);
        assertThat(device.announcements()).hasSize(1);
    }

    @Test
    void aQueryNamesWhomItKnowsSoThatTheyNeedNotAnswer() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(39));
        device.hears("192.0.2.7", presence(instance(7), 7690, "192.0.2.7"));
        device.sent.clear();
        device.pass(Duration.ofSeconds(5));

        assertThat(device.queries().getFirst().message().answers())
                .singleElement()
                .isInstanceOfSatisfying(
                        DnsRecord.Ptr.class,
                        known -> assertThat(known.target()).isEqualTo(ServiceNames.service(instance(7))));
    }

    @Test
    void anotherDevicesQueryCountsAsOnesOwn() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(200));
        device.sent.clear();
        for (int i = 0; i < 20; i++) {
            device.hears("192.0.2.7", query(Duration.ZERO));
            device.pass(Duration.ofSeconds(50));
        }
        assertThat(device.queries()).isEmpty();
    }

    @Test
    void aQueryThatSilencesOneThatIsUnknownHereDoesNotCount() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(200));
        device.sent.clear();
        for (int i = 0; i < 4; i++) {
            device.hears("192.0.2.7", query(Duration.ofSeconds(110), instance(9)));
            device.pass(Duration.ofSeconds(50));
        }
        assertThat(device.queries()).isNotEmpty();
    }

    @Test
    void whatAPacketLacksIsAskedForAndThenTheNeighbourAppears() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.pass(Duration.ofSeconds(200));
        device.sent.clear();
        DnsName service = ServiceNames.service(instance(7));
        device.hears(
                "192.0.2.7",
                response(List.of(new DnsRecord.Ptr(ServiceNames.SERVICE, DiscoveryLimits.TTL, false, service))));
        device.pass(SECOND);
        assertThat(device.queries().getFirst().message().questions())
                .contains(new DnsQuestion(service, DnsType.SRV, false), new DnsQuestion(service, DnsType.TXT, false));

        device.hears(
                "192.0.2.7",
                response(services(instance(7), 7680, DiscoveryLimits.TTL, Map.of("v", "1", "id", DEVICE))));
        device.sent.clear();
        device.pass(SECOND);
        DnsName host = ServiceNames.host(instance(7));
        assertThat(device.queries().getFirst().message().questions())
                .contains(new DnsQuestion(host, DnsType.A, false), new DnsQuestion(host, DnsType.AAAA, false));
        assertThat(device.near()).isEmpty();

        device.hears(
                "192.0.2.7",
                response(List.of(new DnsRecord.Address(host, DiscoveryLimits.TTL, true, ip("192.0.2.7")))));
        assertThat(device.near()).containsExactly(instance(7));
    }

    @Test
    void anInstanceOnTwoLinksIsOneNeighbourUntilBothAreGone() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.linkUp(link(2, "198.51.100.1"));
        device.hears(1, "192.0.2.7", 5353, presence(instance(7), 7680, "192.0.2.7"));
        device.hears(2, "198.51.100.7", 5353, presence(instance(7), 7680, "198.51.100.7"));
        assertThat(device.appeared().getLast().addresses())
                .containsExactly(
                        new InetSocketAddress(ip("192.0.2.7"), 7680), new InetSocketAddress(ip("198.51.100.7"), 7680));

        device.linkDown(1);
        assertThat(device.appeared().getLast().addresses())
                .containsExactly(new InetSocketAddress(ip("198.51.100.7"), 7680));
        assertThat(device.near()).containsExactly(instance(7));

        device.linkDown(2);
        assertThat(device.near()).isEmpty();
    }

    @Test
    void newAddressesOfThisDeviceAreAnnouncedAndNeighboursOffTheLinkAreGone() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears("192.0.2.7", presence(instance(7), 7680, "192.0.2.7"));
        device.pass(Duration.ofSeconds(10));
        device.sent.clear();

        device.linkUp(link(LINK, "198.51.100.1"));
        device.pass(Duration.ofSeconds(2));

        assertThat(device.announcements()).hasSize(2);
        assertThat(device.announcements().getFirst().message().answers())
                .contains(new DnsRecord.Address(
                        ServiceNames.host(instance(0)), DiscoveryLimits.TTL, true, ip("198.51.100.1")));
        assertThat(device.near()).isEmpty();
    }

    @Test
    void anIpv6LinkLocalAddressCarriesTheLinkAsItsScope() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        InetAddress own = ip("fe80::1");
        device.linkUp(new Link(3, "wlan0", List.of(new LinkAddress(own, 64)), List.of(own)));
        device.hears(3, "fe80::7", 5353, presence(instance(7), 7680, "fe80::7"));

        assertThat(device.appeared()
                        .getLast()
                        .addresses()
                        .getFirst()
                        .getAddress()
                        .getHostAddress())
                .isEqualTo("fe80:0:0:0:0:0:0:7%3");
    }

    @Test
    void anotherVersionAndAnotherKindOfNameAreNotNeighbours() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears(
                "192.0.2.7",
                response(services(instance(7), 7680, DiscoveryLimits.TTL, Map.of("v", "2", "id", DEVICE))));
        device.hears("192.0.2.8", presence("printer on the second floor", 7680, "192.0.2.8"));
        device.hears(
                "192.0.2.9", response(services(instance(9), 7680, DiscoveryLimits.TTL, Map.of("v", "1", "id", "Bob"))));

        assertThat(device.sightings).isEmpty();
    }

    @Test
    void itselfIsNotANeighbour() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears("192.0.2.1", presence(instance(0), 7680, "192.0.2.1"));
        assertThat(device.sightings).isEmpty();
    }

    @Test
    void anotherProgramOnThisDeviceIsANeighbour() {
        DeviceUnderTest device = DeviceUnderTest.onOneLink();
        device.hears("192.0.2.1", presence(instance(1), 7681, "192.0.2.1"));
        assertThat(device.near()).containsExactly(instance(1));
    }
}
