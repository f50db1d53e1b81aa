package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * aria2 with a torrent (v1: it knows no other) whose web seed is the origin. Its own settings, but local discovery on, the
 * worldwide one off, seeding without end, and no file space written ahead. A process for each download.
 */
final class Aria2 implements Contender {
    private Optional<Torrents> torrents = Optional.empty();
    private Optional<Path> hook = Optional.empty();

    @Override
    public String name() {
        return "aria2";
    }

    @Override
    public Optional<String> missing() {
        return Installed.missing("aria2c", "aria2").or(Installed::missingLibtorrent);
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
        torrents = Optional.of(Torrents.open(office));
        hook = Optional.of(torrents.get().program("aria2-complete", Stamps.hook("$3")));
    }

    @Override
    public void offer(Office office, Wanted file) {
        torrents.orElseThrow().offer(office, file);
    }

    @Override
    public Running fetch(Device device, Wanted file, From from) {
        List<String> command = new ArrayList<>(Stamps.start(device, file));
        command.addAll(List.of(
                "aria2c",
                "--no-conf=true",
                "--dir=" + Wanted.folder(device),
                "--seed-ratio=0.0",
                "--enable-dht=false",
                "--enable-dht6=false",
                "--bt-enable-lpd=true",
                "--file-allocation=none",
                "--on-bt-download-complete=" + hook.orElseThrow(),
                "--summary-interval=0",
                "--show-console-readout=false",
                torrents.orElseThrow().of(file, Torrents.Version.V1, from).toString()));
        return device.host().spawn(command);
    }
}
