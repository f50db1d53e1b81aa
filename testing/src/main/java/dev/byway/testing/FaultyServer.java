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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A web server on a loopback port that does exactly what its script says, right or wrong. The script is called once per
 * request; {@link Faults} has the usual scripts.
 */
public final class FaultyServer implements AutoCloseable {
    /** What the server does with one request. */
    @FunctionalInterface
    public interface Script {
        /** Answers; the connection stays open for another request unless the exchange was ended. */
        void answer(Exchange exchange) throws IOException;
    }

    private final ServerSocket listener;
    private final Optional<SSLContext> tls;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger vanished = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    private FaultyServer(Optional<SSLContext> tls, Script script) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        this.tls = tls;
        this.script = script;
        Thread.ofVirtual().name("faulty-accept").start(this::accept);
    }

    /** Starts a plain server. */
    public static FaultyServer start(Script script) throws IOException {
        return new FaultyServer(Optional.empty(), script);
    }

    /** Starts a TLS server. */
    public static FaultyServer startTls(TestCa.Issued certificate, Script script) throws IOException {
        return new FaultyServer(Optional.of(certificate.serverContext()), script);
    }

    /** Its address. */
    public URI uri(String path) {
        return tls.isPresent()
                ? URI.create("https://localhost:" + port() + path)
                : URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The heads of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** How many exchanges ended because the client went away. */
    public int vanished() {
        return vanished.get();
    }

    @Override
    public void close() {
        closing.countDown();
        Ends.close(listener);
        open.forEach(Ends::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().name("faulty-serve").start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket tcp) {
        try (tcp) {
            Socket stream = tcp;
            if (tls.isPresent()) {
                SSLSocket secure =
                        (SSLSocket) tls.get().getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
                secure.setUseClientMode(false);
                stream = secure;
            }
            Exchange exchange = new Exchange(tcp, stream);
            while (exchange.readRequest()) {
                script.answer(exchange);
                exchange.out.flush();
            }
        } catch (IOException _) {
            vanished.incrementAndGet();
        } finally {
            open.remove(tcp);
        }
    }

    /** One request and the means to answer it. */
    public final class Exchange {
        private static final Pattern RANGE = Pattern.compile("(?mi)^range: *bytes=([0-9]+)-([0-9]*)");

        private final Socket tcp;
        private final InputStream in;
        private final OutputStream out;
        private String request = "";

        private Exchange(Socket tcp, Socket stream) throws IOException {
            this.tcp = tcp;
            this.in = stream.getInputStream();
            this.out = stream.getOutputStream();
        }

        /** The whole head of the request. */
        public String request() {
            return request;
        }

        /** Path and query of the request. */
        public String target() {
            return request.split(" ", 3)[1];
        }

        /** How many requests the server has had, this one included. */
        public int number() {
            return requests.size();
        }

        /** First byte asked for, and last if given. */
        public Optional<long[]> range() {
            Matcher found = RANGE.matcher(request);
            return found.find()
                    ? Optional.of(new long[] {
                        Long.parseLong(found.group(1)),
                        found.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(found.group(2))
                    })
                    : Optional.empty();
        }

        /** Sends text; a line feed becomes CR LF. */
        public Exchange send(String text) throws IOException {
            out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        /** Sends bytes as they are. */
        public Exchange send(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
            return this;
        }

        /** Sends nothing more, and keeps the connection, until the server or the client closes. */
        public void stall() throws IOException {
            while (tcp.isConnected() && in.read() >= 0) {
                // a client has nothing to say here
            }
            vanished.incrementAndGet();
        }

        /** Waits, unless the server is closed. */
        public Exchange pause(long millis) throws IOException {
            try {
                if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new IOException("closing");
                }
                return this;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Breaks the connection with a TCP reset. */
        public void reset() throws IOException {
            tcp.setSoLinger(true, 0);
            tcp.close();
        }

        /** Closes the connection in the orderly way. */
        public void end() throws IOException {
            out.close();
            tcp.close();
        }

        private boolean readRequest() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            if (tcp.isClosed()) {
                return false;
            }
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.write(next);
                String text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
                if (text.endsWith("\r\n\r\n")) {
                    request = text;
                    requests.add(text);
                    return true;
                }
            }
            return false;
        }
    }
}
