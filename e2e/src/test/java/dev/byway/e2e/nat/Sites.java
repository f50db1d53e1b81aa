package dev.byway.e2e.nat;

import dev.byway.e2e.Device;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Origin;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sites behind NATs with an origin, a coordinator that is a Teredo server, and a fleet's devices. */
public final class Sites implements AutoCloseable {
    /** What makes the coordinator a Teredo server. */
    static final String SERVERS = "teredo.server.addresses=11.200.2.2,11.200.2.3";

    private final Path home;
    private final NatLab lab;
    private final int hosts;
    private final int number;
    private final Origin origin;
    private final List<Device> devices = new ArrayList<>();
    private final List<Running> agents = new ArrayList<>();
    private FleetService fleet;

    private Sites(Path home, NatLab lab, int hosts, int number) {
        this.home = home;
        this.lab = lab;
        this.hosts = hosts;
        this.number = number;
        this.origin = Origin.start(lab.origin(), home.resolve("origin"));
        this.fleet = service();
    }

    /**
     * Builds one site for each NAT.
     *
     * @param home an empty folder for all that is written
     * @param hosts of each site
     */
    public static Sites open(Path home, int hosts, NatType... nats) {
        NatLab lab = NatLab.open(home, hosts, nats);
        try {
            return new Sites(home, lab, hosts, nats.length);
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private FleetService service() {
        return FleetService.start(lab.coordinator(), home.resolve("coordinator"), SERVERS);
    }

    public NatLab lab() {
        return lab;
    }

    public Origin origin() {
        return origin;
    }

    /** Its coordinator. */
    public FleetService fleet() {
        return fleet;
    }

    /** Starts an agent in mode 3 on each host, members of the fleet, and returns when each knows its NAT. */
    void start(String... settings) {
        for (int site = 1; site <= number; site++) {
            for (int host = 1; host <= hosts; host++) {
                device(site, host, settings);
            }
        }
        run();
        awaitMet();
    }

    /** A device in mode 3, if {@code settings} do not say otherwise; nothing runs on it yet. */
    public Device device(int site, int host, String... settings) {
        List<String> all = new ArrayList<>(List.of("DODownloadMode=3", "origin.ca=" + origin.authority()));
        all.addAll(List.of(settings));
        Device device = new Device(lab.host(site, host), home.resolve("s" + site + "h" + host), all);
        devices.add(device);
        return device;
    }

    /** Makes all devices members of the fleet, starts their agents, and returns when they serve. */
    public void run() {
        fleet.admit(devices);
        agents.addAll(Office.start(devices));
    }

    /** Returns when all agents know where they are met, and what NAT they are behind. */
    public void awaitMet() {
        devices.forEach(device -> device.awaitStatus(Sites::isMet));
    }

    private static boolean isMet(JsonNode status) {
        String tunnel = status.path("tunnel").asString();
        return tunnel.startsWith("met at ") && !tunnel.contains("unknown");
    }

    /** Returns when a device has a link through the tunnel. */
    public static void awaitLink(Device device) {
        device.awaitStatus(status -> {
            for (JsonNode link : status.path("links")) {
                if (link.path("address").asString().contains("by Teredo")) {
                    return true;
                }
            }
            return false;
        });
    }

    /** All of them, site after site. */
    List<Device> devices() {
        return devices;
    }

    /** What runs on a host of {@link #devices}, in that order. */
    List<Running> agents() {
        return agents;
    }

    /** Puts a file of random bytes at the origin, published; another name, other bytes. */
    public PublishedFile publish(String name, int length) throws IOException {
        return PublishedFile.at(origin, name, length, name.hashCode());
    }

    /** The coordinator's machine loses power. */
    void killCoordinator() {
        fleet.kill();
    }

    /** The coordinator's machine loses power, and it starts again with what it had on its disk. */
    void restartCoordinator() {
        killCoordinator();
        fleet = service();
    }

    @Override
    public void close() {
        lab.close();
    }
}
