package dev.byway.core.doctor.microsoft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A Teredo server's answer to a solicitation (RFC 4380 section 5.2.2).
 *
 * @param mapped where the server saw the solicitation come from, {@code address:port}: what NATs made of this device
 * @param server its address, as its prefix tells it
 */
public record TeredoAnswer(String mapped, String server) {
    /** Longest payload that is read, in bytes: what an Ethernet frame holds. */
    public static final int LONGEST = 1500;

    private static final int ADVERTISEMENT = 134;
    private static final int ADVERTISEMENT_HEADER = 16;
    private static final int PREFIX_OPTION = 3;
    private static final int OPTION_UNIT = 8;
    private static final int TEREDO_PREFIX = 0x2001_0000;

    /**
     * Reads one, of bytes that anybody may have sent.
     *
     * @param client to which the answer in it must be addressed, 16 bytes
     */
    static Optional<TeredoAnswer> read(ByteBuffer in, long nonce, byte[] client) {
        if (in.remaining() > LONGEST) {
            return Optional.empty();
        }
        try {
            return authentic(in, nonce) && in.getShort() == 0 ? mapped(in, client) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static boolean authentic(ByteBuffer in, long nonce) {
        if (in.getShort() != 1) {
            return false;
        }
        bytes(in, Byte.toUnsignedInt(in.get()) + Byte.toUnsignedInt(in.get()));
        return in.getLong() == nonce && in.get() == 0;
    }

    /** Section 5.1.1: the port and the address are turned over bit by bit, because some NATs rewrite what they know. */
    private static Optional<TeredoAnswer> mapped(ByteBuffer in, byte[] client) {
        int port = ~in.getShort() & 0xffff;
        int address = ~in.getInt();
        return advertisement(in, client)
                .flatMap(TeredoAnswer::server)
                .map(server -> new TeredoAnswer(dotted(address) + ":" + port, dotted(server)));
    }

    private static Optional<ByteBuffer> advertisement(ByteBuffer in, byte[] client) {
        int version = in.getInt() >>> 28;
        int length = Short.toUnsignedInt(in.getShort());
        int next = Byte.toUnsignedInt(in.get());
        int hops = Byte.toUnsignedInt(in.get());
        byte[] source = bytes(in, client.length);
        byte[] destination = bytes(in, client.length);
        byte[] message = bytes(in, length);
        return version == 6
                        && next == Ipv6.ICMP
                        && hops == Ipv6.HOPS
                        && Arrays.equals(destination, client)
                        && Ipv6.checksum(source, destination, message) == 0
                        && message.length >= ADVERTISEMENT_HEADER
                        && Byte.toUnsignedInt(message[0]) == ADVERTISEMENT
                ? Optional.of(ByteBuffer.wrap(message).position(ADVERTISEMENT_HEADER))
                : Optional.empty();
    }

    /** From the option with the prefix (RFC 4861 section 4.6.2): a Teredo prefix has the server in it. */
    private static Optional<Integer> server(ByteBuffer options) {
        while (options.hasRemaining()) {
            int type = Byte.toUnsignedInt(options.get());
            int units = Byte.toUnsignedInt(options.get());
            if (units == 0) {
                return Optional.empty();
            }
            ByteBuffer option = ByteBuffer.wrap(bytes(options, units * OPTION_UNIT - 2));
            if (type == PREFIX_OPTION && units == 4 && option.get(0) == 64 && option.getInt(14) == TEREDO_PREFIX) {
                return Optional.of(option.getInt(18));
            }
        }
        return Optional.empty();
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }
}
