package dev.byway.teredo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.nat.NatMapping;
import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Qualification, what comes from elsewhere than it should, and networks that break and heal. */
class TeredoClientTest {
    private static final UdpAddress SERVER = UdpAddress.server(Network.PRIMARY);
    private static final UdpAddress MALLORY = new UdpAddress(UdpAddress.number(InetAddress.ofLiteral("11.0.9.9")), 666);

    private final Network network = new Network(7);
    private final Network.Device alice = network.device(NatType.PORT_RESTRICTED);
    private final Network.Device bob = network.device(NatType.PORT_RESTRICTED);

    private void qualify() {
        alice.start();
        bob.start();
        network.run(Duration.ofSeconds(1));
    }

    private void meet() {
        qualify();
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        assertThat(alice.hasWayTo(bob)).isTrue();
        assertThat(bob.hasWayTo(alice)).isTrue();
    }

    private static List<ClientEffect> receive(Network.Device device, UdpAddress from, TeredoPacket packet, Network at) {
        return device.client.received(from, ByteBuffer.wrap(packet.encode().toArray()), at.now);
    }

    private static TeredoPacket data(TeredoAddress from, TeredoAddress to) {
        return new TeredoPacket(
                Optional.empty(),
                Optional.empty(),
                from.ip6(),
                to.ip6(),
                TeredoPacket.UDP,
                64,
                ByteString.of(new byte[8]),
                List.of());
    }

    private static ClientEffect dropped(Rule rule) {
        return new ClientEffect.Dropped(rule);
    }

    @Test
    void anAddressSaysWhereTheServerSeesTheDevice() {
        qualify();
        network.run(Duration.ofSeconds(1));
        assertThat(alice.address().server()).isEqualTo(Network.PRIMARY);
        assertThat(alice.nat.isAt(alice.address().mapped())).isTrue();
        assertThat(alice.seen).contains(new ClientEffect.Mapped(NatMapping.ENDPOINT_INDEPENDENT));
        Network.Device symmetric = network.device(NatType.SYMMETRIC);
        symmetric.start();
        network.run(Duration.ofSeconds(2));
        assertThat(symmetric.seen).contains(new ClientEffect.Mapped(NatMapping.ENDPOINT_DEPENDENT));
    }

    @Test
    void whoseServersSecondAddressIsSilentHasAnAddressAllTheSame() {
        network.loseWhere(flight -> flight.to().address() == Network.PRIMARY + 1);
        qualify();
        assertThat(alice.client.address()).isPresent();
        network.run(Duration.ofSeconds(10));
        assertThat(alice.seen).contains(new ClientEffect.Mapped(NatMapping.UNKNOWN));
    }

    /** Section 5.2.5, and that an idle device sends less than a packet in ten seconds. */
    @Test
    void theMappingIsKeptWithFewPackets() {
        qualify();
        int before = network.packets;
        network.run(Duration.ofMinutes(10));
        int sent = (network.packets - before) / 4; // two devices, question and answer
        assertThat(sent).isBetween(20, 28);
        assertThat(alice.seen.stream().filter(ClientEffect.Qualified.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aServerThatIsAwayIsAskedAgainAndFoundWithinAMinute() {
        network.loseWhere(flight -> flight.to().equals(SERVER));
        alice.start();
        network.run(Duration.ofMinutes(10));
        assertThat(alice.seen.stream().filter(ClientEffect.Offline.class::isInstance))
                .hasSize(1);
        assertThat(alice.client.address()).isEmpty();
        network.loseWhere(flight -> false);
        network.run(Duration.ofSeconds(40));
        assertThat(alice.client.address()).isPresent();
    }

    @Test
    void aRouterThatWasRestartedGivesAnotherAddressWithinAMinute() {
        meet();
        TeredoAddress old = alice.address();
        alice.nat.forget();
        network.run(Duration.ofSeconds(35));
        assertThat(alice.address()).isNotEqualTo(old);
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        assertThat(alice.hasWayTo(bob)).isTrue();
        assertThat(bob.hasWayTo(alice)).isTrue();
    }

    @Test
    void aServerThatWasRestartedPassesBubblesOnWithinAMinute() {
        qualify();
        network.restartServer();
        network.run(Duration.ofSeconds(35));
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        assertThat(alice.hasWayTo(bob)).isTrue();
    }

    @Test
    void aPairThatFailedMeetsAtTheNextTryAfterTheNetworkHasHealed() {
        qualify();
        network.loseWhere(flight -> !flight.to().equals(SERVER)
                && !flight.from().equals(SERVER)
                && flight.to().port() != UdpAddress.TEREDO_PORT);
        alice.connect(bob);
        network.run(Duration.ofSeconds(9));
        assertThat(alice.seen).contains(new ClientEffect.Unreachable(bob.address()));
        network.loseWhere(flight -> false);
        network.run(Duration.ofSeconds(20));
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        assertThat(alice.hasWayTo(bob)).isTrue();
    }

    @Test
    void aLostBubbleIsSentAgain() {
        qualify();
        int[] lost = {2};
        network.loseWhere(flight -> lost[0]-- > 0);
        alice.connect(bob);
        network.run(Duration.ofMillis(1900));
        assertThat(alice.hasWayTo(bob)).isFalse();
        network.run(Duration.ofMillis(400));
        assertThat(alice.hasWayTo(bob)).isTrue();
    }

    @Test
    void dataComesFromWhereItsSenderWasFoundOrNotAtAll() {
        meet();
        TeredoPacket packet = data(bob.address(), alice.address());
        assertThat(receive(alice, bob.address().mapped(), packet, network))
                .containsExactly(new ClientEffect.Arrived(bob.address(), packet));
        assertThat(receive(alice, MALLORY, packet, network)).containsExactly(dropped(Rule.PEER_MAPPING));
        assertThat(receive(alice, bob.address().mapped(), data(bob.address(), bob.address()), network))
                .containsExactly(dropped(Rule.NOT_FOR_US));
        TeredoPacket native6 = new TeredoPacket(
                Optional.empty(),
                Optional.empty(),
                new Ip6(0x2001_0db8L << 32, 1),
                alice.address().ip6(),
                TeredoPacket.UDP,
                64,
                ByteString.of(new byte[8]),
                List.of());
        assertThat(receive(alice, MALLORY, native6, network)).containsExactly(dropped(Rule.NOT_A_PEER));
    }

    /** RFC 6081 section 5.2.4.4. */
    @Test
    void aWayIsNotLedElsewhereWithoutTheNonce() {
        meet();
        TeredoPacket bubble =
                TeredoPacket.bubble(bob.address().ip6(), alice.address().ip6(), List.of());
        TeredoPacket guessed =
                TeredoPacket.bubble(bob.address().ip6(), alice.address().ip6(), List.of(new Trailer.Nonce(1)));
        assertThat(receive(alice, MALLORY, bubble, network)).containsExactly(dropped(Rule.MAPPING));
        assertThat(receive(alice, MALLORY, guessed, network)).containsExactly(dropped(Rule.MAPPING));
        assertThat(alice.client.wayTo(bob.address(), network.now))
                .contains(bob.address().mapped());
    }

    /** RFC 4380 section 5.2.2. */
    @Test
    void anAdvertisementIsBelievedOnceAndWithItsNonceOnly() {
        List<ClientEffect> asked = alice.client.start(network.now);
        ClientEffect.Send send = (ClientEffect.Send) asked.getFirst();
        TeredoPacket question = ((Decoded.Whole)
                        TeredoPacket.decode(ByteBuffer.wrap(send.datagram().toArray())))
                .packet();
        long nonce = question.authentication().orElseThrow().nonce();
        TeredoPacket wrong = advertisement(nonce + 1, Network.PRIMARY);
        TeredoPacket foreign = advertisement(nonce, Network.PRIMARY + 9);
        TeredoPacket right = advertisement(nonce, Network.PRIMARY);
        assertThat(receive(alice, SERVER, wrong, network)).containsExactly(dropped(Rule.NONCE));
        assertThat(receive(alice, SERVER, foreign, network)).containsExactly(dropped(Rule.ADVERTISEMENT));
        assertThat(receive(alice, MALLORY, right, network)).containsExactly(dropped(Rule.ELSEWHERE));
        assertThat(alice.client.counts().elsewhere()).contains(MALLORY);
        assertThat(receive(alice, SERVER, right, network)).anyMatch(ClientEffect.Qualified.class::isInstance);
        assertThat(receive(alice, SERVER, right, network)).containsExactly(dropped(Rule.NONCE));
        network.run(Duration.ofSeconds(20));
        assertThat(receive(alice, SERVER, right, network)).containsExactly(dropped(Rule.NOT_EXPECTED));
    }

    private static TeredoPacket advertisement(long nonce, int server) {
        return new RouterAdvertisement(nonce, MALLORY, RouterSolicitation.WITHOUT_CONE, server).packet();
    }

    /** Nobody makes a client send into a private network (section 5.2.4), or many packets for one. */
    @Test
    void whoClaimsToBeInAPrivateNetworkIsNotAnswered() {
        qualify();
        TeredoAddress inside = new TeredoAddress(
                Network.PRIMARY, 0, new UdpAddress(UdpAddress.number(InetAddress.ofLiteral("192.168.1.1")), 53));
        TeredoPacket bubble = TeredoPacket.bubble(inside.ip6(), alice.address().ip6(), List.of());
        assertThat(receive(alice, SERVER, bubble, network)).containsExactly(dropped(Rule.DESTINATION_NOT_GLOBAL));
        assertThat(alice.client.connect(inside, network.now))
                .containsExactly(dropped(Rule.DESTINATION_NOT_GLOBAL), new ClientEffect.Unreachable(inside));
    }

    @Test
    void aVictimWhoseNameIsUsedGetsFewBubbles() {
        qualify();
        TeredoAddress victim = new TeredoAddress(Network.PRIMARY, 0, MALLORY);
        TeredoPacket bubble = TeredoPacket.bubble(victim.ip6(), alice.address().ip6(), List.of(new Trailer.Nonce(5)));
        long sent = 0;
        for (int i = 0; i < 1000; i++) {
            sent += receive(alice, SERVER, bubble, network).stream()
                    .filter(ClientEffect.Send.class::isInstance)
                    .count();
        }
        assertThat(sent).isLessThanOrEqualTo(8);
    }

    @Test
    void aCrowdOfPeersIsBounded() {
        qualify();
        crowd();
        TeredoAddress last = new TeredoAddress(Network.PRIMARY, 3000, MALLORY);
        TeredoPacket bubble = TeredoPacket.bubble(last.ip6(), alice.address().ip6(), List.of());
        assertThat(receive(alice, SERVER, bubble, network)).containsExactly(dropped(Rule.TOO_MANY_PEERS));
        network.run(Duration.ofSeconds(31));
        assertThat(receive(alice, SERVER, bubble, network)).anyMatch(ClientEffect.Send.class::isInstance);
    }

    /** Strangers name peers, and one of them even is where it says: there is room for one that we want ourselves. */
    @Test
    void aCrowdLeavesRoomForAPeerThatIsWanted() {
        qualify();
        crowd();
        TeredoAddress proved = new TeredoAddress(Network.PRIMARY, 5000, new UdpAddress(MALLORY.address(), 5000));
        assertThat(receive(alice, proved.mapped(), data(proved, alice.address()), network))
                .contains(new ClientEffect.Open(proved, proved.mapped()));
        alice.connect(bob);
        network.run(Duration.ofSeconds(1));
        assertThat(alice.hasWayTo(bob)).isTrue();
        crowd();
        for (int i = 0; i < 1030; i++) {
            TeredoAddress wanted = new TeredoAddress(Network.PRIMARY, i, new UdpAddress(MALLORY.address(), 9));
            List<ClientEffect> effects = alice.client.connect(wanted, network.now);
            assertThat(effects.contains(dropped(Rule.TOO_MANY_PEERS))).isEqualTo(i >= 1024);
            assertThat(alice.client.wayTo(proved, network.now).isPresent()).isEqualTo(i < 1022);
        }
    }

    /** And none of it takes away a way that is kept, or one that is open from those who prove nothing. */
    @Test
    void aCrowdTakesNoWayAway() {
        meet();
        alice.keep(bob);
        for (int i = 0; i < 3000; i++) {
            TeredoAddress one =
                    new TeredoAddress(Network.PRIMARY, i & 0xff, new UdpAddress(MALLORY.address(), 1000 + i));
            receive(alice, one.mapped(), data(one, alice.address()), network);
            alice.client.connect(
                    new TeredoAddress(Network.PRIMARY, i, new UdpAddress(MALLORY.address(), 7)), network.now);
        }
        assertThat(alice.hasWayTo(bob)).isTrue();
    }

    private void crowd() {
        for (int i = 0; i < 2000; i++) {
            TeredoAddress one = new TeredoAddress(Network.PRIMARY, i, MALLORY);
            receive(
                    alice,
                    SERVER,
                    TeredoPacket.bubble(one.ip6(), alice.address().ip6(), List.of()),
                    network);
        }
    }

    /** As miredo sends them; it recognizes the answer by the address. */
    @Test
    void aBubbleOfAnotherImplementationIsAnsweredWhereTheServerSawIt() {
        qualify();
        Ip6 odd = Ip6.linkLocal(0x1234_5678_9abc_def0L);
        TeredoPacket bubble = new TeredoPacket(
                Optional.empty(),
                Optional.of(MALLORY),
                odd,
                alice.address().ip6(),
                TeredoPacket.NOTHING,
                0,
                ByteString.EMPTY,
                List.of());
        assertThat(receive(alice, SERVER, bubble, network))
                .containsExactly(new ClientEffect.Send(
                        MALLORY,
                        TeredoPacket.bubble(alice.address().ip6(), odd, List.of())
                                .encode()));
    }

    @Property(tries = 2000)
    void anyBytesFromAnywhereAreSurvived(@ForAll @Size(max = 300) byte[] bytes, @ForAll boolean fromServer) {
        Network quiet = new Network(3);
        Network.Device device = quiet.device(NatType.FULL_CONE);
        device.start();
        quiet.run(Duration.ofMillis(100));
        assertThat(device.client.received(fromServer ? SERVER : MALLORY, ByteBuffer.wrap(bytes), quiet.now))
                .isNotNull();
    }
}
