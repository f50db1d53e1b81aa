package dev.byway.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.byway.agent.download.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ordinary web server for one file, with byte ranges (RFC 9110 section 14), that counts the bytes it sends. Stands for the
 * origin in the demo, and for the line in front of it: all requests share one rate. A virtual thread per request.
 */
final class RangeServer implements AutoCloseable {
    /** Where it tells how many bytes of the file it has sent. */
    static final String COUNT = "/bytes-sent";

    private static final int BUFFER = 64 * 1024;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

    private record Span(long from, long end) {}

    private final HttpServer server;
    private final Path file;
    private final String path;
    private final String entityTag;
    private final Pace uplink;
    private final AtomicLong sent = new AtomicLong();

    private RangeServer(HttpServer server, Path file, Pace uplink) throws IOException {
        this.server = server;
        this.uplink = uplink;
        this.file = file;
        this.path = "/file/" + encoded(String.valueOf(file.getFileName()));
        this.entityTag =
                "\"" + Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis() + "\"";
    }

    /** Serves {@code file} on a free port, all requests together within {@code uplink}. */
    static RangeServer start(Path file, InetAddress address, Pace uplink) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(address, 0), 128);
        RangeServer server = new RangeServer(http, file, uplink);
        http.createContext("/", server::answer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        return server;
    }

    private static String encoded(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            return "file";
        }
    }

    /** The file's URL. */
    URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestURI().getRawPath();
            if (asked.equals(COUNT)) {
                byte[] number = Long.toString(sent.get()).getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, number.length);
                exchange.getResponseBody().write(number);
            } else if (asked.equals(path)) {
                serve(exchange);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        long size = Files.size(file);
        Optional<String> wanted = Optional.ofNullable(
                        exchange.getRequestHeaders().getFirst("Range"))
                .filter(ignored -> isSameVersion(exchange));
        Optional<Span> span = wanted.flatMap(text -> span(text, size));
        exchange.getResponseHeaders().set("ETag", entityTag);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (wanted.isPresent() && span.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        Span part = span.orElse(new Span(0, size));
        if (span.isPresent()) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + part.from() + "-" + (part.end() - 1) + "/" + size);
        }
        long length = part.end() - part.from();
        exchange.sendResponseHeaders(span.isPresent() ? 206 : 200, length == 0 ? -1 : length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            send(part, exchange.getResponseBody());
        }
    }

    private boolean isSameVersion(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Range"))
                .map(entityTag::equals)
                .orElse(true);
    }

    private static Optional<Span> span(String range, long size) {
        Matcher match = RANGE.matcher(range);
        if (!match.matches()) {
            return Optional.empty();
        }
        long from = Long.parseLong(match.group(1));
        long last = match.group(2) == null ? size - 1 : Math.min(size - 1, Long.parseLong(match.group(2)));
        return from <= last ? Optional.of(new Span(from, last + 1)) : Optional.empty();
    }

    private void send(Span part, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = part.from();
            while (at < part.end()) {
                buffer.clear().limit((int) Math.min(BUFFER, part.end() - at));
                int read = channel.read(buffer, at);
                if (read < 0) {
                    throw new IOException("the file became shorter");
                }
                uplink.take(read);
                out.write(buffer.array(), 0, read);
                sent.addAndGet(read);
                at += read;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
