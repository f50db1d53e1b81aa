package dev.byway.agent.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends what no decent client would send. */
record RawHttp(int port, String token) {
    /** What came back until the server closed the connection: head and body as Latin-1. */
    record Reply(int status, String head, String body) {
        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    static RawHttp to(ApiServer server, Secret token) {
        return new RawHttp(URI.create(server.url()).getPort(), token.reveal());
    }

    /** A well-formed request line and headers for this door, without a credential. */
    String head(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n";
    }

    String authorization() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    /** A good request with the token, and further header lines. */
    Reply ask(String method, String target, String... headers) throws IOException {
        return send(head(method, target) + authorization() + lines(headers) + "\r\n");
    }

    /** The same without the token. */
    Reply askWithoutToken(String method, String target, String... headers) throws IOException {
        return send(head(method, target) + lines(headers) + "\r\n");
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    Reply send(String request) throws IOException {
        try (Socket socket = open(request)) {
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    static Reply reply(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
    }
}
