package dev.byway.quic.teredo;

import io.netty.buffer.ByteBuf;

/** The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit words. */
final class Checksum {
    private static final long LOW_32 = 0xffff_ffffL;
    private static final long LOW_16 = 0xffffL;

    private Checksum() {}

    /** A sum, not folded yet, of four words. */
    static long words(long eight) {
        return (eight >>> 32) + (eight & LOW_32);
    }

    /** A sum, not folded yet, of so many bytes; an odd one counts as the first of a word. */
    static long sum(ByteBuf in, int from, int length) {
        int end = from + length;
        int at = from;
        long sum = 0;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            sum += words(in.getLong(at));
        }
        for (; at + 2 <= end; at += 2) {
            sum += in.getUnsignedShort(at);
        }
        return at < end ? sum + ((long) in.getUnsignedByte(at) << 8) : sum;
    }

    /** The checksum of a sum, never 0, which would mean that there is none (RFC 8200 section 8.1). */
    static int finish(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded >>> 16) + (folded & LOW_16);
        }
        int checksum = (int) (~folded & LOW_16);
        return checksum == 0 ? (int) LOW_16 : checksum;
    }
}
