package dev.byway.cli.ports;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.fleet.Prefix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at this machine's interfaces. */
public final class ThisMachine {
    private ThisMachine() {}

    /**
     * The subnets of its addresses, without loopback and link-local ones.
     *
     * @param only the address that peers are linked from: then those of its interface
     */
    public static List<Prefix> subnets(Optional<InetAddress> only) {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(ThisMachine::isUsed)
                    .filter(one -> only.isEmpty() || one.inetAddresses().anyMatch(only.get()::equals))
                    .flatMap(ThisMachine::subnets)
                    .distinct()
                    .toList();
        } catch (SocketException e) {
            throw CommandException.failed("cannot list the network interfaces of this machine: " + Trouble.of(e));
        }
    }

    private static boolean isUsed(NetworkInterface one) {
        try {
            return one.isUp() && !one.isLoopback();
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    private static Stream<Prefix> subnets(NetworkInterface one) {
        return one.getInterfaceAddresses().stream()
                .filter(address -> !address.getAddress().isLinkLocalAddress())
                .map(ThisMachine::subnet);
    }

    private static Prefix subnet(InterfaceAddress address) {
        return new Prefix(address.getAddress(), address.getNetworkPrefixLength());
    }
}
