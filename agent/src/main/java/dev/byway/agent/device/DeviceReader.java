package dev.byway.agent.device;

import com.sun.management.OperatingSystemMXBean;
import dev.byway.core.device.Adapter;
import dev.byway.core.device.PowerSupply;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.DeviceFacts;
import dev.byway.core.unit.DataSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the facts, all of them each time; a few milliseconds. Linux tells all; elsewhere a VPN is known by the name of its
 * adapter, and battery and price stay unknown.
 *
 * @param root folder in which the system's {@code sys} lies: {@code /}, or another one in a test
 * @param cache where the cache is; its volume's size counts
 * @param vpnKeywords words in the name of an adapter that is a VPN
 * @param routes which way leads where
 */
record DeviceReader(Path root, Path cache, List<String> vpnKeywords, Routes routes) {
    /** What was read at one time; whether the network is metered is not among it. */
    record Reading(DeviceFacts facts, List<Adapter> adapters) {}

    Reading read() {
        List<Adapter> adapters = Adapters.read(new Folder(root.resolve("sys/class/net")));
        DeviceFacts facts = DeviceFacts.UNKNOWN.withVpn(vpn(adapters));
        OptionalInt charge = PowerSupply.charge(supplies());
        facts = charge.isPresent() ? facts.onBattery(charge.getAsInt()) : facts;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            facts = facts.withRam(new DataSize(system.getTotalMemorySize()));
        }
        Optional<DataSize> disk = disk();
        return new Reading(disk.isPresent() ? facts.withDisk(disk.get()) : facts, adapters);
    }

    private Optional<DataSize> disk() {
        try {
            return Optional.of(new DataSize(Files.getFileStore(cache).getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<PowerSupply> supplies() {
        return new Folder(root.resolve("sys/class/power_supply"))
                .folders().stream().map(DeviceReader::supply).toList();
    }

    private static PowerSupply supply(Folder folder) {
        Map<String, String> files = new HashMap<>();
        PowerSupply.FILES.forEach(name -> folder.text(name).ifPresent(text -> files.put(name, text)));
        return new PowerSupply(files);
    }

    /** Whether what goes just anywhere goes through a VPN. */
    private Answer vpn(List<Adapter> adapters) {
        List<Adapter> used = outward(adapters);
        if (used.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return used.stream().anyMatch(adapter -> adapter.isVpn(vpnKeywords)) ? Answer.YES : Answer.NO;
    }

    /** The adapter through which the way to an address leads. */
    Optional<Adapter> towards(InetAddress other, List<Adapter> adapters) {
        return routes.towards(other)
                .flatMap(own -> adapters.stream()
                        .filter(adapter -> adapter.addresses().contains(own))
                        .findFirst());
    }

    /** The adapters through which what goes anywhere goes. */
    List<Adapter> outward(List<Adapter> adapters) {
        return Routes.ANYWHERE.stream()
                .flatMap(anywhere -> towards(anywhere, adapters).stream())
                .distinct()
                .toList();
    }
}
