package dev.byway.teredo.packet;

import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;

/** As much of ICMPv6 (RFC 4443) as router discovery and echoes take. */
final class Icmp6 {
    /** Hop limit of a message that no router has passed on (RFC 4861 section 6.1). */
    static final int HOPS = 255;

    private static final int LOW_16 = 0xffff;
    static final int CHECKSUM_AT = 2;

    private Icmp6() {}

    /** The message with its checksum, which it has not yet. */
    static ByteString sealed(Ip6 source, Ip6 destination, byte[] message) {
        byte[] bytes = message.clone();
        ByteBuffer.wrap(bytes).putShort(CHECKSUM_AT, (short) checksum(source, destination, message));
        return ByteString.of(bytes);
    }

    /** Whether a packet holds a message of this type whose checksum is right, and which no router passed on. */
    static boolean isValid(TeredoPacket packet, int type, int least) {
        return packet.hops() == HOPS && isMessage(packet, type, least);
    }

    /** Whether a packet holds a message of this type whose checksum is right. */
    static boolean isMessage(TeredoPacket packet, int type, int least) {
        return packet.next() == TeredoPacket.ICMP
                && packet.payload().length() >= least
                && Byte.toUnsignedInt(packet.payload().at(0)) == type
                && packet.payload().at(1) == 0
                && checksum(
                                packet.source(),
                                packet.destination(),
                                packet.payload().toArray())
                        == 0;
    }

    /** RFC 4443 section 2.3: over pseudo-header and message; 0 for one that has the right one. */
    private static int checksum(Ip6 source, Ip6 destination, byte[] message) {
        ByteBuffer all = ByteBuffer.allocate(2 * Ip6.BYTES + 8 + (message.length + 1) / 2 * 2);
        source.write(all);
        destination.write(all);
        all.putInt(message.length).putInt(TeredoPacket.ICMP).put(message).rewind();
        long sum = 0;
        while (all.hasRemaining()) {
            sum += all.getShort() & LOW_16;
        }
        while (sum > LOW_16) {
            sum = (sum & LOW_16) + (sum >>> 16);
        }
        return (int) (~sum & LOW_16);
    }
}
