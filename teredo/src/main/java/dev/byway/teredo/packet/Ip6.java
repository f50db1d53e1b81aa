package dev.byway.teredo.packet;

import dev.byway.core.fleet.Addresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv6 address as two numbers, which compare fast.
 *
 * @param high its first 64 bits
 * @param low its last 64 bits
 */
public record Ip6(long high, long low) {
    /** Length in bytes. */
    public static final int BYTES = 16;

    /** All routers of the link (RFC 4291 section 2.7.1). */
    public static final Ip6 ALL_ROUTERS = new Ip6(0xff02L << 48, 2);

    private static final long LINK_LOCAL = 0xfe80L << 48;
    private static final long LINK_LOCAL_MASK = 0xffc0L << 48;

    /** The next 16 bytes. */
    static Ip6 read(ByteBuffer in) {
        return new Ip6(in.getLong(), in.getLong());
    }

    /**
     * Of an address as the rest of Java has it.
     *
     * @throws IllegalArgumentException when it is not of IPv6
     */
    public static Ip6 of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(address.getHostAddress() + " is not an IPv6 address");
        }
        return read(ByteBuffer.wrap(bytes));
    }

    void write(ByteBuffer out) {
        out.putLong(high).putLong(low);
    }

    /** A link-local address with this interface identifier. */
    public static Ip6 linkLocal(long identifier) {
        return new Ip6(LINK_LOCAL, identifier);
    }

    /** Whether it is of {@code fe80::/10}. */
    public boolean isLinkLocal() {
        return (high & LINK_LOCAL_MASK) == LINK_LOCAL;
    }

    /** As the rest of Java takes it. */
    public InetAddress inetAddress() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            write(bytes);
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", e);
        }
    }

    /** The usual short form (RFC 5952). */
    @Override
    public String toString() {
        return Addresses.format(inetAddress());
    }
}
