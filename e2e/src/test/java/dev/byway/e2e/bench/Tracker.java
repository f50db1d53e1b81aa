package dev.byway.e2e.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A BitTorrent tracker as small as they get: HTTP announces (BEP 3) of IPv4 peers, compact answers (BEP 23). Everybody who
 * announced is named, up to 50 at random, until it says that it stopped. For one thread.
 */
final class Tracker {
    static final int PORT = 6969;

    private static final int INTERVAL_SECONDS = 10;
    private static final int MOST = 50;
    private static final int ADDRESS = 4;

    private final Random random;
    private final Map<String, Set<Peer>> swarms = new HashMap<>();

    /** Where a peer listens; {@code address} as bytes in a string of Latin-1. */
    private record Peer(String address, int port) {
        String compact() {
            return address + (char) (port >> 8) + (char) (port & 0xff);
        }
    }

    Tracker(Random random) {
        this.random = random;
    }

    /** Runs one on {@link #PORT}; prints {@code ready}. */
    public static void main(String[] arguments) throws IOException {
        Tracker tracker = new Tracker(new Random());
        HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 0);
        server.createContext("/announce", tracker::handle);
        server.start();
        System.out.println("ready");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = answer(
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRemoteAddress().getAddress().getAddress());
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /**
     * Takes an announce and answers it.
     *
     * @param query of its URL, as it came
     * @param address of who sent it, IPv4
     */
    byte[] answer(String query, byte[] address) {
        Map<String, String> fields = fields(query);
        String swarm = fields.getOrDefault("info_hash", "");
        String port = fields.getOrDefault("port", "");
        if (swarm.isEmpty() || !port.matches("[0-9]{1,5}") || address.length != ADDRESS) {
            return latin("d14:failure reason26:not an announce over IPv4.e");
        }
        Peer self = new Peer(new String(address, StandardCharsets.ISO_8859_1), Integer.parseInt(port));
        Set<Peer> peers = swarms.computeIfAbsent(swarm, _ -> new LinkedHashSet<>());
        peers.remove(self);
        String others = some(peers);
        if (!"stopped".equals(fields.get("event"))) {
            peers.add(self);
        }
        return latin("d8:intervali" + INTERVAL_SECONDS + "e5:peers" + others.length() + ":" + others + "e");
    }

    private String some(Set<Peer> peers) {
        List<Peer> all = new ArrayList<>(peers);
        Collections.shuffle(all, random);
        StringBuilder compact = new StringBuilder();
        all.stream().limit(MOST).forEach(peer -> compact.append(peer.compact()));
        return compact.toString();
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.ISO_8859_1));
            }
        }
        return fields;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
