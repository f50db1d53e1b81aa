package dev.byway.e2e.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.doctor.microsoft.MicrosoftHost;
import dev.byway.core.ports.MicrosoftNeed;
import dev.byway.e2e.Device;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import dev.byway.e2e.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An office whose hosts file leads to stand-ins for Microsoft's hosts: nginx for its services and its files, miredo's Teredo server,
 * and a neighbour that listens on 7680.
 *
 * <pre>
 * victim, neighbour ─ router (NAT) ──┬── files      11.200.1.2: 80; 8080 knows no ranges
 *                                    └── services   11.200.2.2: 443; 4431 and 4432 have others' certificates; UDP 3544
 * </pre>
 */
final class StandIns implements AutoCloseable {
    static final String FILES = "11.200.1.2";
    static final String SERVICES = "11.200.2.2";
    private static final Duration START = Duration.ofSeconds(20);
    private static final int LENGTH = 969_710;

    private final Path home;
    private final Lab lab;
    private final Device victim;
    private final Host neighbour;

    private StandIns(Path home, Lab lab) throws IOException {
        this.home = home;
        this.lab = lab;
        Path trusted = certify();
        this.victim = new Device(lab.addDevice(), home.resolve("state"), List.of("origin.ca=" + trusted));
        this.neighbour = lab.addDevice();
        lab.router()
                .exec(
                        "nft",
                        "table ip lab { chain nat { type nat hook postrouting priority 100; ip saddr 10.77.0.0/16 masquerade; }; }");
        serveFiles();
        serveServices();
        serveTeredo();
        listen();
        resolve(_ -> true);
    }

    static StandIns open(Path home) throws IOException {
        Lab lab = Lab.office(home, new Lab.Speed(1000, 1000));
        try {
            return new StandIns(home, lab);
        } catch (RuntimeException | IOException e) {
            lab.close();
            throw e;
        }
    }

    Device victim() {
        return victim;
    }

    Host neighbour() {
        return neighbour;
    }

    Host router() {
        return lab.router();
    }

    /** Makes the victim's hosts file name those of Microsoft's hosts. */
    void resolve(Predicate<MicrosoftHost> which) {
        String lines = Arrays.stream(MicrosoftHost.values())
                .filter(which)
                .map(host -> (MicrosoftHost.overHttp().contains(host) ? FILES : SERVICES) + " " + host.host())
                .collect(Collectors.joining("\n", "127.0.0.1 localhost\n", "\n"));
        victim.host().exec("sh", "-c", "printf '%s' '" + lines + "' >/etc/hosts");
    }

    private Path certify() throws IOException {
        authority("microsoft", "/O=Microsoft Corporation/CN=Stand-in");
        authority("office", "/O=Office/CN=Office Inspection");
        authority("stranger", "/O=Stranger/CN=Unknown Inspection");
        return Files.writeString(
                home.resolve("trusted.pem"),
                Files.readString(home.resolve("microsoft-ca.pem")) + Files.readString(home.resolve("office-ca.pem")));
    }

    private void authority(String name, String subject) {
        String key = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -keyout " + home + "/"
                + name;
        String names = MicrosoftHost.of(MicrosoftNeed.SERVICES).stream()
                .map(host -> "DNS:" + host.host())
                .collect(Collectors.joining(","));
        openssl(
                key + "-ca.key -out " + home + "/" + name + "-ca.pem -addext basicConstraints=critical,CA:TRUE",
                subject);
        openssl(
                key + ".key -CA " + home + "/" + name + "-ca.pem -CAkey " + home + "/" + name + "-ca.key -out " + home
                        + "/" + name + ".pem -addext basicConstraints=critical,CA:FALSE -addext subjectAltName="
                        + names,
                "/CN=services");
    }

    private static void openssl(String arguments, String subject) {
        List<String> command = new ArrayList<>(List.of(("openssl " + arguments).split(" ")));
        command.addAll(List.of("-subj", subject));
        Shell.run(command);
    }

    private void serveFiles() throws IOException {
        Path folder = Files.createDirectories(home.resolve("files/mscomtest"));
        Files.write(folder.resolve("wuidt.gif"), new byte[LENGTH]);
        nginx(lab.origin(), "files-nginx", "server { listen 80; root " + home + "/files; }");
        lab.origin()
                .spawn(List.of(
                        "python3",
                        "-u",
                        "-m",
                        "http.server",
                        "8080",
                        "--directory",
                        home.resolve("files").toString()))
                .awaitLine("Serving HTTP", START);
    }

    private void serveServices() throws IOException {
        nginx(lab.coordinator(), "services-nginx", tls(443, "microsoft") + tls(4431, "stranger") + tls(4432, "office"));
    }

    private String tls(int port, String authority) {
        return """
                server { listen %1$d ssl; ssl_certificate %2$s/%3$s.pem; ssl_certificate_key %2$s/%3$s.key; return 404; }
                """.formatted(port, home, authority);
    }

    private void nginx(Host host, String name, String servers) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                user root;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 64; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  %2$s
                }
                """.formatted(folder, servers));
        host.exec("nginx", "-c", configuration.toString(), "-e", folder + "/error.log");
    }

    /** It wants two addresses, and answers no private one: hence the router's NAT. */
    private void serveTeredo() throws IOException {
        Host host = lab.coordinator();
        host.exec("ip", "addr", "add", "11.200.2.3/24", "dev", "eth0");
        Path configuration = Files.writeString(home.resolve("miredo.conf"), "ServerBindAddress " + SERVICES + "\n");
        Running server = host.spawn(List.of(
                "miredo-server", "-f", "-u", "nobody", "-c", configuration.toString(), "-p", home + "/miredo.pid"));
        assertThat(server.endsBefore(() -> host.exec("ss", "-lun").contains(SERVICES + ":3544"), START))
                .as(server::errors)
                .isFalse();
    }

    private void listen() {
        neighbour
                .spawn(
                        List.of(
                                "python3",
                                "-c",
                                "import socket,time; s=socket.create_server(('',7680)); print('ready', flush=True); time.sleep(3600)"))
                .awaitLine("ready", START);
    }

    @Override
    public void close() {
        lab.close();
    }
}
