package dev.byway.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Connects to the first of several addresses that answers, each getting a short head start over the next, so that one
 * broken address family costs a quarter of a second and not the whole time limit (RFC 8305 section 5). Used once, by
 * one thread.
 */
final class ConnectRace {
    /** Head start of an address over the next (RFC 8305 section 8: recommended 250 ms). */
    static final Duration HEAD_START = Duration.ofMillis(250);
    /** Addresses tried. */
    static final int MAX_ADDRESSES = 16;

    private sealed interface Outcome {
        record Connected(Socket socket) implements Outcome {}

        record Lost(IOException reason) implements Outcome {}
    }

    private final List<InetAddress> addresses;
    private final int port;
    private final long deadlineNanos;
    private final List<Socket> sockets = new ArrayList<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private volatile boolean abandoned;

    ConnectRace(List<InetAddress> addresses, int port, Duration within) {
        this.addresses = addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES));
        this.port = port;
        this.deadlineNanos = System.nanoTime() + within.toNanos();
    }

    /**
     * The connected socket.
     *
     * @throws SocketTimeoutException when the time passes first
     * @throws IOException when every address fails, or after {@link #abandon}
     */
    Socket run() throws IOException, InterruptedException {
        try {
            Socket winner = firstConnected();
            sockets.remove(winner);
            return winner;
        } finally {
            sockets.forEach(Connection::closeAtOnce);
        }
    }

    /** Makes {@link #run} fail soon; from any thread. */
    void abandon() {
        abandoned = true;
        outcomes.add(new Outcome.Lost(new IOException("cancelled")));
    }

    private Socket firstConnected() throws IOException, InterruptedException {
        Optional<IOException> firstLoss = Optional.empty();
        int lost = 0;
        while (lost < addresses.size()) {
            boolean more = sockets.size() < addresses.size();
            if (more) {
                start(addresses.get(sockets.size()));
                more = sockets.size() < addresses.size();
            }
            long left = deadlineNanos - System.nanoTime();
            Outcome outcome = outcomes.poll(more ? Math.min(left, HEAD_START.toNanos()) : left, TimeUnit.NANOSECONDS);
            switch (outcome) {
                case Outcome.Connected connected -> {
                    return connected.socket();
                }
                case Outcome.Lost loss -> {
                    if (abandoned) {
                        throw loss.reason();
                    }
                    lost++;
                    firstLoss = Optional.of(firstLoss.orElse(loss.reason()));
                }
                case null -> {
                    if (System.nanoTime() >= deadlineNanos) {
                        throw new SocketTimeoutException("connect timed out");
                    }
                }
            }
        }
        throw firstLoss.orElseGet(() -> new IOException("the name has no address"));
    }

    private void start(InetAddress address) {
        Socket socket = new Socket();
        sockets.add(socket);
        Thread.ofVirtual().name("origin-connect").start(() -> {
            try {
                socket.connect(new InetSocketAddress(address, port));
                outcomes.add(new Outcome.Connected(socket));
            } catch (IOException e) {
                outcomes.add(new Outcome.Lost(e));
            }
        });
    }
}
