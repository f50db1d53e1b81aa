package dev.byway.cli.ports;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.ports.Link;
import dev.byway.core.ports.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** Looks at this machine's interfaces. */
public final class ThisMachine {
    private ThisMachine() {}

    /**
     * The subnets of its addresses, without loopback and link-local ones.
     *
     * @param only the address that peers are linked from: then those of its interface
     */
    public static List<Prefix> subnets(Optional<InetAddress> only) {
        return of(only, Optional.empty()).subnets();
    }

    /**
     * What rules for its firewall name of it.
     *
     * @param only the address that peers are linked from: then its interface is the only one
     * @param program the program that listens
     */
    static Machine of(Optional<InetAddress> only, Optional<String> program) {
        try {
            return new Machine(
                    NetworkInterface.networkInterfaces()
                            .filter(ThisMachine::isUsed)
                            .filter(one -> only.isEmpty() || one.inetAddresses().anyMatch(only.get()::equals))
                            .map(ThisMachine::link)
                            .toList(),
                    program);
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

    private static Link link(NetworkInterface one) {
        return new Link(
                one.getName(),
                one.getInterfaceAddresses().stream().map(ThisMachine::subnet).toList());
    }

    private static Prefix subnet(InterfaceAddress address) {
        return new Prefix(address.getAddress(), address.getNetworkPrefixLength());
    }
}
