package dev.byway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on a loopback port: CONNECT tunnels, and plain GETs in absolute form. Every host name is taken for
 * 127.0.0.1, so that tests can use names that no DNS knows.
 */
public final class ForwardProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Optional<String> authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ForwardProxy(Optional<String> authorization) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        this.authorization = authorization;
        Thread.ofVirtual().name("proxy-accept").start(this::accept);
    }

    /** A proxy for anybody. */
    public static ForwardProxy start() throws IOException {
        return new ForwardProxy(Optional.empty());
    }

    /** A proxy that wants Basic credentials. */
    public static ForwardProxy start(String userAndPassword) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        return new ForwardProxy(Optional.of("Basic " + encoded));
    }

    /** {@code 127.0.0.1:port}. */
    public String hostAndPort() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** The heads of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        Ends.close(listener);
        open.forEach(Ends::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().name("proxy-serve").start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            requests.add(head);
            if (authorization.isPresent() && !head.contains("Proxy-Authorization: " + authorization.get() + "\r\n")) {
                reply(client, "HTTP/1.1 407 Credentials Wanted\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            String[] line = head.split(" ", 3);
            boolean tunnel = line[0].equals("CONNECT");
            URI target = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
            try (Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), target.getPort())) {
                open.add(server);
                if (tunnel) {
                    reply(client, "HTTP/1.1 200 Tunnel\r\n\r\n");
                } else {
                    reply(server, forwarded(head, target));
                }
                Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                copy(client, server);
                back.join();
            }
        } catch (IOException | InterruptedException _) {
            // the client sees the connection end
        } finally {
            open.remove(client);
        }
    }

    /** The request as the origin gets it: origin form, no proxy fields, and one request per connection. */
    private static String forwarded(String head, URI target) {
        return head.replaceFirst(" [^ ]+ ", " " + target.getRawPath() + " ")
                .replaceFirst("Proxy-Authorization: [^\r]*\r\n", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    }

    private static void reply(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException _) {
            Ends.close(from);
            Ends.close(to);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("no request");
    }
}
