package dev.byway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An origin on loopback with one file, ranges and a strong ETag. It stops in the middle, and at three quarters, until told. */
final class SlowOrigin implements AutoCloseable {
    static final int LENGTH = 6 << 20;
    private static final Pattern FROM = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
    private static final int STEP = 64 * 1024;

    final byte[] content = new byte[LENGTH];
    private final HttpServer http;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch third = new CountDownLatch(1);
    private final CountDownLatch rest = new CountDownLatch(1);

    SlowOrigin() throws IOException {
        new Random(1).nextBytes(content);
        http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/file.bin";
    }

    /** What was asked for: the Range of each request, or empty text. */
    List<String> asked() {
        return asked;
    }

    long sent() {
        return sent.get();
    }

    /** From now on the third quarter is sent at once. */
    void goOnABit() {
        third.countDown();
    }

    /** From now on all is sent at once. */
    void goOn() {
        third.countDown();
        rest.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(range == null ? "" : range);
            Matcher match = FROM.matcher(range == null ? "" : range);
            int from = match.matches() ? Integer.parseInt(match.group(1)) : 0;
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            if (range != null) {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH);
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, LENGTH - from);
            send(from, exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int from, OutputStream out) throws IOException, InterruptedException {
        for (int at = from; at < LENGTH; at += STEP) {
            if (at >= LENGTH / 2) {
                third.await(60, TimeUnit.SECONDS);
            }
            if (at >= LENGTH / 4 * 3) {
                rest.await(60, TimeUnit.SECONDS);
            }
            int count = Math.min(STEP, LENGTH - at);
            out.write(content, at, count);
            out.flush();
            sent.addAndGet(count);
        }
    }

    @Override
    public void close() {
        goOn();
        http.stop(0);
    }
}
