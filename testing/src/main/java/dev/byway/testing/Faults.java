package dev.byway.testing;

import dev.byway.testing.FaultyServer.Exchange;
import dev.byway.testing.FaultyServer.Script;
import java.io.IOException;
import java.util.function.IntFunction;

/** Scripts for {@link FaultyServer}: one that behaves, and the ways in which servers do not. */
public final class Faults {
    private Faults() {}

    /** Serves {@code file} with ranges, If-Range, a strong ETag and a kept connection, as a good server does. */
    public static Script none(byte[] file, String etag) {
        return exchange -> serve(exchange, file, etag);
    }

    /** Serves the whole file whatever was asked for. */
    public static Script ignoresRanges(byte[] file) {
        return exchange -> whole(exchange, file, "");
    }

    /** Announces a range that lies {@code shift} bytes beside the one asked for. */
    public static Script shiftedRange(byte[] file, int shift) {
        return exchange -> {
            int from = (int) exchange.range().orElseThrow()[0] + shift;
            int length = (int) Math.min(file.length, exchange.range().orElseThrow()[1] + shift + 1) - from;
            exchange.send("HTTP/1.1 206 Partial\nContent-Range: bytes %d-%d/%d\nContent-Length: %d\n\n"
                            .formatted(from, from + length - 1, file.length, length))
                    .send(file, from, length);
        };
    }

    /** Announces the whole file, sends {@code sent} bytes of it, and closes. */
    public static Script shortBody(byte[] file, int sent) {
        return exchange -> {
            exchange.send("HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(file.length))
                    .send(file, 0, sent);
            exchange.end();
        };
    }

    /** Announces the whole file, sends {@code sent} bytes of it, and then nothing. */
    public static Script stallsAfter(byte[] file, int sent) {
        return exchange -> exchange.send("HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(file.length))
                .send(file, 0, sent)
                .stall();
    }

    /** Announces the whole file, sends {@code sent} bytes of it, and resets the connection. */
    public static Script resetsAfter(byte[] file, int sent) {
        return exchange -> exchange.send("HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(file.length))
                .send(file, 0, sent)
                .pause(50)
                .reset();
    }

    /** Sends the file in chunks of {@code chunk} bytes. */
    public static Script chunked(byte[] file, int chunk) {
        return exchange -> {
            exchange.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
            for (int at = 0; at < file.length; at += chunk) {
                int length = Math.min(chunk, file.length - at);
                exchange.send(Integer.toHexString(length) + ";ext=\"1\"\n")
                        .send(file, at, length)
                        .send("\n");
            }
            exchange.send("0\nTrailer: yes\n\n");
        };
    }

    /** Sends the file {@code step} bytes at a time with a pause between. */
    public static Script slow(byte[] file, int step, long pauseMillis) {
        return exchange -> {
            exchange.send("HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(file.length));
            for (int at = 0; at < file.length; at += step) {
                exchange.send(file, at, Math.min(step, file.length - at)).pause(pauseMillis);
            }
        };
    }

    /** Serves {@code before} in the first {@code requests} requests, then another file under another ETag. */
    public static Script changesAfter(int requests, byte[] before, byte[] after) {
        return exchange -> serve(
                exchange,
                exchange.number() <= requests ? before : after,
                exchange.number() <= requests ? "\"v1\"" : "\"v2\"");
    }

    /** Redirects every request to the address that {@code location} gives for its number. */
    public static Script redirects(int status, IntFunction<String> location) {
        return exchange -> exchange.send("HTTP/1.1 %d Moved\nLocation: %s\nContent-Length: 5\n\nmoved"
                .formatted(status, location.apply(exchange.number())));
    }

    /** Sends header fields of {@code bytes} bytes. */
    public static Script hugeHeaders(int bytes) {
        return exchange -> exchange.send("HTTP/1.1 200 OK\nContent-Length: 0\nX-Huge: " + "x".repeat(bytes) + "\n\n");
    }

    /** Says that the body is compressed, though nobody asked for that. */
    public static Script compressesAnyway(byte[] file) {
        return exchange -> whole(exchange, file, "Content-Encoding: gzip\n");
    }

    /** Answers with a status, some header lines (each ending in a line feed) and a short text. */
    public static Script status(int status, String reason, String headers) {
        return exchange ->
                exchange.send("HTTP/1.1 %d %s\n%sContent-Length: 3\n\nno.".formatted(status, reason, headers));
    }

    private static void serve(Exchange exchange, byte[] file, String etag) throws IOException {
        boolean same =
                !exchange.request().contains("If-Range:") || exchange.request().contains("If-Range: " + etag);
        if (exchange.range().isEmpty() || !same) {
            whole(exchange, file, "Accept-Ranges: bytes\nETag: " + etag + "\n");
            return;
        }
        long[] range = exchange.range().get();
        if (range[0] >= file.length) {
            exchange.send("HTTP/1.1 416 No\nContent-Range: bytes */%d\nContent-Length: 0\n\n".formatted(file.length));
            return;
        }
        int length = (int) (Math.min(range[1], file.length - 1) - range[0] + 1);
        exchange.send("HTTP/1.1 206 Partial\nETag: %s\nContent-Range: bytes %d-%d/%d\nContent-Length: %d\n\n"
                        .formatted(etag, range[0], range[0] + length - 1, file.length, length))
                .send(file, (int) range[0], length);
    }

    private static void whole(Exchange exchange, byte[] file, String headers) throws IOException {
        exchange.send("HTTP/1.1 200 OK\n%sContent-Length: %d\n\n".formatted(headers, file.length))
                .send(file, 0, file.length);
    }
}
