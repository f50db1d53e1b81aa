package dev.byway.e2e.lab;

import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An nginx on the lab's origin host, plain and with a certificate of the lab's own authority. Its socket buffers are small, so
 * that what it counts as sent has left it, more or less.
 */
public final class Origin implements AutoCloseable {
    private static final Pattern PART = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})$");
    private static final Duration START = Duration.ofSeconds(20);
    private static final long POLL = Duration.ofMillis(20).toNanos();

    private final Path home;
    private final Running nginx;

    private Origin(Path home, Running nginx) {
        this.home = home;
        this.nginx = nginx;
    }

    /**
     * Starts it and returns when it serves.
     *
     * @param host the lab's origin host
     * @param home an empty folder for its files, logs and keys
     */
    public static Origin start(Host host, Path home) {
        try {
            Files.createDirectories(home.resolve("files"));
            certify(home);
            Path configuration = Files.writeString(home.resolve("nginx.conf"), configuration(home));
            Running nginx = host.spawn(
                    List.of("nginx", "-p", home.toString(), "-c", configuration.toString(), "-e", home + "/error.log"));
            awaitFile(home.resolve("nginx.pid"), nginx);
            return new Origin(home, nginx);
        } catch (IOException e) {
            throw new LabException("cannot write into " + home, e);
        }
    }

    private static void awaitFile(Path file, Running nginx) {
        long until = System.nanoTime() + START.toNanos();
        while (!Files.exists(file)) {
            if (!nginx.isAlive() || System.nanoTime() > until) {
                throw new LabException("nginx did not start: " + nginx.errors());
            }
            LockSupport.parkNanos(POLL);
        }
    }

    /** The certificate of the lab's authority, for {@code origin.ca}. */
    public Path authority() {
        return home.resolve("ca.pem");
    }

    /** What is served lies here. */
    public Path file(String name) {
        return home.resolve("files").resolve(name);
    }

    /**
     * The address of a file, over TLS. What is not in the folder {@code soft} is answered with a page and status 200; the {@code SHA256SUMS} of
     * the folder {@code elsewhere} is at another origin; that of the folder {@code late} takes a second; the folder {@code private} is for one
     * user.
     */
    public URI url(String name) {
        return URI.create("https://" + Lab.ORIGIN + "/" + name);
    }

    /** An address that redirects into the office. */
    public URI inward() {
        return URI.create("http://" + Lab.ORIGIN + "/inward");
    }

    /** Body bytes that it sent of one file, whoever asked, in requests that have ended. */
    public long sent(String name) {
        return log().stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[0].equals("/" + name))
                .mapToLong(fields -> Long.parseLong(fields[2]))
                .sum();
    }

    /** Requests for one file. */
    public long requests(String name) {
        return log().stream().filter(line -> line.startsWith("/" + name + " ")).count();
    }

    /** Requests for anything. */
    public long requests() {
        return log().size();
    }

    /** The parts of one file that were asked for, in the order in which the requests ended. */
    public List<ByteRange> parts(String name) {
        return log().stream()
                .filter(line -> line.startsWith("/" + name + " "))
                .map(PART::matcher)
                .filter(Matcher::find)
                .map(part -> ByteRange.between(Long.parseLong(part.group(1)), Long.parseLong(part.group(2)) + 1))
                .toList();
    }

    private List<String> log() {
        try {
            return Files.readAllLines(home.resolve("access.log"));
        } catch (IOException e) {
            throw new LabException("cannot read the origin's log", e);
        }
    }

    /** Lets it end the requests that it has, so that {@link #sent} knows of them all; it takes no new ones. */
    public void finish() {
        nginx.signal("QUIT");
        if (!nginx.endsWithin(START)) {
            throw new LabException("nginx still serves; did its clients end?");
        }
    }

    /** Stops it, in the middle of whatever it sends. */
    @Override
    public void close() {
        nginx.close();
    }

    private static void certify(Path home) {
        String key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30";
        openssl("req -x509 " + key + " -keyout " + home + "/ca.key -out " + home
                + "/ca.pem -subj /CN=lab -addext basicConstraints=critical,CA:TRUE");
        openssl("req -x509 " + key + " -CA " + home + "/ca.pem -CAkey " + home + "/ca.key -keyout " + home
                + "/key.pem -out " + home + "/cert.pem -subj /CN=" + Lab.ORIGIN + " -addext subjectAltName=DNS:"
                + Lab.ORIGIN + " -addext basicConstraints=critical,CA:FALSE");
    }

    private static void openssl(String arguments) {
        Shell.run(List.of(("openssl " + arguments).split(" ")));
    }

    private static String configuration(Path home) {
        return """
                daemon off;
                user root;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                  log_format bytes '$uri $status $body_bytes_sent $scheme $http_range';
                  access_log %1$s/access.log bytes;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  sendfile on;
                  server {
                    listen 80 sndbuf=128k;
                    listen 443 ssl sndbuf=128k;
                    ssl_certificate %1$s/cert.pem;
                    ssl_certificate_key %1$s/key.pem;
                    root %1$s/files;
                    location = /inward { return 302 http://10.77.0.1/; }
                    location /soft/ { error_page 404 =200 /soft/page.html; }
                    location = /late/SHA256SUMS { limit_rate 250; }
                    location = /elsewhere/SHA256SUMS { return 302 https://mirror.lab/SHA256SUMS; }
                    location /private/ { add_header Cache-Control "private, max-age=60"; }
                  }
                }
                """.formatted(home);
    }
}
