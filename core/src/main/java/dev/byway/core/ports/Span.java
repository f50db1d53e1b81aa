package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.Answer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/** Ports, or addresses of one family, from the first to the last. */
record Span(BigInteger first, BigInteger last) {
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
