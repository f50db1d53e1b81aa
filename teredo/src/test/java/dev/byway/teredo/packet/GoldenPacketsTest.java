package dev.byway.teredo.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real clients and a real server sent. */
class GoldenPacketsTest {
    private static final int SERVER = UdpAddress.number(InetAddress.ofLiteral("11.200.2.2"));

    static TeredoPacket whole(byte[] payload) {
        Decoded decoded = TeredoPacket.decode(ByteBuffer.wrap(payload));
        assertThat(decoded).isInstanceOf(Decoded.Whole.class);
        return ((Decoded.Whole) decoded).packet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.pcap",
                "initiator-restricted.pcap",
                "responder-port-restricted.pcap",
                "same-site-hairpin.pcap",
                "matrix-symmetric.full-cone.pcap",
                "matrix-full-cone.symmetric.pcap"
            })
    void everyPacketIsReadAndWrittenAsItWas(String file) {
        List<Captured> all = Captured.in(file);
        assertThat(all).isNotEmpty();
        for (Captured one : all) {
            assertThat(whole(one.bytes()).encode().toArray()).isEqualTo(withoutFlow(one.bytes()));
        }
    }

    /** Class and flow of an IPv6 packet, which hosts set and Teredo does not look at, are not kept. */
    private static byte[] withoutFlow(byte[] bytes) {
        if (bytes[0] >>> 4 == 6) {
            ByteBuffer.wrap(bytes).putInt(0, 6 << 28);
        }
        return bytes;
    }

    @Test
    void aSolicitationIsAsMiredoSendsIt() {
        byte[] first = Captured.in("server.pcap").getFirst().bytes();
        RouterSolicitation read = RouterSolicitation.in(whole(first)).orElseThrow();
        assertThat(read.hasConeBit()).isFalse();
        assertThat(RouterSolicitation.of(read.nonce()).packet().encode().toArray())
                .isEqualTo(first)
                .isEqualTo(HexFormat.of()
                        .parseHex("00010000f1de64cda2594ea5006000000000083afffe80000000000000" + "0000fffffffffffff"
                                + "f020000000000000000000000000002" + "85007d3700000000"));
        assertThat(RouterSolicitation.in(read.withConeBit().packet())
                        .orElseThrow()
                        .hasConeBit())
                .isTrue();
    }

    @Test
    void anAdvertisementIsAsMiredoSendsIt() {
        Captured answer = Captured.in("server.pcap").stream()
                .filter(one -> one.bytes().length == 117)
                .findFirst()
                .orElseThrow();
        RouterAdvertisement read = RouterAdvertisement.in(whole(answer.bytes())).orElseThrow();
        assertThat(read.server()).isEqualTo(SERVER);
        assertThat(read.mapped()).isEqualTo(answer.to());
        assertThat(read.packet().encode().toArray()).isEqualTo(answer.bytes());
    }

    @Test
    void anAddressSaysWhereItsOwnerIs() {
        TeredoPacket reply = Captured.in("responder-port-restricted.pcap").stream()
                .map(one -> whole(one.bytes()))
                .filter(packet -> packet.isBubble() && packet.origin().isEmpty())
                .findFirst()
                .orElseThrow();
        TeredoAddress source = TeredoAddress.of(reply.source()).orElseThrow();
        assertThat(source.server()).isEqualTo(SERVER);
        assertThat(source.mapped().toString()).startsWith("11.0.2.2:");
        assertThat(source.flags() & ~0x3cff).isZero();
        assertThat(source.ip6()).isEqualTo(reply.source());
        assertThat(TeredoAddress.of(reply.destination())).isEmpty();
    }

    @Test
    void aPassedOnBubbleSaysWhereItCameFrom() {
        assertThat(Captured.in("server.pcap"))
                .filteredOn(one -> one.bytes().length == 48)
                .isNotEmpty()
                .allSatisfy(one -> {
                    TeredoPacket bubble = whole(one.bytes());
                    assertThat(bubble.isBubble()).isTrue();
                    assertThat(bubble.origin().map(UdpAddress::toString).orElse(""))
                            .startsWith("11.0.");
                });
    }

    /** RFC 4380 section 5.1.1's own example. */
    @Test
    void theOriginIsTurnedOver() {
        UdpAddress origin = new UdpAddress(0x01020304, 337);
        TeredoPacket packet = new TeredoPacket(
                Optional.empty(),
                Optional.of(origin),
                new Ip6(1, 2),
                new Ip6(3, 4),
                TeredoPacket.NOTHING,
                0,
                ByteString.EMPTY,
                List.of());
        assertThat(packet.encode().toString()).startsWith("0000feaefefdfcfb6");
    }
}
