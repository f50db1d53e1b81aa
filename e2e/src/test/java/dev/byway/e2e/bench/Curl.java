package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** curl, plain HTTP from the origin: the measure of a program without neighbours. */
final class Curl implements Contender {
    @Override
    public String name() {
        return "curl";
    }

    @Override
    public Optional<String> missing() {
        return Installed.missing("curl", "curl");
    }

    @Override
    public boolean shares() {
        return false;
    }

    @Override
    public boolean warms() {
        return false;
    }

    @Override
    public void prepare(Office office, List<Device> devices) {
        // Nothing stays.
    }

    @Override
    public void offer(Office office, Wanted file) {
        // It lies at the origin, that is enough.
    }

    @Override
    public Running fetch(Device device, Wanted file, From from) {
        List<String> command = new ArrayList<>(Stamps.startAndEnd(device, file));
        command.addAll(List.of(
                "curl",
                "-sSf",
                "-o",
                file.on(device).toString(),
                file.plainUrl().toString()));
        return device.host().spawn(command);
    }
}
