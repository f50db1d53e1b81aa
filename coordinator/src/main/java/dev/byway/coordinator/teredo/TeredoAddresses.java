package dev.byway.coordinator.teredo;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Where a Teredo server is.
 *
 * @param bound IPv4 addresses of this machine, one or two, the first of which clients know it by
 * @param advertised how the Internet knows these, where a NAT of one to one stands before the machine; as many
 */
public record TeredoAddresses(List<InetAddress> bound, List<InetAddress> advertised) {
    /** @throws IllegalArgumentException with what is wrong, naming the settings */
    public TeredoAddresses {
        bound = List.copyOf(bound);
        advertised = List.copyOf(advertised);
        if (bound.isEmpty()
                || bound.size() > 2
                || bound.size() != bound.stream().distinct().count()) {
            throw new IllegalArgumentException(
                    "teredo.server.addresses takes one or two different addresses, not " + bound.size());
        }
        if (advertised.size() != bound.size()) {
            throw new IllegalArgumentException("teredo.server.advertised names " + advertised.size()
                    + " addresses, and " + "teredo.server.addresses " + bound.size() + ": name one for each");
        }
        if (bound.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
            throw new IllegalArgumentException(
                    "teredo.server.addresses: name the addresses themselves, not 0.0.0.0: an "
                            + "answer must come from the one that was asked");
        }
        requireIpv4("teredo.server.addresses", bound);
        requireIpv4("teredo.server.advertised", advertised);
    }

    /** Addresses that the Internet knows as they are. */
    public static TeredoAddresses of(List<InetAddress> bound) {
        return new TeredoAddresses(bound, bound);
    }

    private static void requireIpv4(String setting, List<InetAddress> addresses) {
        addresses.stream().filter(address -> !(address instanceof Inet4Address)).forEach(other -> {
            throw new IllegalArgumentException(
                    setting + ": " + other.getHostAddress() + " is not an IPv4 address, and Teredo is about those");
        });
    }

    /** Whether clients can find out what their NATs do. */
    public boolean areTwo() {
        return bound.size() == 2;
    }
}
