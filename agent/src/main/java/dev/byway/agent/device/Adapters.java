package dev.byway.agent.device;

import dev.byway.core.device.Adapter;
import dev.byway.core.fleet.Prefix;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The network adapters of this machine that are up and have an address; Linux tells their kinds besides. */
final class Adapters {
    private Adapters() {}

    /** @param classes Linux's {@code /sys/class/net}; need not exist */
    static List<Adapter> read(Folder classes) {
        List<Adapter> all = new ArrayList<>();
        try (Stream<NetworkInterface> system = NetworkInterface.networkInterfaces()) {
            for (NetworkInterface each : system.toList()) {
                if (isOfUse(each)) {
                    all.add(adapter(each, classes.in(each.getName())));
                }
            }
        } catch (SocketException e) { // The system tells nothing, or one went away meanwhile.
            return all;
        }
        return all;
    }

    private static boolean isOfUse(NetworkInterface system) throws SocketException {
        return system.isUp() && !system.getInterfaceAddresses().isEmpty();
    }

    private static Adapter adapter(NetworkInterface system, Folder kernel) throws SocketException {
        boolean tunnel = kernel.text("type")
                .map(type -> Adapter.isTunnel(
                        type,
                        kernel.text("uevent").orElse(""),
                        kernel.text("tun_flags").orElse("")))
                .orElse(system.isPointToPoint() && !system.isLoopback());
        String description = kernel.text("ifalias")
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .orElseGet(() -> Objects.requireNonNullElse(system.getDisplayName(), ""));
        List<InterfaceAddress> addresses =
                system.getInterfaceAddresses().stream().filter(Objects::nonNull).toList();
        return new Adapter(
                system.getName(),
                description,
                tunnel,
                addresses.stream().map(InterfaceAddress::getAddress).toList(),
                addresses.stream().map(Adapters::link).toList());
    }

    private static Prefix link(InterfaceAddress address) {
        InetAddress ip = address.getAddress();
        return new Prefix(ip, Math.clamp(address.getNetworkPrefixLength(), 0, 8 * ip.getAddress().length));
    }
}
