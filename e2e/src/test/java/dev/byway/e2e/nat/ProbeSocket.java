package dev.byway.e2e.nat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A UDP socket that asks {@link Responders} and remembers from where anything came. */
final class ProbeSocket implements AutoCloseable {
    /** RFC 8489, section 6.2.1: Rc. */
    private static final int TRIES = 7;

    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final DatagramSocket socket;
    private final Set<SocketAddress> heard = new HashSet<>();
    private byte number;

    /**
     * Opens one.
     *
     * @param port of this host; 0 is any
     */
    ProbeSocket(int port) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", port));
    }

    /**
     * Asks one of {@link Responders#ENDS} which address it sees.
     *
     * @param other from which end it is to answer as well: bits to flip
     * @throws SocketTimeoutException when it stays silent
     */
    InetSocketAddress ask(int end, int other) throws IOException {
        InetSocketAddress asked = Responders.ENDS.get(end);
        for (int i = 0; i < TRIES; i++) {
            number++;
            send(asked, new byte[] {number, (byte) other});
            long until = System.nanoTime() + PATIENCE.toNanos();
            for (long left = PATIENCE.toMillis(); left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                try {
                    DatagramPacket came = receive((int) left);
                    String text = new String(came.getData(), 0, came.getLength(), StandardCharsets.US_ASCII);
                    if (came.getSocketAddress().equals(asked) && text.startsWith(number + " ")) {
                        return Responders.end(text.substring(text.indexOf(' ') + 1));
                    }
                } catch (SocketTimeoutException _) {
                    break;
                }
            }
        }
        throw new SocketTimeoutException("no answer from " + asked);
    }

    /** Whether an answer from another end comes in when {@code end} is asked to have it sent. */
    boolean hearsOther(int end, int other) throws IOException {
        ask(end, other);
        return hasHeard(Responders.ENDS.get(end ^ other), end);
    }

    /** Whether anything came from there, up to now and while an end is asked twice more: what was sent before overtakes that. */
    boolean hasHeard(InetSocketAddress there, int end) throws IOException {
        ask(end, 0);
        ask(end, 0);
        return heard.contains(there);
    }

    /** Sends back the next that comes. */
    void answer(Duration patience) throws IOException {
        DatagramPacket came = receive((int) patience.toMillis());
        socket.send(came);
    }

    void send(InetSocketAddress to, byte... bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private DatagramPacket receive(int millis) throws IOException {
        socket.setSoTimeout(millis);
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        socket.receive(packet);
        heard.add(packet.getSocketAddress());
        return packet;
    }

    @Override
    public void close() {
        socket.close();
    }
}
