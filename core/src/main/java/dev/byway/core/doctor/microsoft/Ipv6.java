package dev.byway.core.doctor.microsoft;

import java.nio.ByteBuffer;

/** As much of IPv6 (RFC 8200) as an ICMPv6 message in it needs. */
final class Ipv6 {
    /** Length of the header, in bytes. */
    static final int HEADER = 40;

    /** The next header that says ICMPv6. */
    static final int ICMP = 58;

    /** The hop limit of a message that no router has passed on (RFC 4861 section 6.1). */
    static final int HOPS = 255;

    private static final int LOW = 0xffff;

    private Ipv6() {}

    /** The checksum to put into a message that has none yet; of one that has the right one, 0 (RFC 4443 section 2.3). */
    static int checksum(byte[] source, byte[] destination, byte[] message) {
        long sum = sum(source) + sum(destination) + message.length + ICMP + sum(message);
        while (sum > LOW) {
            sum = (sum & LOW) + (sum >>> 16);
        }
        return (int) (~sum & LOW);
    }

    private static long sum(byte[] bytes) {
        ByteBuffer words =
                ByteBuffer.allocate((bytes.length + 1) / 2 * 2).put(bytes).rewind();
        long sum = 0;
        while (words.hasRemaining()) {
            sum += words.getShort() & LOW;
        }
        return sum;
    }
}
