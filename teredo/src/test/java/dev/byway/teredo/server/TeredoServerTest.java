package dev.byway.teredo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.Allowance;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.TeredoServer.Door;
import dev.byway.teredo.server.TeredoServer.Outcome;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a server answers, and what it does not. */
class TeredoServerTest {
    private static final int PRIMARY = UdpAddress.number(InetAddress.ofLiteral("11.200.2.2"));
    private static final UdpAddress ALICE = address("11.0.1.2", 40_000);
    private static final UdpAddress BOB = address("11.0.2.2", 50_000);
    private static final ServerLimits LIMITS = new ServerLimits(
            1 << 10, 1 << 8, Allowance.perSecond(10), Allowance.perSecond(1000), Duration.ofMinutes(5));

    private final TeredoServer server = server(true);
    private Moment now = Moment.ZERO;

    private static UdpAddress address(String address, int port) {
        return new UdpAddress(UdpAddress.number(InetAddress.ofLiteral(address)), port);
    }

    private static TeredoServer server(boolean twoAddresses) {
        return new TeredoServer(PRIMARY, twoAddresses, LIMITS, new SplittableRandom(1), Moment.ZERO);
    }

    private static Ip6 of(UdpAddress mapped) {
        return new TeredoAddress(PRIMARY, 0x1234, mapped).ip6();
    }

    private Outcome receive(Door door, UdpAddress from, TeredoPacket packet) {
        return server.received(door, from, ByteBuffer.wrap(packet.encode().toArray()), now);
    }

    private Outcome solicit(UdpAddress from) {
        return receive(Door.PRIMARY, from, RouterSolicitation.of(7).packet());
    }

    private Outcome bubble(UdpAddress from, UdpAddress to) {
        return receive(Door.PRIMARY, from, TeredoPacket.bubble(of(from), of(to), List.of(new Trailer.Nonce(9))));
    }

    private static Outcome dropped(Rule rule) {
        return new Outcome.Dropped(rule);
    }

    private static TeredoPacket sent(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Send.class);
        ByteString bytes = ((Outcome.Send) outcome).datagram();
        return ((Decoded.Whole) TeredoPacket.decode(ByteBuffer.wrap(bytes.toArray()))).packet();
    }

    @Test
    void whoSolicitsIsToldWhereItIsSeen() {
        for (Door door : Door.values()) {
            Outcome.Send send =
                    (Outcome.Send) receive(door, ALICE, RouterSolicitation.of(7).packet());
            assertThat(send.to()).isEqualTo(ALICE);
            assertThat(send.from()).isEqualTo(door);
            assertThat(send.datagram().length()).isEqualTo(117);
            assertThat(RouterAdvertisement.in(sent(send)))
                    .contains(new RouterAdvertisement(7, ALICE, RouterSolicitation.WITHOUT_CONE, PRIMARY));
        }
    }

    /** 48 bytes for 117 would be more than twice as many; Windows and miredo send 61. */
    @Test
    void aSolicitationWithoutANonceIsNotAnswered() {
        TeredoPacket bare = RouterSolicitation.of(7).packet();
        TeredoPacket unauthenticated = new TeredoPacket(
                Optional.empty(),
                Optional.empty(),
                bare.source(),
                bare.destination(),
                bare.next(),
                bare.hops(),
                bare.payload(),
                List.of());
        assertThat(unauthenticated.encode().length()).isEqualTo(48);
        assertThat(receive(Door.PRIMARY, ALICE, unauthenticated)).isEqualTo(dropped(Rule.UNAUTHENTICATED));
    }

    /** Section 5.3.2. */
    @Test
    void whoClaimsAConeIsAnsweredFromTheOtherAddress() {
        TeredoPacket cone = RouterSolicitation.of(7).withConeBit().packet();
        assertThat(((Outcome.Send) receive(Door.PRIMARY, ALICE, cone)).from()).isEqualTo(Door.SECONDARY);
        assertThat(((Outcome.Send) receive(Door.SECONDARY, ALICE, cone)).from()).isEqualTo(Door.PRIMARY);
        assertThat(server(false)
                        .received(
                                Door.PRIMARY,
                                ALICE,
                                ByteBuffer.wrap(cone.encode().toArray()),
                                now))
                .isEqualTo(dropped(Rule.ONE_ADDRESS));
    }

    @Test
    void aBubbleIsPassedOnToWhoSolicitedAndToNobodyElse() {
        assertThat(bubble(ALICE, BOB)).isEqualTo(dropped(Rule.NOT_SOLICITED));
        solicit(BOB);
        Outcome.Send send = (Outcome.Send) bubble(ALICE, BOB);
        assertThat(send.from()).isEqualTo(Door.PRIMARY);
        assertThat(send.to()).isEqualTo(BOB);
        TeredoPacket passedOn = sent(send);
        assertThat(passedOn.origin()).contains(ALICE);
        assertThat(passedOn.source()).isEqualTo(of(ALICE));
        assertThat(passedOn.nonce()).contains(new Trailer.Nonce(9));
        now = now.plus(Duration.ofSeconds(301));
        assertThat(bubble(ALICE, BOB)).isEqualTo(dropped(Rule.NOT_SOLICITED));
    }

    /** Section 5.3.1, and what others could make of a server without it. */
    @Test
    void whatIsForgedIsDropped() {
        solicit(BOB);
        TeredoPacket fromAnother = TeredoPacket.bubble(of(address("11.0.3.2", 40_000)), of(BOB), List.of());
        assertThat(receive(Door.PRIMARY, ALICE, fromAnother)).isEqualTo(dropped(Rule.SOURCE_MISMATCH));
        assertThat(receive(Door.SECONDARY, ALICE, TeredoPacket.bubble(of(ALICE), of(BOB), List.of())))
                .isEqualTo(dropped(Rule.NOT_FOR_SERVERS));
        Ip6 elsewhere = new TeredoAddress(PRIMARY + 9, 0, BOB).ip6();
        assertThat(receive(Door.PRIMARY, ALICE, TeredoPacket.bubble(of(ALICE), elsewhere, List.of())))
                .isEqualTo(dropped(Rule.OTHER_SERVER));
        for (String inside : List.of("10.0.0.1", "127.0.0.1", "192.168.1.1", "224.0.0.1", "0.0.0.0", "169.254.1.1")) {
            assertThat(solicit(address(inside, 40_000))).isEqualTo(dropped(Rule.SOURCE_NOT_GLOBAL));
        }
        assertThat(solicit(new UdpAddress(ALICE.address(), 0))).isEqualTo(dropped(Rule.SOURCE_NOT_GLOBAL));
        TeredoPacket data = new TeredoPacket(
                Optional.empty(),
                Optional.empty(),
                of(ALICE),
                of(BOB),
                TeredoPacket.UDP,
                64,
                ByteString.of(new byte[20]),
                List.of());
        assertThat(receive(Door.PRIMARY, ALICE, data)).isEqualTo(dropped(Rule.NOT_FOR_SERVERS));
    }

    /** RFC 6081: behind a symmetric NAT, this server sees another port than the client's own one. */
    @Test
    void aSymmetricClientOfAnotherServerMayAskToo() {
        solicit(BOB);
        Ip6 alice = new TeredoAddress(PRIMARY + 9, 0, new UdpAddress(ALICE.address(), 1234)).ip6();
        assertThat(receive(Door.PRIMARY, ALICE, TeredoPacket.bubble(alice, of(BOB), List.of())))
                .isInstanceOf(Outcome.Send.class);
    }

    @Test
    void oneSourceGetsItsShareAndNoMore() {
        for (int i = 0; i < 20; i++) {
            assertThat(solicit(ALICE)).isInstanceOf(Outcome.Send.class);
        }
        assertThat(solicit(ALICE)).isEqualTo(dropped(Rule.TOO_OFTEN));
        assertThat(solicit(BOB)).isInstanceOf(Outcome.Send.class);
        assertThat(bubble(ALICE, BOB)).isEqualTo(dropped(Rule.TOO_OFTEN));
        now = now.plus(Duration.ofMillis(100));
        assertThat(solicit(ALICE)).isInstanceOf(Outcome.Send.class);
        assertThat(solicit(ALICE)).isEqualTo(dropped(Rule.TOO_OFTEN));
    }

    @Test
    void allTogetherGetNoMoreThanStated() {
        long answered = 0;
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            UdpAddress from = new UdpAddress(0x0b00_0000 | random.nextInt(1 << 24), 1 + random.nextInt(65_535));
            answered += solicit(from) instanceof Outcome.Send ? 1 : 0;
        }
        assertThat(answered).isEqualTo(2000);
    }

    @Test
    void aFloodDoesNotMakeItForgetWhoComesAgain() {
        TeredoServer big = new TeredoServer(
                PRIMARY,
                true,
                new ServerLimits(
                        1 << 16,
                        1 << 8,
                        Allowance.perSecond(1_000_000),
                        Allowance.perSecond(1000),
                        Duration.ofMinutes(5)),
                new SplittableRandom(1),
                Moment.ZERO);
        SplittableRandom random = new SplittableRandom(4);
        ByteBuffer solicitation =
                ByteBuffer.wrap(RouterSolicitation.of(7).packet().encode().toArray());
        big.received(Door.PRIMARY, BOB, solicitation, now);
        for (int i = 0; i < 30_000; i++) {
            now = now.plus(Duration.ofMillis(1));
            UdpAddress from = new UdpAddress(0x0c00_0000 | random.nextInt(1 << 24), 1 + random.nextInt(65_535));
            big.received(Door.PRIMARY, from, solicitation, now);
        }
        ByteBuffer bubble = ByteBuffer.wrap(
                TeredoPacket.bubble(of(ALICE), of(BOB), List.of()).encode().toArray());
        assertThat(big.received(Door.PRIMARY, ALICE, bubble, now)).isInstanceOf(Outcome.Send.class);
    }

    /** Reflection and amplification: at most one, never to another than who sent it or solicited, and less than twice as long. */
    @Property(tries = 3000)
    void whateverComesNothingGoesToAThirdParty(@ForAll @Size(max = 200) byte[] bytes) {
        solicit(BOB);
        if (server.received(Door.PRIMARY, ALICE, ByteBuffer.wrap(bytes), now) instanceof Outcome.Send send) {
            assertThat(send.to()).isIn(ALICE, BOB);
            assertThat(send.datagram().length()).isLessThanOrEqualTo(2 * bytes.length);
        }
    }
}
