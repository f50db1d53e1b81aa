package dev.byway.e2e.nat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Finds out what NAT its host is behind, as RFC 5780, section 4, does; knows nothing of how the lab makes them. Its ports are
 * three in a row, so that two hosts can be made to want the same ones at the same time. Prints one line: what it found, or that
 * it was not answered.
 */
final class NatProbe {
    /** With what the line starts that says that nobody answered. */
    static final String SILENT = "silent: ";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int port;

    private NatProbe(int port) {
        this.port = port;
    }

    /**
     * Probes once.
     *
     * @param arguments the first of the three ports
     */
    public static void main(String... arguments) {
        try {
            System.out.println(
                    new NatProbe(Integer.parseInt(arguments[0])).find().line());
        } catch (IOException e) {
            System.out.println(SILENT + e.getMessage());
        }
    }

    private NatFinding find() throws IOException {
        try (ProbeSocket socket = new ProbeSocket(port)) {
            InetSocketAddress mapped = socket.ask(0, 0);
            Behaviour mapping = mapping(socket, mapped);
            return new NatFinding(
                    mapped.getHostString(), mapped.getPort(), mapping, filtering(), hairpin(socket, mapped), tcp());
        }
    }

    /** Section 4.3, made harder: each end sends first, and may be refused, which must not change where we come from. */
    private static Behaviour mapping(ProbeSocket socket, InetSocketAddress mapped) throws IOException {
        for (int end = 1; end < Responders.ENDS.size(); end++) {
            socket.ask(0, end);
        }
        boolean sameForPort = socket.ask(Responders.OTHER_PORT, 0).equals(mapped);
        boolean sameForAddress = socket.ask(Responders.OTHER_ADDRESS, 0).equals(mapped)
                && socket.ask(Responders.OTHER_ADDRESS | Responders.OTHER_PORT, 0)
                        .equals(mapped);
        if (sameForPort && sameForAddress) {
            return Behaviour.ENDPOINT_INDEPENDENT;
        }
        return sameForPort ? Behaviour.ADDRESS_DEPENDENT : Behaviour.ADDRESS_AND_PORT_DEPENDENT;
    }

    /** Section 4.4, a fresh socket for each question: what one has sent to would answer for the next. */
    private Behaviour filtering() throws IOException {
        try (ProbeSocket fresh = new ProbeSocket(port + 1)) {
            if (fresh.hearsOther(0, Responders.OTHER_ADDRESS | Responders.OTHER_PORT)) {
                return Behaviour.ENDPOINT_INDEPENDENT;
            }
        }
        try (ProbeSocket fresh = new ProbeSocket(port + 2)) {
            return fresh.hearsOther(0, Responders.OTHER_PORT)
                    ? Behaviour.ADDRESS_DEPENDENT
                    : Behaviour.ADDRESS_AND_PORT_DEPENDENT;
        }
    }

    /** Section 4.6, with two sockets that both send first, so that filters do not matter. */
    private static boolean hairpin(ProbeSocket socket, InetSocketAddress mapped) throws IOException {
        try (ProbeSocket other = new ProbeSocket(0)) {
            InetSocketAddress otherMapped = other.ask(0, 0);
            socket.send(otherMapped, (byte) 0);
            other.send(mapped, (byte) 0);
            return socket.hasHeard(otherMapped, 0);
        }
    }

    private static String tcp() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(Responders.ENDS.getFirst(), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String seen = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return seen.substring(0, seen.indexOf(':'));
        }
    }
}
