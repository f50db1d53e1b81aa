package dev.byway.e2e.lab;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * An office behind a thin uplink, an origin and a coordinator in the internet, made of network namespaces.
 *
 * <pre>
 * d1 d2 … dN ─ bridge ─ router ──┬── origin       11.200.1.2
 * 10.77.0.11…  10.77.0.0/24      └── coordinator  11.200.2.2
 * </pre>
 *
 * <p>Links of devices are shaped each way, the uplink towards the office. Every interface lies in a namespace of the lab, and
 * names start with a prefix of the lab's own: nothing touches the machine's network, and labs run side by side. {@link #close}
 * kills what runs in it and removes it all. For one thread.
 */
public final class Lab implements AutoCloseable {
    /** Name of the origin, for URLs. */
    public static final String ORIGIN = "origin.lab";

    /** Name of the coordinator, for URLs. */
    public static final String COORDINATOR = "coordinator.lab";

    private static final int FIRST_DEVICE = 10;

    /**
     * How fast the lab's links are.
     *
     * @param deviceMbit of each device's link, each way, in Mbit/s; 0: as fast as it goes
     * @param uplinkMbit from the internet into the office, in Mbit/s; 0: as fast as it goes
     */
    public record Speed(int deviceMbit, int uplinkMbit) {}

    private final Namespaces namespaces;
    private final Speed speed;
    private final Set<Integer> floors = new HashSet<>();
    private int devices;

    private Lab(Namespaces namespaces, Speed speed) {
        this.namespaces = namespaces;
        this.speed = speed;
    }

    /**
     * Builds an office without devices yet.
     *
     * @param logs an existing folder for what programs print
     */
    public static Lab office(Path logs, Speed speed) {
        Namespaces.assumePossible(
                "iproute2 nftables nginx-light openssl procps", "ip", "tc", "nft", "nginx", "openssl", "sysctl");
        Lab lab = new Lab(Namespaces.open(logs, "11.200.1.2 " + ORIGIN + "\n11.200.2.2 " + COORDINATOR + "\n"), speed);
        try {
            lab.build();
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private void build() {
        add("lan", "lan.lab", "");
        add("router", "router.lab", "10.77.0.1");
        add("origin", ORIGIN, "11.200.1.2");
        add("coordinator", COORDINATOR, "11.200.2.2");
        ip("lan", "link add name office type bridge mcast_snooping 0");
        ip("lan", "link set office up");
        connect("router", "office", "10.77.0.1/24", "lan", "router");
        ip("lan", "link set router master office");
        shape("router", "office", speed.uplinkMbit());
        uplink("origin", 1);
        uplink("coordinator", 2);
        exec("router", "sysctl", "-qw", "net.ipv4.ip_forward=1");
    }

    private void uplink(String host, int net) {
        connect(host, "eth0", "11.200." + net + ".2/24", "router", "up" + net);
        ip("router", "addr add 11.200." + net + ".1/24 dev up" + net);
        ip(host, "route add default via 11.200." + net + ".1");
    }

    /** Puts one more device into the office. */
    public Host addDevice() {
        return addDevice("office", 0, speed.deviceMbit());
    }

    /** Puts one more device into the office, on a link of its own speed: in Mbit/s, 0 as fast as it goes. */
    public Host addDeviceAt(int mbit) {
        return addDevice("office", 0, mbit);
    }

    /** Puts one more device on another floor of the office: a subnet of its own, 10.77.{@code floor}.0/24, behind the same router. */
    public Host addDeviceOn(int floor) {
        return addDevice(floor(floor), floor, speed.deviceMbit());
    }

    /** Carries a device to another floor, or back to the office on floor 0: it gets an address there. */
    public void move(Host device, int floor) {
        String name = device.port();
        ip("lan", "link set " + name + " master " + (floor == 0 ? "office" : floor(floor)));
        ip(name, "-4 addr flush dev eth0");
        ip(
                name,
                "addr add 10.77." + floor + "." + (FIRST_DEVICE + Integer.parseInt(name.substring(1)))
                        + "/24 dev eth0");
        ip(name, "route add default via 10.77." + floor + ".1");
    }

    private String floor(int floor) {
        String bridge = "floor" + floor;
        if (floors.add(floor)) {
            ip("lan", "link add name " + bridge + " type bridge mcast_snooping 0");
            ip("lan", "link set " + bridge + " up");
            connect("router", bridge, "10.77." + floor + ".1/24", "lan", "router" + floor);
            ip("lan", "link set router" + floor + " master " + bridge);
        }
        return bridge;
    }

    private Host addDevice(String bridge, int subnet, int mbit) {
        devices++;
        String name = "d" + devices;
        String address = "10.77." + subnet + "." + (FIRST_DEVICE + devices);
        Host host = add(name, name + ".lab", address);
        connect(name, "eth0", address + "/24", "lan", name);
        ip("lan", "link set " + name + " master " + bridge);
        ip(name, "route add default via 10.77." + subnet + ".1");
        shape(name, "eth0", mbit);
        shape("lan", name, mbit);
        return host;
    }

    /** The switch that devices of the office are plugged into; each device's port has the first part of its name. */
    public Host lan() {
        return host("lan");
    }

    /** What routes between the office and the internet. */
    public Host router() {
        return host("router");
    }

    /** Where the origin runs. */
    public Host origin() {
        return host("origin");
    }

    /** Where the coordinator runs. */
    public Host coordinator() {
        return host("coordinator");
    }

    private Host host(String name) {
        return namespaces.host(name);
    }

    private Host add(String name, String fullName, String address) {
        return namespaces.add(name, fullName, address);
    }

    private void connect(String near, String nearName, String address, String far, String farName) {
        namespaces.connect(near, nearName, address, far, farName);
    }

    private void shape(String host, String device, int mbit) {
        if (mbit == 0) {
            return;
        }
        exec(
                host,
                ("tc qdisc add dev " + device + " root tbf rate " + mbit + "mbit burst 64kb latency 100ms").split(" "));
    }

    private void ip(String host, String command) {
        namespaces.ip(host, command);
    }

    private void exec(String host, String... command) {
        host(host).exec(command);
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
