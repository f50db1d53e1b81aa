package dev.byway.e2e;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Origin;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A lab with an origin, and devices that trust it. */
public final class Office implements AutoCloseable {
    private final Path home;
    private final Lab lab;
    private final Origin origin;
    private int devices;

    private Office(Path home, Lab lab, Origin origin) {
        this.home = home;
        this.lab = lab;
        this.origin = origin;
    }

    /** Builds it; {@code home} is an empty folder for all that is written. */
    public static Office open(Path home, Lab.Speed speed) {
        Lab lab = Lab.office(home, speed);
        try {
            return new Office(home, lab, Origin.start(lab.origin(), home.resolve("origin")));
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    public Lab lab() {
        return lab;
    }

    public Origin origin() {
        return origin;
    }

    /** Puts a file of random bytes at the origin, published; another name, other bytes. */
    public PublishedFile publish(String name, int length) throws IOException {
        return PublishedFile.at(origin, name, length, name.hashCode());
    }

    /** One more device; nothing runs on it yet. */
    public Device device(String... settings) {
        return device(lab.addDevice(), settings);
    }

    /** One more device on a link of its own speed: in Mbit/s, 0 as fast as it goes. */
    public Device deviceAt(int mbit, String... settings) {
        return device(lab.addDeviceAt(mbit), settings);
    }

    /** One more device on another floor: in a subnet of its own behind the same router. */
    public Device deviceOn(int floor, String... settings) {
        return device(lab.addDeviceOn(floor), settings);
    }

    private Device device(Host host, String... settings) {
        devices++;
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("origin.ca=" + origin.authority());
        return new Device(host, home.resolve("d" + devices), all);
    }

    public List<Device> devices(int count, String... settings) {
        List<Device> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(device(settings));
        }
        return all;
    }

    /** Starts agents and returns when all serve. */
    public static List<Running> start(Collection<Device> devices) {
        List<Running> agents = devices.stream().map(Device::spawnAgent).toList();
        agents.forEach(Device::awaitReady);
        return agents;
    }

    /** Founds a fleet; {@code settings} are its coordinator's, as {@code name=value}. */
    public FleetService fleet(String... settings) {
        return FleetService.start(lab.coordinator(), home.resolve("coordinator"), settings);
    }

    @Override
    public void close() {
        lab.close();
    }
}
