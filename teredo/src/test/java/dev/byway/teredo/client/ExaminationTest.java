package dev.byway.teredo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatMapping;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the four NATs are found to do. */
class ExaminationTest {
    private static final int NONCE = 77;
    private static final UdpAddress OTHER_PORT = new UdpAddress(Network.PRIMARY, 4000);

    private final Network network = new Network(23);

    private Network.Device started(NatType type) {
        Network.Device device = network.device(type);
        device.start();
        network.run(Duration.ofMinutes(2));
        return device;
    }

    /** As the coordinator sends it. */
    private void bubble(Network.Device device, UdpAddress from) {
        network.fly(
                from,
                device.address().mapped(),
                TeredoPacket.bubble(device.address().ip6(), device.address().ip6(), List.of(new Trailer.Nonce(NONCE)))
                        .encode());
    }

    private NatBehaviour examined(Network.Device device, boolean withBubble) {
        device.seen.clear();
        if (withBubble) {
            device.client.expectFiltering(NONCE, network.now);
        }
        device.perform(device.client.examine(network.now));
        if (withBubble) {
            bubble(device, OTHER_PORT);
        }
        network.run(Duration.ofMillis(2100));
        return result(device);
    }

    private static NatBehaviour result(Network.Device device) {
        List<NatBehaviour> found = device.seen.stream()
                .filter(ClientEffect.Examined.class::isInstance)
                .map(effect -> ((ClientEffect.Examined) effect).behaviour())
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT",
        "RESTRICTED, ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT",
        "PORT_RESTRICTED, ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT",
        "SYMMETRIC, ENDPOINT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT"
    })
    void eachIsWhatItsNameSays(NatType type, NatMapping mapping, NatFiltering filtering) {
        Network.Device device = started(type);
        NatBehaviour expected = new NatBehaviour(mapping, filtering, NatHairpin.NO);
        assertThat(examined(device, true)).isEqualTo(expected);
        assertThat(examined(device, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(NatType.class)
    void itTakesFewPackets(NatType type) {
        Network.Device device = started(type);
        int before = device.sent;
        examined(device, true);
        assertThat(device.sent - before).isLessThanOrEqualTo(5);
    }

    @Test
    void whoTurnsPacketsRoundIsSeenToDoSo() {
        Network.Device device = network.device(NatType.PORT_RESTRICTED);
        device.nat.hairpin = true;
        device.start();
        network.run(Duration.ofSeconds(3));
        assertThat(examined(device, true).hairpin()).isEqualTo(NatHairpin.YES);
    }

    /** Without the coordinator's bubble nothing is claimed that was not seen. */
    @Test
    void withoutTheBubbleOnlyAnOpenFilterIsKnown() {
        assertThat(examined(started(NatType.FULL_CONE), false).filtering())
                .isEqualTo(NatFiltering.ENDPOINT_INDEPENDENT);
        assertThat(examined(started(NatType.PORT_RESTRICTED), false).filtering())
                .isEqualTo(NatFiltering.UNKNOWN);
    }

    /** The mapping had been used with the server's other address before: the port-restricting NAT seems open, and is not believed. */
    @Test
    void aNatThatIsStillOpenForTheOtherAddressIsNotTakenForAnOpenOne() {
        Network.Device device = network.device(NatType.PORT_RESTRICTED);
        device.nat.out(UdpAddress.server(Network.SECONDARY));
        device.start();
        network.run(Duration.ofSeconds(3));
        assertThat(examined(device, true).filtering()).isEqualTo(NatFiltering.ADDRESS_AND_PORT_DEPENDENT);
    }

    /** What does not come while nothing comes at all says nothing. */
    @Test
    void whileTheServerIsSilentTheFilterIsUnknown() {
        Network.Device device = started(NatType.PORT_RESTRICTED);
        network.loseWhere(flight -> flight.to().port() == UdpAddress.TEREDO_PORT);
        assertThat(examined(device, true).filtering()).isEqualTo(NatFiltering.UNKNOWN);
        network.run(Duration.ofMinutes(1));
        device.seen.clear();
        device.perform(device.client.examine(network.now));
        assertThat(result(device)).isEqualTo(NatBehaviour.UNKNOWN);
    }

    @Test
    void aBubbleFromElsewhereThanTheServersAddressDoesNotCount() {
        Network.Device device = started(NatType.FULL_CONE);
        device.client.expectFiltering(NONCE, network.now);
        device.perform(device.client.examine(network.now));
        device.seen.clear();
        bubble(device, new UdpAddress(Network.PRIMARY + 9, 4000));
        bubble(device, UdpAddress.server(Network.PRIMARY));
        network.run(Duration.ofMillis(2100));
        assertThat(result(device).filtering()).isEqualTo(NatFiltering.ADDRESS_AND_PORT_DEPENDENT);
    }

    /** The coordinator may take its time, but not for ever. */
    @Test
    void theBubbleIsWaitedForAnewWhenItIsSaidToBeOnItsWay() {
        Network.Device device = started(NatType.RESTRICTED);
        device.seen.clear();
        device.client.expectFiltering(NONCE, network.now);
        device.perform(device.client.examine(network.now));
        network.run(Duration.ofMillis(1900));
        device.client.expectFiltering(NONCE, network.now);
        network.run(Duration.ofMillis(1900));
        bubble(device, OTHER_PORT);
        network.run(Duration.ofMillis(200));
        assertThat(result(device).filtering()).isEqualTo(NatFiltering.ADDRESS_DEPENDENT);
        device.seen.clear();
        device.perform(device.client.examine(network.now));
        device.perform(device.client.examine(network.now));
        for (int i = 0; i < 6; i++) {
            device.client.expectFiltering(NONCE, network.now);
            network.run(Duration.ofSeconds(1));
        }
        assertThat(result(device).filtering()).isEqualTo(NatFiltering.ADDRESS_AND_PORT_DEPENDENT);
    }

    @Test
    void whatHappensIsCounted() {
        Network.Device device = started(NatType.PORT_RESTRICTED);
        ClientCounts before = device.client.counts();
        assertThat(before.asked()).isBetween(4L, 7L).isEqualTo(before.answered());
        assertThat(before.roundTrip()).contains(Duration.ofMillis(40));
        assertThat(before.elsewhere()).isEmpty();
        network.loseWhere(flight -> flight.to().equals(UdpAddress.server(Network.PRIMARY)));
        network.run(Duration.ofSeconds(40));
        assertThat(device.client.counts().asked() - before.asked()).isGreaterThanOrEqualTo(4);
        assertThat(device.client.counts().answered()).isEqualTo(before.answered());
        Network.Device peer = network.device(NatType.FULL_CONE);
        device.client.connect(device.client.address().orElse(new TeredoAddress(1, 2, OTHER_PORT)), network.now);
        assertThat(device.client.counts().missed()).isEqualTo(1);
        assertThat(device.client.counts().dropped()).containsEntry(Rule.OFFLINE, 1L);
        assertThat(peer.client.counts().dropped()).isEmpty();
    }

    /** A multi-homed server, or a NAT before it, answers from where nobody asked. */
    @Test
    void anAnswerFromTheWrongAddressIsNoticed() {
        Network.Device device = network.device(NatType.FULL_CONE);
        network.answerFrom(Network.PRIMARY + 7);
        device.start();
        network.run(Duration.ofSeconds(10));
        assertThat(device.client.address()).isEmpty();
        assertThat(device.client.counts().elsewhere()).contains(UdpAddress.server(Network.PRIMARY + 7));
        assertThat(device.client.counts().dropped()).containsEntry(Rule.ELSEWHERE, 4L);
    }
}
