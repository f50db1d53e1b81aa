package dev.byway.agent.discovery;

import dev.byway.core.discovery.Presence;
import dev.byway.core.discovery.Sighting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Discovery as a program of its own, for tests that start it inside a network namespace: {@code instance port device
 * [address]}. Prints what it sees, one line each; stops when its standard input ends.
 */
final class DiscoveryProbe {
    private DiscoveryProbe() {}

    public static void main(String[] args) throws IOException {
        Presence self = new Presence(args[0], Integer.parseInt(args[1]), args[2]);
        Optional<InetAddress> address =
                args.length > 3 ? Optional.of(InetAddress.ofLiteral(args[3])) : Optional.empty();
        try (Discovery discovery = MulticastDiscovery.start(self, address, DiscoveryProbe::print)) {
            System.out.println("started " + discovery.state().text());
            while (System.in.read() >= 0) {
                System.out.println("state " + discovery.state().text());
            }
        }
    }

    private static void print(Sighting sighting) {
        System.out.println(
                switch (sighting) {
                    case Sighting.Appeared(var neighbour) ->
                        "appeared " + neighbour.instance() + " " + neighbour.device() + " "
                                + neighbour.addresses().stream()
                                        .map(DiscoveryProbe::text)
                                        .collect(Collectors.joining(","))
                                + " on " + neighbour.interfaceName();
                    case Sighting.Gone(var instance) -> "gone " + instance;
                });
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + "#" + address.getPort();
    }
}
