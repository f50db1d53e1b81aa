package dev.byway.teredo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.Echo;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** RFC 4443 section 4.2: whoever pings a device through the tunnel is answered, a little. */
class EchoTest {
    private static final UdpAddress THERE = new UdpAddress(UdpAddress.number(InetAddress.ofLiteral("11.0.9.9")), 666);

    private final Network network = new Network(5);
    private final Network.Device alice = network.device(NatType.FULL_CONE);

    /** By another implementation of the checksum: RFC 1071 over the pseudo-header, in one's complement of bytes. */
    static int sum(Ip6 source, Ip6 destination, byte[] message) {
        ByteBuffer all = ByteBuffer.allocate(40 + message.length + (message.length & 1));
        all.put(source.inetAddress().getAddress()).put(destination.inetAddress().getAddress());
        all.putInt(message.length).putInt(58).put(message);
        int sum = 0;
        for (int i = 0; i < all.capacity(); i += 2) {
            sum += (Byte.toUnsignedInt(all.get(i)) << 8) + Byte.toUnsignedInt(all.get(i + 1));
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    private TeredoPacket request(Ip6 from, byte[] data, int error) {
        ByteBuffer message = ByteBuffer.allocate(8 + data.length);
        message.put((byte) 128).put((byte) 0).putShort((short) 0);
        message.putShort((short) 77).putShort((short) 3).put(data);
        Ip6 to = alice.address().ip6();
        message.putShort(2, (short) (sum(from, to, message.array()) + error));
        return new TeredoPacket(
                Optional.empty(),
                Optional.empty(),
                from,
                to,
                TeredoPacket.ICMP,
                64,
                ByteString.of(message.array()),
                List.of());
    }

    private List<ClientEffect> ping(TeredoAddress from, byte[] data, int error) {
        return alice.client.received(
                from.mapped(),
                ByteBuffer.wrap(request(from.ip6(), data, error).encode().toArray()),
                network.now);
    }

    private static TeredoAddress peer(int number) {
        return new TeredoAddress(Network.PRIMARY, number, THERE);
    }

    private void qualify() {
        alice.start();
        network.run(Duration.ofSeconds(1));
    }

    @Test
    void anEchoRequestComesBackToItsSender() {
        qualify();
        for (int length : List.of(0, 1, 56, TeredoPacket.MTU - TeredoPacket.HEADER - 8)) {
            network.run(Duration.ofSeconds(2));
            byte[] data = new byte[length];
            new SplittableRandom(1).nextBytes(data);
            ClientEffect.Send sent = (ClientEffect.Send) ping(peer(1), data, 0).getLast();
            assertThat(sent.to()).isEqualTo(THERE);
            TeredoPacket reply = ((Decoded.Whole)
                            TeredoPacket.decode(ByteBuffer.wrap(sent.datagram().toArray())))
                    .packet();
            byte[] message = reply.payload().toArray();
            assertThat(reply.source()).isEqualTo(alice.address().ip6());
            assertThat(reply.destination()).isEqualTo(peer(1).ip6());
            assertThat(message[0]).isEqualTo((byte) 129);
            assertThat(HexFormat.of().formatHex(message, 4, 8)).isEqualTo("004d0003");
            assertThat(ByteString.of(message).toString())
                    .endsWith(ByteString.of(data).toString());
            assertThat(sum(reply.source(), reply.destination(), message)).isZero();
        }
    }

    @Test
    void aDamagedOneIsNotAnswered() {
        qualify();
        assertThat(ping(peer(1), new byte[8], 1)).noneMatch(ClientEffect.Send.class::isInstance);
    }

    /** Nobody makes devices answer each other for ever. */
    @Test
    void aReplyIsNotAnswered() {
        qualify();
        TeredoPacket reply = Echo.reply(request(peer(1).ip6(), new byte[8], 0)).orElseThrow();
        assertThat(Echo.reply(reply)).isEmpty();
    }

    @Test
    void whoIsNoTeredoClientIsNotAnswered() {
        qualify();
        byte[] datagram =
                request(new Ip6(0x2001_0db8L << 32, 1), new byte[8], 0).encode().toArray();
        assertThat(alice.client.received(THERE, ByteBuffer.wrap(datagram), network.now))
                .containsExactly(new ClientEffect.Dropped(Rule.NOT_A_PEER));
    }

    @Test
    void onePeerIsAnsweredOnceASecond() {
        qualify();
        long answers = 0;
        for (int i = 0; i < 1000; i++) {
            answers += answered(peer(1));
            network.run(Duration.ofMillis(10));
        }
        assertThat(answers).isBetween(10L, 12L);
    }

    @Test
    void allTogetherAreAnsweredFiveTimesASecond() {
        qualify();
        long answers = 0;
        for (int i = 0; i < 1000; i++) {
            answers += answered(peer(i));
            network.run(Duration.ofMillis(10));
        }
        assertThat(answers).isBetween(50L, 56L);
        for (int i = 1000; i < 1005; i++) {
            answered(peer(i));
        }
        assertThat(ping(peer(2000), new byte[8], 0)).contains(new ClientEffect.Dropped(Rule.TOO_OFTEN));
    }

    private long answered(TeredoAddress peer) {
        return ping(peer, new byte[8], 0).stream()
                .filter(ClientEffect.Send.class::isInstance)
                .count();
    }
}
