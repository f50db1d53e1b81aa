package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.Answer;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Ports, or addresses of one family, from the first to the last. */
record Span(BigInteger first, BigInteger last) {
    private static final int MAPPED_BITS = 96;
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff).shiftLeft(32);
    static final Span ALL_PORTS = ports(1, 65_535);

    static Span ports(int first, int last) {
        return new Span(BigInteger.valueOf(first), BigInteger.valueOf(last));
    }

    static Span of(Prefix prefix) {
        BigInteger first = number(prefix.network());
        int free = 8 * prefix.network().getAddress().length - prefix.length();
        return new Span(first, first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE));
    }

    static Span of(InetAddress first, InetAddress last) {
        return new Span(number(first), number(last));
    }

    /**
     * A prefix. IPv4-mapped addresses of IPv6, which are nowhere else told from those of IPv4, stay what they are: firewalls
     * name them to refuse them.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Span prefix(String address, int length) {
        InetAddress network = Addresses.parse(address);
        boolean mapped = address.indexOf(':') >= 0 && network instanceof Inet4Address;
        return mapped && length >= MAPPED_BITS && length <= MAPPED_BITS + 32
                ? of(new Prefix(network, length - MAPPED_BITS)).plus(MAPPED)
                : of(new Prefix(network, length));
    }

    private Span plus(BigInteger offset) {
        return new Span(first.add(offset), last.add(offset));
    }

    /** Reads an address, {@code first-last}, or a prefix with its length or mask; empty for anything else. */
    static Optional<Span> parse(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        try {
            if (dash >= 0) {
                return Optional.of(
                        of(Addresses.parse(text.substring(0, dash)), Addresses.parse(text.substring(dash + 1))));
            }
            if (slash < 0) {
                return Optional.of(of(Prefix.parse(text)));
            }
            String length = text.substring(slash + 1);
            InetAddress network = Addresses.parse(text.substring(0, slash));
            return Optional.of(of(new Prefix(
                    network, length.contains(".") ? bits(Addresses.parse(length)) : Integer.parseInt(length))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int bits(InetAddress mask) {
        int bits = number(mask).bitCount();
        int free = 8 * mask.getAddress().length - bits;
        if (number(mask).getLowestSetBit() != free && bits != 0) {
            throw new IllegalArgumentException("a mask with holes");
        }
        return bits;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** Whether what this stands for lies within {@code others}: unknown, where only some of it does. */
    Answer within(List<Span> others) {
        if (others.stream().anyMatch(this::isWithin)) {
            return Answer.YES;
        }
        return others.stream().anyMatch(this::meets) ? Answer.UNKNOWN : Answer.NO;
    }

    private boolean isWithin(Span other) {
        return other.first.compareTo(first) <= 0 && last.compareTo(other.last) <= 0;
    }

    private boolean meets(Span other) {
        return other.first.compareTo(last) <= 0 && first.compareTo(other.last) <= 0;
    }
}
