package dev.byway.agent;

import com.sun.management.OperatingSystemMXBean;
import dev.byway.core.policy.DeviceFacts;
import dev.byway.core.unit.DataSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about this machine that gates ask for. */
final class Machine {
    private Machine() {}

    /** Memory, and the size of the disk that {@code cache} lies on. */
    static DeviceFacts facts(Path cache) {
        DeviceFacts facts = DeviceFacts.UNKNOWN;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            facts = facts.withRam(new DataSize(system.getTotalMemorySize()));
        }
        try {
            return facts.withDisk(new DataSize(Files.getFileStore(cache).getTotalSpace()));
        } catch (IOException e) {
            return facts;
        }
    }

    /** Resident bytes of this process; 0 where the system does not tell. */
    static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
