package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Byway as a fleet has it: a coordinator at which the file is published, an agent on each device, TLS to the origin and
 * between devices, every byte proved before it is delivered. Standard settings.
 */
final class Byway implements Contender {
    /** How the file is asked for. */
    enum Way {
        /** {@code byway get}, a Java program that starts for it. */
        COMMAND,

        /** {@code POST /v1/get} at the agent's local door, by curl. */
        DOOR,

        /** {@code POST /v1/jobs} there: into the agent's store, and no copy beside it. */
        STORE
    }

    /** So many Java programs start at a time, as the coordinator shares two cores with them. */
    private static final int AT_ONCE = 2;

    /** Starts a job and watches it to its end: {@code $0} where jobs are, {@code $1} the job, then what curl needs. */
    private static final String STORED = "at=$0; job=$1; shift; "
            + "id=$(curl -sSf \"$@\" -d \"$job\" \"$at\" | sed 's/.*\"id\": *\"\\([^\"]*\\)\".*/\\1/') && "
            + "curl -sSf \"$@\" \"$at/$id/events\" | tail -n 1 | grep -q done";

    private final Way way;
    private Optional<FleetService> fleet = Optional.empty();

    Byway(Way way) {
        this.way = way;
    }

    @Override
    public String name() {
        return switch (way) {
            case COMMAND -> "Byway get";
            case DOOR -> "Byway API";
            case STORE -> "Byway store";
        };
    }

    @Override
    public Optional<String> missing() {
        return Installed.missing("curl", "curl");
    }

    @Override
    public boolean shares() {
        return true;
    }

    @Override
    public boolean warms() {
        return true;
    }

    @Override
    public void prepare(Office office, List<Device> devices) {
        FleetService started = office.fleet();
        for (int i = 0; i < devices.size(); i += AT_ONCE) {
            List<Device> some = devices.subList(i, Math.min(i + AT_ONCE, devices.size()));
            started.admit(some);
            Office.start(some);
        }
        fleet = Optional.of(started);
    }

    @Override
    public void offer(Office office, Wanted file) {
        fleet.orElseThrow().publish(file.path(), file.url());
    }

    @Override
    public Running fetch(Device device, Wanted file, From from) {
        List<String> starter = Stamps.startAndEnd(device, file);
        if (way == Way.COMMAND) {
            return device.runUnder(
                    starter,
                    "get",
                    file.url().toString(),
                    "--json",
                    "-o",
                    file.on(device).toString());
        }
        List<String> command = new ArrayList<>(starter);
        if (way == Way.STORE) {
            LocalDoor door = LocalDoor.of(device);
            command.addAll(List.of("bash", "-c", STORED, door.url() + "/v1/jobs", "{\"url\":\"" + file.url() + "\"}"));
            command.addAll(door.authorized());
        } else {
            command.addAll(got(device, file));
        }
        return device.host().spawn(command);
    }

    @Override
    public void collect(Device device, Wanted file) {
        if (way == Way.STORE) {
            device.host().exec(got(device, file).toArray(String[]::new));
        }
    }

    private static List<String> got(Device device, Wanted file) {
        List<String> command = LocalDoor.of(device).getting(file.url());
        command.addAll(List.of("-o", file.on(device).toString()));
        return command;
    }

    @Override
    public List<Host> services(Office office) {
        return List.of(office.lab().coordinator());
    }
}
