package dev.byway.core.fleet;

import java.net.InetAddress;

/**
 * A range of IP addresses: a network and how many of its leading bits count (CIDR, RFC 4632 and RFC 4291).
 *
 * @param network the first address of the range; bits beyond the length are cleared
 * @param length bits that count, 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(InetAddress network, int length) {
    public Prefix {
        byte[] bytes = network.getAddress();
        if (length < 0 || length > 8 * bytes.length) {
            throw new IllegalArgumentException(
                    "the length of this prefix is 0 to " + 8 * bytes.length + ", not " + length);
        }
        for (int bit = length; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        network = Addresses.of(bytes);
    }

    /**
     * Reads {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or a single address. Bits beyond the length must be 0, because
     * where they are not, one of the two numbers is a mistake.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(Addresses.parse(text));
        }
        String digits = text.substring(slash + 1);
        if (!digits.matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("the length after '/' is a number");
        }
        InetAddress address = Addresses.parse(text.substring(0, slash));
        Prefix prefix = new Prefix(address, Integer.parseInt(digits));
        if (!prefix.network.equals(address)) {
            throw new IllegalArgumentException("the prefix of this length is " + prefix);
        }
        return prefix;
    }

    /** The range of this one address. */
    public static Prefix host(InetAddress address) {
        return new Prefix(address, 8 * address.getAddress().length);
    }

    /** Whether {@code address} lies in this range; never across IPv4 and IPv6. */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = length / 8;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = length % 8;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0;
    }

    /** What {@link #parse} reads, always with the length. */
    @Override
    public String toString() {
        return Addresses.format(network) + "/" + length;
    }
}
