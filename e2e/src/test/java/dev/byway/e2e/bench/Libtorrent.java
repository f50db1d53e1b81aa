package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.Office;
import dev.byway.e2e.lab.Running;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** libtorrent 2 with a v2 torrent (v1 for 1 KiB) whose web seed is the origin, in a resident Python program that curl tells what to fetch. */
final class Libtorrent implements Contender {
    private static final int DOOR = 8181;
    private static final Duration START = Duration.ofSeconds(30);

    /** What keeps it within the lab, and lets it find others there. */
    private static final String INSIDE = """
            "enable_dht": false, "enable_upnp": false, "enable_natpmp": false, "enable_lsd": true""";

    /** Whose choice of settings. */
    enum Tuning {
        /** Its own defaults. */
        DEFAULTS(""),

        /**
         * For an office: the web seed is asked for 1 MiB at a time, one request after the other, so that devices do not all
         * fetch the same 16 MiB from it; TCP alone, which on a LAN is faster than uTP; more upload slots; word at once.
         */
        TUNED("""
                , "urlseed_max_request_bytes": 1048576, "urlseed_pipeline_size": 1, "max_web_seed_connections": 1,
                "allow_multiple_connections_per_ip": true, "enable_outgoing_utp": false, "enable_incoming_utp": false,
                "unchoke_slots_limit": 32, "connection_speed": 200, "min_announce_interval": 5,
                "local_service_announce_interval": 30""");

        private final String more;

        Tuning(String more) {
            this.more = more;
        }

        String json() {
            return "{" + INSIDE + more + "}";
        }
    }

    private final Tuning tuning;
    private Optional<Torrents> torrents = Optional.empty();

    Libtorrent(Tuning tuning) {
        this.tuning = tuning;
    }

    @Override
    public String name() {
        return tuning == Tuning.DEFAULTS ? "libtorrent" : "libtorrent tuned";
    }

    @Override
    public Optional<String> missing() {
        return Installed.missingLibtorrent().or(() -> Installed.missing("curl", "curl"));
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
        Path script = opened.script("libtorrent-client.py");
        List<Running> clients = devices.stream()
                .map(device -> device.host()
                        .spawn(List.of(Installed.PYTHON, script.toString(), Integer.toString(DOOR), tuning.json())))
                .toList();
        clients.forEach(client -> client.awaitLine("ready", START));
        torrents = Optional.of(opened);
    }

    @Override
    public void offer(Office office, Wanted file) {
        torrents.orElseThrow().offer(office, file);
    }

    @Override
    public Running fetch(Device device, Wanted file, From from) {
        String torrent = torrents.orElseThrow().of(file, version(file), from).toString();
        String folder = Wanted.folder(device).toString();
        List<String> command = new ArrayList<>(Stamps.start(device, file));
        command.addAll(List.of(
                "curl",
                "-sSf",
                "http://127.0.0.1:" + DOOR + "/fetch?torrent=" + URLEncoder.encode(torrent, StandardCharsets.UTF_8)
                        + "&folder=" + URLEncoder.encode(folder, StandardCharsets.UTF_8)));
        return device.host().spawn(command);
    }

    /** libtorrent 2.0.8 pads a v2 torrent of a file that ends within a piece, and then takes the web seed for a folder. */
    private static Torrents.Version version(Wanted file) {
        return file.length() % Torrents.PIECE == 0 ? Torrents.Version.V2 : Torrents.Version.V1;
    }
}
