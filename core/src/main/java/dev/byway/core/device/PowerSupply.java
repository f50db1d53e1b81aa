package dev.byway.core.device;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One folder of Linux's {@code /sys/class/power_supply}, as far as it matters: its files by name, see the kernel's
 * {@code Documentation/ABI/testing/sysfs-class-power}.
 *
 * @param files name and content of those that could be read
 */
public record PowerSupply(Map<String, String> files) {
    /** The files that are looked at. */
    public static final List<String> FILES = List.of("type", "scope", "online", "status", "capacity", "present");

    public PowerSupply {
        files = Map.copyOf(files);
    }

    /**
     * The charge in percent, when the machine runs on battery; empty when it does not, or when nobody knows.
     *
     * @param all every supply of the machine
     */
    public static OptionalInt charge(List<PowerSupply> all) {
        List<PowerSupply> batteries =
                all.stream().filter(PowerSupply::isBatteryOfTheMachine).toList();
        List<PowerSupply> lines = all.stream().filter(PowerSupply::isLine).toList();
        boolean drawn = lines.isEmpty()
                ? batteries.stream().anyMatch(battery -> battery.is("status", "Discharging"))
                : lines.stream().noneMatch(line -> line.number("online").orElse(0) > 0);
        if (!drawn) {
            return OptionalInt.empty();
        }
        double[] charges = batteries.stream()
                .mapToLong(battery -> battery.number("capacity").orElse(-1))
                .filter(percent -> percent >= 0)
                .mapToDouble(percent -> Math.min(100, percent))
                .toArray();
        double sum = 0;
        for (double charge : charges) {
            sum += charge;
        }
        return charges.length == 0 ? OptionalInt.empty() : OptionalInt.of((int) (sum / charges.length));
    }

    /** Mice and headsets have batteries, too: their scope is {@code Device}. */
    private boolean isBatteryOfTheMachine() {
        return is("type", "Battery")
                && !is("scope", "Device")
                && number("present").orElse(1) != 0;
    }

    private boolean isLine() {
        return (is("type", "Mains") || is("type", "USB") || is("type", "Wireless")) && !is("scope", "Device");
    }

    private boolean is(String file, String word) {
        return files.getOrDefault(file, "").strip().equalsIgnoreCase(word);
    }

    private OptionalLong number(String file) {
        String text = files.getOrDefault(file, "").strip();
        return text.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
