package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.FleetService;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        DOOR
    }

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** So many Java programs start at a time, as the coordinator shares two cores with them. */
    private static final int AT_ONCE = 2;

    private final Way way;
    private Optional<FleetService> fleet = Optional.empty();

    Byway(Way way) {
        this.way = way;
    }

    @Override
    public String name() {
        return way == Way.COMMAND ? "Byway get" : "Byway API";
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
        String out = file.on(device).toString();
        if (way == Way.COMMAND) {
            return device.runUnder(starter, "get", file.url().toString(), "--json", "-o", out);
        }
        JsonNode api = api(device);
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of("curl", "-sSf", "-X", "POST", "-o", out));
        command.addAll(
                List.of("-H", "Authorization: Bearer " + api.path("token").asString("")));
        command.add(api.path("url").asString("") + "/v1/get?url="
                + URLEncoder.encode(file.url().toString(), StandardCharsets.UTF_8));
        return device.host().spawn(command);
    }

    private static JsonNode api(Device device) {
        try {
            return MAPPER.readTree(Files.readString(device.state().resolve("api.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Host> services(Office office) {
        return List.of(office.lab().coordinator());
    }
}
