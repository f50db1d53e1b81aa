package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.LabException;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Transmission's daemon with a torrent (v1: this version knows no other) whose web seed is the origin. Its own settings, but
 * local discovery on, the worldwide one off, and no queue.
 */
final class Transmission implements Contender {
    private static final String RPC = "127.0.0.1:9091";
    private static final Duration START = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Optional<Torrents> torrents = Optional.empty();

    @Override
    public String name() {
        return "Transmission";
    }

    @Override
    public Optional<String> missing() {
        return Installed.missing("transmission-daemon", "transmission-daemon")
                .or(() -> Installed.missing("transmission-remote", "transmission-cli"))
                .or(Installed::missingLibtorrent);
    }

    @Override
    public boolean shares() {
        return true;
    }

    @Override
    public boolean warms() {
        return false;
    }

    @Override
    public void prepare(Office office, List<Device> devices) {
        Torrents opened = Torrents.open(office);
        String settings =
                settings(opened.program("transmission-complete", Stamps.hook("$TR_TORRENT_DIR/$TR_TORRENT_NAME")));
        devices.forEach(device -> start(device, settings));
        devices.forEach(Transmission::awaitRpc);
        torrents = Optional.of(opened);
    }

    private static String settings(Path hook) {
        return MAPPER.writeValueAsString(Map.of(
                "dht-enabled", false,
                "lpd-enabled", true,
                "port-forwarding-enabled", false,
                "download-queue-enabled", false,
                "rpc-bind-address", "127.0.0.1",
                "script-torrent-done-enabled", true,
                "script-torrent-done-filename", hook.toString()));
    }

    private static void start(Device device, String settings) {
        try {
            Files.createDirectories(device.state());
            Files.writeString(device.state().resolve("settings.json"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        device.host()
                .spawn(List.of("transmission-daemon", "-f", "-g", device.state().toString()));
    }

    private static void awaitRpc(Device device) {
        long until = System.nanoTime() + START.toNanos();
        while (device.host().spawn(List.of("transmission-remote", RPC, "-si")).awaitEnd(START) != 0) {
            if (System.nanoTime() > until) {
                throw new LabException("transmission-daemon does not answer on "
                        + device.host().name());
            }
        }
    }

    @Override
    public void offer(Office office, Wanted file) {
        torrents.orElseThrow().offer(office, file);
    }

    @Override
    public Running fetch(Device device, Wanted file, From from) {
        List<String> command = new ArrayList<>(Stamps.start(device, file));
        command.addAll(List.of(
                "transmission-remote",
                RPC,
                "-a",
                torrents.orElseThrow().of(file, Torrents.Version.V1, from).toString(),
                "-w",
                Wanted.folder(device).toString()));
        return device.host().spawn(command);
    }
}
