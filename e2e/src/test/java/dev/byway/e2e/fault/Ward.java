package dev.byway.e2e.fault;

import dev.byway.e2e.Device;
import dev.byway.e2e.Fetched;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A healthy fleet of two offices. In one of them are a device that is going to suffer and another one; in the branch office, behind
 * the same router, is a third, with whom they have no business in mode 1.
 */
final class Ward implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BRANCH = 200;
    private static final int LENGTH = 4 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Office office;
    private final FleetService fleet;
    private final Device victim;
    private final Device other;
    private Running agent;
    private Running otherAgent;
    private List<String> starter = List.of();
    private List<String> asked = List.of();
    private int files;

    private Ward(Office office) {
        this.office = office;
        this.fleet = office.fleet("site.prefixes=office=10.77.0.0/17,branch=10.77.128.0/17");
        this.victim = office.device();
        this.other = office.device();
        Device branch = office.deviceOn(BRANCH);
        fleet.admit(List.of(victim, other, branch));
        List<Running> agents = Office.start(List.of(branch, other, victim));
        this.otherAgent = agents.get(1);
        this.agent = agents.getLast();
    }

    static Ward open(Path home) {
        Office office = Office.open(home, new Lab.Speed(200, 100));
        try {
            return new Ward(office);
        } catch (RuntimeException e) {
            office.close();
            throw e;
        }
    }

    Office office() {
        return office;
    }

    FleetService fleet() {
        return fleet;
    }

    Device victim() {
        return victim;
    }

    /** The host that suffers. */
    Host host() {
        return victim.host();
    }

    Device other() {
        return other;
    }

    void stopAgent() {
        agent.close();
    }

    /** Starts the victim's agent anew, with more settings. */
    void restart(String... settings) {
        agent.close();
        agent = with(settings).runUnder(starter, "agent");
        Device.awaitReady(agent);
    }

    private Device with(String... settings) {
        List<String> all = new ArrayList<>(victim.settings());
        all.addAll(List.of(settings));
        return new Device(victim.host(), victim.state(), all);
    }

    /** Carries the other device to a floor of the office, 0 being the victim's, and starts its agent anew. */
    void moveOther(int floor) {
        otherAgent.close();
        office.lab().move(other.host(), floor);
        restartOther();
    }

    /** Starts the other device's agent anew: it knows nobody. */
    void restartOther() {
        otherAgent.close();
        otherAgent = other.startAgent();
    }

    /** From now on the victim's agent and doctor are started by this program; then {@link #restart}. */
    void startUnder(String... program) {
        starter = List.of(program);
    }

    /** From now on the doctor is asked with these arguments. */
    void askWith(String... arguments) {
        asked = List.of(arguments);
    }

    /** {@code byway doctor --json} of the victim. */
    JsonNode doctor() {
        List<String> all = new ArrayList<>(List.of("doctor", "--json"));
        all.addAll(asked);
        Running doctor = victim.runUnder(starter, all.toArray(String[]::new));
        doctor.awaitEnd(PATIENCE);
        return MAPPER.readTree(doctor.output());
    }

    /** Bytes of a new file that the other device has, and that the victim then took from it, of all. */
    double share() throws IOException {
        PublishedFile file = newFile();
        otherFetches(file);
        return Fetched.await(victim, file, victim.get(file), PATIENCE).lan() / (double) LENGTH;
    }

    /** A file that nobody has fetched yet. */
    PublishedFile newFile() throws IOException {
        return office.publish("ward-" + ++files + ".bin", LENGTH);
    }

    /** The other device fetches a file. */
    Fetched otherFetches(PublishedFile file) throws IOException {
        return Fetched.await(other, file, other.get(file), PATIENCE);
    }

    /** The victim fetches a file. */
    Fetched fetch(PublishedFile file) throws IOException {
        return Fetched.await(victim, file, victim.get(file), PATIENCE);
    }

    @Override
    public void close() {
        fleet.close();
        office.close();
    }
}
