package dev.byway.core.fleet;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** The IPv4 addresses inside IPv6 addresses of transition techniques. */
final class EmbeddedAddress {
    private static final Prefix NAT64 = Prefix.parse("64:ff9b::/96");
    private static final Prefix SIX_TO_FOUR = Prefix.parse("2002::/16");
    private static final Prefix TEREDO = Prefix.parse("2001::/32");

    private EmbeddedAddress() {}

    static boolean isTeredo(InetAddress address) {
        return TEREDO.contains(address);
    }

    /** All IPv4 addresses that {@code address} carries; for Teredo the client's, then the server's. */
    static List<InetAddress> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return List.of(slice(bytes, 12));
        } else if (SIX_TO_FOUR.contains(address)) {
            return List.of(slice(bytes, 2));
        } else if (isTeredo(address)) {
            return List.of(teredoClient(bytes), slice(bytes, 4));
        }
        return List.of();
    }

    /**
     * The IPv4 address that stands for {@code address} where the question is on whose network a device is: the NAT's of
     * a Teredo client and the translated one of NAT64. Every other address stands for itself; a 6to4 network has
     * subnets of its own.
     */
    static InetAddress behind(InetAddress address) {
        return isTeredo(address) || NAT64.contains(address) ? in(address).getFirst() : address;
    }

    /** RFC 4380 section 4: the client's port, with every bit inverted. */
    static int teredoPort(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (~bytes[10] & 0xff) << 8 | (~bytes[11] & 0xff);
    }

    private static InetAddress slice(byte[] bytes, int from) {
        return Addresses.of(Arrays.copyOfRange(bytes, from, from + 4));
    }

    /** RFC 4380 section 4: the client's address stands at the end with every bit inverted. */
    private static InetAddress teredoClient(byte[] bytes) {
        byte[] client = new byte[4];
        for (int i = 0; i < 4; i++) {
            client[i] = (byte) ~bytes[12 + i];
        }
        return Addresses.of(client);
    }
}
