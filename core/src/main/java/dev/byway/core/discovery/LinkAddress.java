package dev.byway.core.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An address of an interface, and which others are on its link.
 *
 * @param address the interface's own address
 * @param prefixLength leading bits that all addresses on the link share, 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record LinkAddress(InetAddress address, int prefixLength) {
    public LinkAddress {
        int bits = 8 * address.getAddress().length;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("the length of this prefix is 0 to " + bits + ", not " + prefixLength);
        }
    }

    boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /**
     * Whether {@code other} is a single host on the same link. The network's own address and the broadcast address of an
     * IPv4 prefix are not, and a prefix of length 0 has no hosts: it would make the whole world a neighbour.
     */
    public boolean reaches(InetAddress other) {
        if (prefixLength == 0 || other.isMulticastAddress() || other.isAnyLocalAddress()) {
            return false;
        }
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        return ours.length == theirs.length && samePrefix(ours, theirs) && !isNetworkOrBroadcast(theirs);
    }

    private boolean samePrefix(byte[] ours, byte[] theirs) {
        for (int bit = 0; bit < prefixLength; bit += 8) {
            int mask = (0xff00 >> Math.min(8, prefixLength - bit)) & 0xff;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isNetworkOrBroadcast(byte[] bytes) {
        if (!isIpv4() || prefixLength > 30) {
            return false;
        }
        int hostMask = -1 >>> prefixLength;
        int host = hostMask
                & ((bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff));
        return host == 0 || host == hostMask;
    }
}
