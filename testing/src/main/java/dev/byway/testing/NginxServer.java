package dev.byway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real nginx on free loopback ports, plain and, if a certificate is given, TLS, serving a folder. It lives in a
 * temporary folder of its own and dies with {@link #close}. Debian package: {@code nginx-light}.
 */
public final class NginxServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(10);

    private final Path home;
    private final Path files;
    private final Process process;
    private final int port;
    private final int tlsPort;

    private NginxServer(Path home, Path files, Process process, int port, int tlsPort) {
        this.home = home;
        this.files = files;
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** Skips the test, with the reason, where nginx is not installed. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(
                program().isPresent(),
                "nginx is not installed (apt install nginx-light): tests against it are skipped");
    }

    /**
     * Starts it.
     *
     * @param home an empty folder for its configuration, logs and files
     * @param certificate for the TLS port
     * @param locations more lines for the server block, such as {@code location /a { return 301 /b; }}
     */
    public static NginxServer start(Path home, Optional<TestCa.Issued> certificate, String... locations) {
        try {
            Path files = Files.createDirectories(home.resolve("files"));
            int port = freePort();
            int tlsPort = freePort();
            String tls =
                    certificate.map(issued -> tlsLines(home, issued, tlsPort)).orElse("");
            Path configuration = Files.writeString(
                    home.resolve("nginx.conf"), configuration(home, port, tls, String.join("\n", locations)));
            Process process = new ProcessBuilder(
                            program().orElseThrow().toString(),
                            "-p",
                            home.toString(),
                            "-c",
                            configuration.toString(),
                            "-e",
                            home.resolve("error.log").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("out.log").toFile())
                    .start();
            NginxServer server = new NginxServer(home, files, process, port, tlsPort);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that is served. */
    public Path files() {
        return files;
    }

    /** Puts a file into the folder. */
    public Path put(String name, byte[] content) {
        try {
            return Files.write(files.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address on the plain port. */
    public URI plain(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Its address on the TLS port. */
    public URI tls(String path) {
        return URI.create("https://localhost:" + tlsPort + path);
    }

    /** The lines of its access log so far: request line, status, body bytes, connection number. */
    public Stream<String> accessLog() {
        try {
            return Files.readAllLines(home.resolve("access.log")).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                if (!process.isAlive()) {
                    break;
                }
                Thread.onSpinWait();
            }
        }
        close();
        throw new IllegalStateException("nginx did not start: " + Files.readString(home.resolve("out.log")));
    }

    private static String configuration(Path home, int port, String tls, String locations) {
        return """
                daemon off;
                worker_processes 1;
                %5$s
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                  log_format short '$request $status $body_bytes_sent connection=$connection';
                  access_log %1$s/access.log short;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  sendfile on;
                  server {
                    listen 127.0.0.1:%2$d;
                    %3$s
                    root %1$s/files;
                    %4$s
                  }
                }
                """.formatted(
                        home, port, tls, locations, "root".equals(System.getProperty("user.name")) ? "user root;" : "");
    }

    private static String tlsLines(Path home, TestCa.Issued issued, int port) {
        Path chain = issued.writeChain(home.resolve("chain.pem"));
        Path key = issued.writeKey(home.resolve("key.pem"));
        return "listen 127.0.0.1:%d ssl; ssl_certificate %s; ssl_certificate_key %s;".formatted(port, chain, key);
    }

    private static Optional<Path> program() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A port below those that systems give to outgoing connections, so that none of these takes it meanwhile. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException _) {
                // taken: another one
            }
        }
    }
}
