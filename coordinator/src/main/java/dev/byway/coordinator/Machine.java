package dev.byway.coordinator;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Prefix;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine knows of its own addresses. */
final class Machine {
    private Machine() {}

    private static List<InterfaceAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(face -> face.getInterfaceAddresses().stream())
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** The prefixes of the links it is on; loopback aside. */
    static List<Prefix> links() {
        return addresses().stream()
                .filter(address -> !address.getAddress().isLoopbackAddress())
                .map(address -> new Prefix(address.getAddress(), address.getNetworkPrefixLength()))
                .distinct()
                .toList();
    }

    /** The names and addresses under which a server that listens on {@code address} is reached. */
    static List<String> names(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return List.of(Addresses.format(address));
        }
        List<String> names = new ArrayList<>(hostName().stream().toList());
        Stream<InetAddress> all = addresses().stream().map(InterfaceAddress::getAddress);
        all.filter(candidate -> !candidate.isLinkLocalAddress())
                .sorted((one, other) -> Boolean.compare(one.isLoopbackAddress(), other.isLoopbackAddress()))
                .map(Addresses::format)
                .forEach(names::add);
        return names.stream().distinct().toList();
    }

    private static Optional<String> hostName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName())
                    .filter(name -> name.matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*") && !name.equals("localhost"));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
