package dev.byway.quic.teredo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The fast path says the same as the rules, and any bytes may come. */
class WayTest {
    private static final TeredoAddress HERE =
            new TeredoAddress(0x0bc8_0202, 0x0400, new UdpAddress(0x0b00_0102, 51178));
    private static final TeredoAddress THERE =
            new TeredoAddress(0x0bc8_0202, 0x3c0f, new UdpAddress(0x0b00_0202, 4000));
    private static final Way TO_THERE = new Way(HERE.ip6(), THERE, THERE.mapped(), Moment.ZERO);
    private static final Way TO_HERE = new Way(THERE.ip6(), HERE, HERE.mapped(), Moment.ZERO);

    private static ByteBuf written(byte[] payload) {
        ByteBuf out = Unpooled.buffer();
        TO_THERE.write(Unpooled.wrappedBuffer(payload), payload.length, out);
        return out;
    }

    @Property
    void whatOneEndWritesTheOtherReads(@ForAll @Size(min = 1, max = TeredoTransport.PAYLOAD) byte[] payload) {
        ByteBuf datagram = written(payload);
        assertThat(TO_HERE.brought(datagram)).isTrue();
        assertThat(ByteBufUtil.getBytes(Way.content(datagram))).isEqualTo(payload);
        assertThat(TO_THERE.brought(datagram)).isFalse();
    }

    @Property
    void theRulesReadItTooAndItsChecksumIsRight(@ForAll @Size(min = 1, max = TeredoTransport.PAYLOAD) byte[] payload) {
        byte[] bytes = ByteBufUtil.getBytes(written(payload));
        assertThat(TeredoPacket.decode(ByteBuffer.wrap(bytes))).isInstanceOfSatisfying(Decoded.Whole.class, whole -> {
            assertThat(whole.packet().source()).isEqualTo(HERE.ip6());
            assertThat(whole.packet().destination()).isEqualTo(THERE.ip6());
            assertThat(whole.packet().next()).isEqualTo(TeredoPacket.UDP);
        });
        assertThat(onesComplementSum(bytes)).isEqualTo(0xffff);
    }

    /** RFC 8200 section 8.1, byte by byte: over the pseudo-header and all of UDP, checksum included. */
    private static int onesComplementSum(byte[] packet) {
        int sum = TeredoPacket.UDP + (packet.length - TeredoPacket.HEADER);
        for (int i = 8; i < packet.length; i++) {
            int value = Byte.toUnsignedInt(packet[i]);
            sum += i % 2 == 0 ? value << 8 : value;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    @Property
    void anyBytesAreReadWithoutHarm(@ForAll @Size(max = 2000) byte[] bytes) {
        ByteBuf datagram = Unpooled.wrappedBuffer(bytes);
        if (TO_HERE.brought(datagram)) {
            assertThat(Way.content(datagram).readableBytes()).isLessThanOrEqualTo(bytes.length - Way.HEADERS);
        }
    }

    /** One damaged byte of the headers, a cut, or what RFC 6081 puts behind. */
    @Property
    void damagedPacketsAreNobodys(
            @ForAll @Size(min = 1, max = 200) byte[] payload,
            @ForAll @IntRange(max = Way.HEADERS - 1) int at,
            @ForAll @IntRange(min = 1, max = 255) int damage) {
        ByteBuf datagram = written(payload);
        datagram.setByte(at, datagram.getByte(at) ^ damage);
        boolean harmless = (at == 0 && damage < 16) || (at >= 1 && at < 4) || at == 7 || at >= 46;
        assertThat(TO_HERE.brought(datagram)).isEqualTo(harmless);
        ByteBuf cut = written(payload).slice(0, Way.HEADERS + payload.length - 1);
        assertThat(TO_HERE.brought(cut)).isFalse();
        ByteBuf trailed = written(payload).writeBytes(new byte[] {1, 4, 0, 0, 0, 1});
        assertThat(ByteBufUtil.getBytes(Way.content(trailed))).isEqualTo(payload);
    }
}
