package dev.byway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Torrents beside the real libtorrent: it takes what {@code publish --torrent} writes, {@code get} takes what it writes. */
@Tag("netns")
class TorrentTest {
    private static final int LENGTH = 24 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String PYTHON = "/usr/bin/python3";

    /** Downloads a torrent from its web seeds alone. */
    private static final String DOWNLOAD = """
            import libtorrent as lt, sys, time
            session = lt.session({"enable_dht": False, "enable_lsd": False, "enable_upnp": False, "enable_natpmp": False})
            handle = session.add_torrent({"ti": lt.torrent_info(sys.argv[1]), "save_path": sys.argv[2]})
            for _ in range(600):
                if handle.status().is_seeding:
                    sys.exit(0)
                time.sleep(0.1)
            print(handle.status().state, handle.status().progress, [str(a) for a in session.pop_alerts()])
            sys.exit(1)
            """;

    /** Makes a torrent of both versions with a web seed. */
    private static final String HYBRID = """
            import libtorrent as lt, sys
            files = lt.file_storage()
            lt.add_files(files, sys.argv[1])
            torrent = lt.create_torrent(files, 256 * 1024)
            torrent.add_url_seed(sys.argv[2])
            lt.set_piece_hashes(torrent, sys.argv[1].rsplit("/", 1)[0])
            open(sys.argv[3], "wb").write(lt.bencode(torrent.generate()))
            """;

    @TempDir
    Path home;

    private static boolean isLibtorrentThere() throws Exception {
        Process python = new ProcessBuilder(
                        PYTHON, "-c", "import libtorrent as lt; exit(0 if lt.version_major >= 2 else 1)")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return python.waitFor() == 0;
    }

    private static Path put(Office office, String name) throws IOException {
        byte[] content = new byte[LENGTH];
        new Random(name.hashCode()).nextBytes(content);
        return Files.write(office.origin().file(name), content);
    }

    private static void mustEnd(Running running) {
        assertThat(running.awaitEnd(PATIENCE))
                .as(() -> running.output() + running.errors())
                .isZero();
    }

    private JsonNode get(Device device, Path torrent, Path file) throws IOException {
        Path to = home.resolve(device.state().getFileName() + "-" + file.getFileName());
        Running get = device.run("get", torrent.toString(), "--json", "-o", to.toString());
        mustEnd(get);
        assertThat(Files.mismatch(to, file)).as("first byte that differs").isEqualTo(-1);
        System.out.println("by torrent: " + get.output());
        return MAPPER.readTree(get.output()).path("sources");
    }

    @Test
    void whatIsWrittenIsReadByLibtorrentAndWhatItWritesIsSharedHere() throws Exception {
        Assumptions.assumeTrue(isLibtorrentThere(), "python3-libtorrent 2 is not installed: skipped");
        try (Office office = Office.open(home, new Lab.Speed(1000, 100))) {
            Device publisher = office.device();
            Path ours = put(office, "ours.bin");
            String plain = "http" + office.origin().url("ours.bin").toString().substring("https".length());
            mustEnd(publisher.run("publish", ours.toString(), "--url", plain, "--torrent", "--no-sidecar", "-q"));
            Path taken = Files.createDirectory(home.resolve("libtorrent"));
            mustEnd(publisher.host().spawn(List.of(PYTHON, "-c", DOWNLOAD, ours + ".torrent", taken.toString())));
            assertThat(Files.mismatch(taken.resolve("ours.bin"), ours)).isEqualTo(-1);

            Path theirs = put(office, "theirs.bin");
            Path hybrid = home.resolve("theirs.torrent");
            mustEnd(publisher
                    .host()
                    .spawn(List.of(
                            PYTHON,
                            "-c",
                            HYBRID,
                            theirs.toString(),
                            office.origin().url("theirs.bin").toString(),
                            hybrid.toString())));
            List<Device> devices = office.devices(2);
            Office.start(devices);
            assertThat(get(devices.get(0), hybrid, theirs).path("origin").asLong())
                    .isEqualTo(LENGTH);
            assertThat(get(devices.get(1), hybrid, theirs).path("lan").asLong()).isEqualTo(LENGTH);
        }
    }
}
