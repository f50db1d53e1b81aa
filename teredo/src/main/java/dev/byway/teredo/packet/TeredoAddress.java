package dev.byway.teredo.packet;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A Teredo client's address (RFC 4380 section 4): it says which server knows the client, and where the client's NAT makes it
 * appear to that server.
 *
 * <pre>
 * 2001:0000 | server's IPv4 | flags | mapped port, inverted | mapped IPv4 address, inverted
 * </pre>
 *
 * @param server IPv4 address of the client's server
 * @param flags all 16 bits; random but for those that RFC 5991 fixes, so that an address is hard to guess
 * @param mapped of the client, at its server
 */
public record TeredoAddress(int server, int flags, UdpAddress mapped) {
    private static final int PREFIX = 0x2001_0000;
    private static final int RANDOM_FLAGS = 0x3cff;
    private static final int LOW_16 = 0xffff;
    private static final long LOW_32 = 0xffff_ffffL;

    /**
     * Of a client that has just qualified. RFC 5991 section 3: no cone bit, and 12 random bits.
     *
     * @param server the address that its server advertises
     */
    public static TeredoAddress fresh(int server, UdpAddress mapped, RandomGenerator random) {
        return new TeredoAddress(server, random.nextInt() & RANDOM_FLAGS, mapped);
    }

    /** What an IPv6 address says; empty when it is none of Teredo. */
    public static Optional<TeredoAddress> of(Ip6 address) {
        if ((int) (address.high() >>> 32) != PREFIX) {
            return Optional.empty();
        }
        int port = (int) ~(address.low() >>> 32) & LOW_16;
        return Optional.of(new TeredoAddress(
                (int) address.high(), (int) (address.low() >>> 48), new UdpAddress((int) ~address.low(), port)));
    }

    /** As IPv6 writes it. */
    public Ip6 ip6() {
        long port = ~mapped.port() & LOW_16;
        return new Ip6(
                ((long) PREFIX << 32) | (server & LOW_32),
                ((long) flags << 48) | (port << 32) | (~mapped.address() & LOW_32));
    }

    /** Where its server takes packets for it. */
    public UdpAddress serverAddress() {
        return UdpAddress.server(server);
    }

    @Override
    public String toString() {
        return ip6().toString();
    }
}
