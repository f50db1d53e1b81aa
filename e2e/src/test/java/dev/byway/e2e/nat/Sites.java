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
final class Sites implements AutoCloseable {
    private static final String SERVERS = "teredo.server.addresses=11.200.2.2,11.200.2.3";

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
    static Sites open(Path home, int hosts, NatType... nats) {
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

    NatLab lab() {
        return lab;
    }

    Origin origin() {
        return origin;
    }

    /** Starts an agent in mode 3 on each host, members of the fleet, and returns when each knows its NAT. */
    void start(String... settings) {
        for (int site = 1; site <= number; site++) {
            for (int host = 1; host <= hosts; host++) {
                List<String> all = new ArrayList<>(List.of(settings));
                all.addAll(List.of("DODownloadMode=3", "origin.ca=" + origin.authority()));
                devices.add(new Device(lab.host(site, host), home.resolve("s" + site + "h" + host), all));
            }
        }
        fleet.admit(devices);
        agents.addAll(Office.start(devices));
        devices.forEach(device -> device.awaitStatus(Sites::isMet));
    }

    private static boolean isMet(JsonNode status) {
        String tunnel = status.path("tunnel").asString();
        return tunnel.startsWith("met at ") && !tunnel.contains("unknown");
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
    PublishedFile publish(String name, int length) throws IOException {
        return PublishedFile.at(origin, name, length, name.hashCode());
    }

    /** The coordinator's machine loses power, and it starts again with what it had on its disk. */
    void restartCoordinator() {
        fleet.kill();
        fleet = service();
    }

    @Override
    public void close() {
        lab.close();
    }
}
