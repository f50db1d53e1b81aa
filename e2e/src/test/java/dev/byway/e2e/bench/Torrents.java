package dev.byway.e2e.bench;

import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.LabException;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** What the torrent programs need in an office: a tracker, and a torrent of each file with the origin as web seed. */
final class Torrents {
    /** Bytes of a piece. */
    static final int PIECE = 1 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Which kind of BitTorrent. */
    enum Version {
        /** SHA-1 of each piece. */
        V1,

        /** A SHA-256 tree of each file, BEP 52. */
        V2
    }

    private final Path folder;

    private Torrents(Path folder) {
        this.folder = folder;
    }

    /** Starts the tracker where a coordinator would be. */
    static Torrents open(Office office) {
        List<String> tracker = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Tracker.class.getName());
        office.lab().coordinator().spawn(tracker).awaitLine("ready", PATIENCE);
        try {
            return new Torrents(Files.createDirectories(
                    office.origin().file("").toAbsolutePath().normalize().resolveSibling("torrents")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the torrents of a file. */
    void offer(Office office, Wanted file) {
        Running making = office.lab()
                .origin()
                .spawn(List.of(
                        Installed.PYTHON,
                        script("make-torrents.py").toString(),
                        file.path().toString(),
                        folder.toString(),
                        "http://" + Lab.COORDINATOR + ":" + Tracker.PORT + "/announce",
                        file.plainUrl().toString()));
        if (making.awaitEnd(PATIENCE) != 0) {
            throw new LabException("no torrent of " + file.name() + ": " + making.errors());
        }
    }

    /** The torrent of a file that was offered. */
    Path of(Wanted file, Version version, Contender.From from) {
        String kind = version == Version.V1 ? ".v1" : ".v2";
        return folder.resolve(file.name() + kind + (from == Contender.From.PEERS ? ".peers" : "") + ".torrent");
    }

    /** One of the bench's scripts, as a file. */
    Path script(String name) {
        try (InputStream in = Torrents.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new LabException("no resource " + name);
            }
            return program(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a program that can be run. */
    Path program(String name, String text) {
        try {
            Path program = Files.writeString(folder.resolve(name), text);
            return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
