package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A coordinator on its host in the lab. */
public final class FleetService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Host host;
    private final Path state;
    private final Running coordinator;
    private final Path token;

    private FleetService(Host host, Path state, Running coordinator, Path token) {
        this.host = host;
        this.state = state;
        this.coordinator = coordinator;
        this.token = token;
    }

    public static FleetService start(Host host, Path state, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                "coordinator",
                "--state",
                state.toString(),
                "--set",
                "listen.port=443",
                "--url",
                "https://" + Lab.COORDINATOR));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        Running coordinator = host.spawn(Program.command(command.toArray(String[]::new)));
        coordinator.awaitLine("ready ", PATIENCE);
        Running token = host.spawn(Program.command("coordinator", "token", "--state", state.toString()));
        assertThat(token.awaitEnd(PATIENCE)).as(token::errors).isZero();
        return new FleetService(host, state, coordinator, secret(state.resolveSibling("join.token"), token.output()));
    }

    private static Path secret(Path file, String text) {
        try {
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with what makes a device a member. */
    public Path token() {
        return token;
    }

    /** Makes devices members; their agents start afterwards. */
    public void admit(List<Device> devices) {
        List<Running> joins = devices.stream()
                .map(device -> device.run("join", token.toString()))
                .toList();
        joins.forEach(
                join -> assertThat(join.awaitEnd(PATIENCE)).as(join::errors).isZero());
    }

    /** Publishes a folder that is served under {@code url}, as the administrator does; writes nothing into it. */
    public void publish(Path folder, URI url) {
        Running publish = host.spawn(Program.command(
                "publish",
                folder.toString(),
                "--url",
                url.toString(),
                "--no-sidecar",
                "--coordinator",
                "https://" + Lab.COORDINATOR,
                "--state",
                state.toString()));
        assertThat(publish.awaitEnd(PATIENCE)).as(publish::errors).isZero();
    }

    /** As when its machine loses power. */
    public void kill() {
        coordinator.kill();
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
