package dev.byway.e2e.fault;

import dev.byway.core.doctor.Check;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Lab;
import dev.byway.e2e.lab.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Faults between the victim and the origin. */
final class OriginFaults {
    private static final int LENGTH = 2 << 20;
    private static final String PROXY = "http://10.77.0.1:3128";

    private OriginFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "443 to the origin dropped by the router",
                        Check.ORIGIN,
                        "no answer within 3 s",
                        OriginFaults::unreachable),
                new Fault("the origin ignores Range", Check.RANGES, "SimpleHTTP", OriginFaults::wholeOnly),
                new Fault(
                        "a proxy drops Range",
                        Check.RANGES,
                        "proxy 10.77.0.1:3128 (from origin.proxy) drops Range",
                        OriginFaults::rangeDropped),
                new Fault(
                        "a proxy lets no tunnel through",
                        Check.PROXY,
                        "does not let Byway through",
                        OriginFaults::noTunnel),
                new Fault(
                        "the proxy of the environment does not run",
                        Check.PROXY,
                        "(from https_proxy) does not serve",
                        OriginFaults::noProxy));
    }

    private static String published(Ward ward) throws Exception {
        PublishedFile file = ward.office().publish("asked.bin", LENGTH);
        return file.url().toString();
    }

    private static Fault.Cure unreachable(Ward ward) throws Exception {
        ward.askWith(published(ward));
        Host router = ward.office().lab().router();
        router.exec(
                "nft",
                "table ip fault { chain c { type filter hook forward priority 0; policy accept; "
                        + "ip daddr 11.200.1.2 tcp dport 443 drop; }; }");
        return () -> {
            router.exec("nft", "delete table ip fault");
            ward.askWith();
        };
    }

    /** Python's own server knows no ranges. */
    private static Fault.Cure wholeOnly(Ward ward) throws Exception {
        PublishedFile file = ward.office().publish("asked.bin", LENGTH);
        Running server = ward.office()
                .lab()
                .origin()
                .spawn(List.of(
                        "python3",
                        "-u",
                        "-m",
                        "http.server",
                        "8080",
                        "--directory",
                        ward.office().origin().file("").toString()));
        server.awaitLine("Serving HTTP", Duration.ofSeconds(20));
        ward.askWith("http://" + Lab.ORIGIN + ":8080/" + file.name());
        return () -> {
            server.close();
            ward.askWith();
        };
    }

    private static Fault.Cure rangeDropped(Ward ward) throws Exception {
        return through(ward, published(ward).replace("https:", "http:"));
    }

    /** An nginx that forwards refuses CONNECT. */
    private static Fault.Cure noTunnel(Ward ward) throws Exception {
        return through(ward, published(ward));
    }

    private static Fault.Cure through(Ward ward, String url) throws Exception {
        Path folder = Files.createDirectories(ward.victim().state().resolveSibling("forwarding"));
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
                  server {
                    listen 3128;
                    location / {
                      proxy_pass http://%2$s;
                      proxy_http_version 1.1;
                      proxy_set_header Host $host;
                      proxy_set_header Range "";
                    }
                  }
                }
                """.formatted(folder, Lab.ORIGIN));
        Host router = ward.office().lab().router();
        router.exec("nginx", "-c", configuration.toString(), "-e", folder + "/error.log");
        ward.restart("origin.proxy=" + PROXY);
        ward.askWith(url);
        return () -> {
            router.exec("nginx", "-c", configuration.toString(), "-e", folder + "/error.log", "-s", "stop");
            ward.askWith();
            ward.restart();
        };
    }

    private static Fault.Cure noProxy(Ward ward) throws Exception {
        ward.startUnder("env", "https_proxy=" + PROXY);
        ward.askWith(published(ward));
        ward.restart();
        return () -> {
            ward.startUnder();
            ward.askWith();
            ward.restart();
        };
    }
}
