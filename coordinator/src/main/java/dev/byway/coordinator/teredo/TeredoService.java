package dev.byway.coordinator.teredo;

import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.ServerLimits;
import dev.byway.teredo.server.TeredoServer;
import dev.byway.teredo.server.TeredoServer.Door;
import dev.byway.teredo.server.TeredoServer.Outcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * A running Teredo server. One platform thread owns the rules and both sockets; a datagram that cannot be sent at once is lost, as
 * datagrams are. Other threads ask that one what it knows, and wait for {@link #ANSWER} at most: so the rules stay with one owner
 * and need neither locks nor a second table, and a flood can make an answer miss, but no announcement wait for long.
 */
public final class TeredoService implements AutoCloseable, MappingServer {
    private static final Logger LOG = System.getLogger(TeredoService.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(2);
    static final Duration ANSWER = Duration.ofMillis(500);
    private static final int QUESTIONS = 1024;
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int DATAGRAMS_IN_A_ROW = 256;

    private record Question(UdpAddress mapping, CompletableFuture<Boolean> answer) {}

    private final TeredoAddresses addresses;
    private final BlockingQueue<Question> questions = new ArrayBlockingQueue<>(QUESTIONS);
    private final TeredoServer server;
    private final Selector selector;
    private final Map<Door, DatagramChannel> channels;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(TeredoPacket.LONGEST + 1);
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;

    private TeredoService(
            TeredoAddresses addresses, TeredoServer server, Selector selector, Map<Door, DatagramChannel> channels) {
        this.addresses = addresses;
        this.server = server;
        this.selector = selector;
        this.channels = channels;
        this.thread = Thread.ofPlatform().daemon().name("teredo").unstarted(this::run);
    }

    /**
     * Opens the sockets and serves.
     *
     * @throws CoordinatorException when an address cannot be used
     */
    public static TeredoService start(TeredoAddresses addresses) {
        Selector selector = selector();
        Map<Door, DatagramChannel> channels = new EnumMap<>(Door.class);
        try {
            channels.put(Door.PRIMARY, open(addresses.bound().getFirst(), selector, Door.PRIMARY));
            if (addresses.areTwo()) {
                channels.put(Door.SECONDARY, open(addresses.bound().getLast(), selector, Door.SECONDARY));
            }
        } catch (CoordinatorException e) {
            close(selector);
            throw e;
        }
        TeredoServer server = new TeredoServer(
                UdpAddress.number(addresses.advertised().getFirst()),
                addresses.areTwo(),
                ServerLimits.STANDARD,
                new SecureRandom(),
                now());
        TeredoService service = new TeredoService(addresses, server, selector, channels);
        service.thread.start();
        return service;
    }

    private static Selector selector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new CoordinatorException("this process can open no more files: " + e.getMessage(), e);
        }
    }

    private static DatagramChannel open(InetAddress address, Selector selector, Door door) {
        try {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, door);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.bind(new InetSocketAddress(address, UdpAddress.TEREDO_PORT));
            return channel;
        } catch (IOException e) {
            throw new CoordinatorException(
                    "cannot listen on UDP port " + UdpAddress.TEREDO_PORT + " of " + address.getHostAddress() + ": "
                            + e.getMessage() + ". Stop what holds it, or set teredo.server.addresses",
                    e);
        }
    }

    /** A channel gives its port back only when its selector is closed too; so that one knows all that were opened. */
    private static void close(Selector selector) {
        try (selector) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket was not closed: " + e.getMessage(), e);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(this::serve);
                answer();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "the Teredo server stopped: " + e + "; restart the coordinator", e);
        } finally {
            close(selector);
        }
    }

    private void answer() {
        for (Question question = questions.poll(); question != null; question = questions.poll()) {
            question.answer().complete(server.hasSolicited(question.mapping(), now()));
        }
    }

    @Override
    public List<InetAddress> advertised() {
        return addresses.advertised();
    }

    @Override
    public Optional<Boolean> solicited(UdpAddress mapping) {
        Question question = new Question(mapping, new CompletableFuture<>());
        if (!thread.isAlive() || !questions.offer(question)) {
            return Optional.empty();
        }
        selector.wakeup();
        try {
            return Optional.of(question.answer().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }

    /** From a fresh port each time, so that no NAT has let anything in from it before. */
    @Override
    public Endpoint sendFromAnotherPort(UdpAddress to, ByteString datagram) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(addresses.bound().getFirst(), 0));
            channel.configureBlocking(false);
            if (channel.send(ByteBuffer.wrap(datagram.toArray()), to.socketAddress()) == 0) {
                throw new IOException("the network takes nothing now");
            }
            return new Endpoint(
                    addresses.advertised().getFirst(), channel.socket().getLocalPort());
        }
    }

    private void serve(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        Door door = (Door) key.attachment();
        try {
            for (int i = 0; i < DATAGRAMS_IN_A_ROW; i++) {
                buffer.clear();
                if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
                    return;
                }
                received.increment();
                if (server.received(door, UdpAddress.of(from), buffer.flip(), now())
                        instanceof Outcome.Send(Door out, UdpAddress to, ByteString datagram)) {
                    send(out, to, datagram);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a datagram was not received: " + e.getMessage(), e);
        }
    }

    private void send(Door out, UdpAddress to, ByteString datagram) {
        DatagramChannel channel = channels.get(out);
        if (channel == null) {
            return; // The rules know how many addresses there are, and name no other.
        }
        try {
            channel.send(ByteBuffer.wrap(datagram.toArray()), to.socketAddress());
            sent.increment();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a datagram to " + to + " was not sent: " + e.getMessage(), e);
        }
    }

    /** Datagrams that came. */
    public long received() {
        return received.sum();
    }

    /** Datagrams that went out. */
    public long sent() {
        return sent.sum();
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
