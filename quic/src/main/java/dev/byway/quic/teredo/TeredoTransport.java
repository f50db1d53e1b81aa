package dev.byway.quic.teredo;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.quic.transport.DatagramTransport;
import dev.byway.quic.transport.TransportSocket;
import dev.byway.teredo.client.ClientCounts;
import dev.byway.teredo.client.ClientEffect;
import dev.byway.teredo.client.ClientLimits;
import dev.byway.teredo.client.TeredoClient;
import dev.byway.teredo.packet.Ip6;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Meets peers through Teredo. QUIC knows a peer as port {@link #PORT} of its Teredo address; the rules of {@link TeredoClient} say
 * where that is, and open the NATs.
 *
 * <p>Two ways in: what comes from where a {@link Way} leads, and is what that peer sends QUIC, is unpacked at once; all else goes to
 * the rules. Two ways out: the rules' own bubbles, and QUIC's packets, to open ways only. Equal segments stay together in both
 * directions, so that the system can send and receive many as one.
 */
public final class TeredoTransport implements DatagramTransport {
    /** The UDP port of QUIC inside the tunnel. */
    public static final int PORT = 7680;

    /** Bytes of one packet of QUIC: the MTU of RFC 4380 section 5.1.2 without the headers. */
    public static final int PAYLOAD = TeredoPacket.MTU - Way.HEADERS;

    private static final int MAX_WAITING = 256;
    private static final long COUNTS_MILLIS = 500;
    private static final Duration HEARD_ANEW = Duration.ofSeconds(1);

    private final ClientLimits limits;
    private final RandomGenerator random;
    private final Consumer<TunnelState> changed;
    private final Ways ways;
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<TeredoClient> client = Optional.empty();
    private Optional<InetSocketAddress> local = Optional.empty();
    private NatBehaviour nat = NatBehaviour.UNKNOWN;
    private volatile Optional<TeredoServers> servers = Optional.empty();
    private volatile Optional<TransportSocket> socket = Optional.empty();
    private volatile TunnelState state = TunnelState.NONE;

    private record Waiting(TeredoAddress peer, Consumer<Opening> told) {}

    /** @param changed told, on the event loop, how the tunnel stands now */
    public TeredoTransport(ClientLimits limits, RandomGenerator random, Consumer<TunnelState> changed) {
        this.limits = limits;
        this.random = random;
        this.changed = changed;
        this.ways = new Ways(limits.peers().size(), limits.peers().forgotten());
    }

    static InetSocketAddress socketAddress(TeredoAddress peer) {
        return new InetSocketAddress(peer.ip6().inetAddress(), PORT);
    }

    // ---- any thread ----

    /** Asks these servers from now on, and no others. */
    public void ask(TeredoServers now) {
        if (!servers.equals(Optional.of(now))) {
            servers = Optional.of(now);
            socket.ifPresent(running -> running.execute(this::begin));
        }
    }

    /** Finds out what the NAT does; {@link #state} tells, seconds later. */
    public void examine() {
        onLoop(asking -> perform(asking.examine(now())));
    }

    /**
     * A bubble with this nonce is about to be sent from another port of the server's, or has just been; whether it comes tells what
     * the NAT filters. 0: none will.
     */
    public void expect(int nonce) {
        onLoop(asking -> asking.expectFiltering(nonce, now()));
    }

    /** Asks the server many times at once; a second later {@link #counts} tell how many were answered. */
    public void fireVolley() {
        onLoop(asking -> perform(asking.fireVolley()));
    }

    /** What happened since these servers are asked; empty when the event loop does not say in time. Blocks, not long. */
    public Optional<ClientCounts> counts() {
        CompletableFuture<Optional<ClientCounts>> counts = new CompletableFuture<>();
        socket.ifPresent(running -> running.execute(() -> counts.complete(client.map(TeredoClient::counts))));
        return counts.completeOnTimeout(Optional.empty(), COUNTS_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private void onLoop(Consumer<TeredoClient> task) {
        socket.ifPresent(running -> running.execute(() -> client.ifPresent(task)));
    }

    /** How it stands. */
    public TunnelState state() {
        return state;
    }

    // ---- the event loop ----

    @Override
    public void start(TransportSocket running) {
        socket = Optional.of(running);
        begin();
    }

    private void begin() {
        forgetWays();
        client = servers.map(these -> new TeredoClient(these.primary(), these.secondary(), limits, random));
        become(TunnelState.NONE);
        client.ifPresent(asking -> perform(asking.start(now())));
    }

    @Override
    public void tick() {
        client.ifPresent(asking -> perform(asking.tick(now())));
    }

    @Override
    public Optional<InetSocketAddress> local() {
        return local;
    }

    @Override
    public void open(InetSocketAddress peer, Consumer<Opening> told) {
        Optional<TeredoAddress> address = address(peer);
        if (address.isEmpty()) {
            told.accept(new Opening.NoWay(peer + " is not an address of Teredo"));
        } else if (local.isEmpty()) {
            told.accept(new Opening.NoWay("the Teredo server does not answer this device"));
        } else if (waiting.size() >= MAX_WAITING) {
            told.accept(new Opening.NoWay("too many peers are being met"));
        } else {
            waiting.add(new Waiting(address.get(), told));
            client.ifPresent(asking -> perform(asking.connect(address.get(), now())));
        }
    }

    private static Optional<TeredoAddress> address(InetSocketAddress peer) {
        byte[] bytes = peer.getAddress().getAddress();
        if (bytes.length != Ip6.BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return TeredoAddress.of(new Ip6(in.getLong(), in.getLong()));
    }

    @Override
    public void keep(InetSocketAddress peer) {
        client.ifPresent(asking -> address(peer).ifPresent(way -> perform(asking.keep(way))));
    }

    @Override
    public void release(InetSocketAddress peer) {
        client.ifPresent(asking -> address(peer).ifPresent(asking::release));
    }

    @Override
    public Optional<DatagramPacket> unwrap(DatagramPacket datagram) {
        Optional<DatagramPacket> packet = forQuic(datagram);
        if (packet.isPresent() || client.isEmpty()) {
            return packet;
        }
        UdpAddress from = UdpAddress.of(datagram.sender());
        perform(client.get().received(from, datagram.content().nioBuffer(), now()));
        Optional<DatagramPacket> first = forQuic(datagram);
        if (first.isEmpty()) {
            datagram.release();
        }
        return first;
    }

    private Optional<DatagramPacket> forQuic(DatagramPacket datagram) {
        return ways.from(datagram.sender())
                .filter(way -> way.brought(datagram.content()))
                .map(way -> received(way, datagram));
    }

    private DatagramPacket received(Way way, DatagramPacket datagram) {
        Moment now = now();
        if (way.heard().plus(HEARD_ANEW).isBefore(now)) {
            way.heard(now);
            client.ifPresent(asking -> perform(asking.heard(way.peer(), way.mapping(), now)));
        }
        return new DatagramPacket(Way.content(datagram.content()), local.orElseThrow(), way.inner());
    }

    @Override
    public Optional<DatagramPacket> wrap(DatagramPacket packet) {
        try {
            return ways.to(packet.recipient()).map(way -> wrap(packet, way));
        } finally {
            packet.release();
        }
    }

    private DatagramPacket wrap(DatagramPacket packet, Way way) {
        ByteBuf in = packet.content();
        int segment = packet instanceof SegmentedDatagramPacket many ? many.segmentSize() : in.readableBytes();
        int segments = Math.ceilDiv(in.readableBytes(), segment);
        ByteBuf out = running().allocator().directBuffer(in.readableBytes() + segments * Way.HEADERS);
        while (in.isReadable()) {
            way.write(in, Math.min(segment, in.readableBytes()), out);
        }
        return segments == 1
                ? new DatagramPacket(out, way.outer())
                : new SegmentedDatagramPacket(out, segment + Way.HEADERS, way.outer());
    }

    // ---- the rules ----

    private void perform(List<ClientEffect> effects) {
        for (ClientEffect effect : effects) {
            switch (effect) {
                case ClientEffect.Send(UdpAddress to, ByteString datagram) ->
                    running().send(to.socketAddress(), Unpooled.wrappedBuffer(datagram.toArray()));
                case ClientEffect.Qualified(TeredoAddress address) -> qualified(address);
                case ClientEffect.Mapped(NatMapping found) ->
                    isBehind(new NatBehaviour(found, nat.filtering(), nat.hairpin()));
                case ClientEffect.Examined(NatBehaviour found) -> isBehind(found);
                case ClientEffect.Offline() -> become(TunnelState.NONE);
                case ClientEffect.Open(TeredoAddress peer, UdpAddress mapping) -> opened(peer, mapping);
                case ClientEffect.Lost(TeredoAddress peer) -> lost(peer);
                case ClientEffect.Unreachable(TeredoAddress peer) ->
                    answer(peer, new Opening.NoWay("no packet of it came through the NATs"));
                case ClientEffect.Arrived(TeredoAddress peer, TeredoPacket packet) -> {
                    // Nothing but QUIC is of interest, and that is unpacked where it comes in.
                }
                case ClientEffect.Dropped(Rule rule) -> {
                    // As datagrams are.
                }
            }
        }
        client.ifPresent(asking -> running().tickAt(asking.nextTick()));
    }

    /** Ways lead to an address; under another one they are of no use. */
    private void qualified(TeredoAddress address) {
        InetSocketAddress here = socketAddress(address);
        if (!local.equals(Optional.of(here))) {
            forgetWays();
            local = Optional.of(here);
            nat = NatBehaviour.UNKNOWN;
        }
        become(new TunnelState(Optional.of(address), nat));
    }

    private void isBehind(NatBehaviour found) {
        nat = found;
        become(new TunnelState(state.address(), nat));
    }

    private void lost(TeredoAddress peer) {
        InetSocketAddress inner = socketAddress(peer);
        ways.remove(inner);
        running().lost(inner);
    }

    private void opened(TeredoAddress peer, UdpAddress mapping) {
        Way way = new Way(address(local.orElseThrow()).orElseThrow().ip6(), peer, mapping, now());
        boolean room = ways.add(way, now());
        answer(peer, room ? new Opening.Open() : new Opening.NoWay("too many peers are met already"));
    }

    private void answer(TeredoAddress peer, Opening opening) {
        List<Waiting> told =
                waiting.stream().filter(one -> one.peer().equals(peer)).toList();
        waiting.removeAll(told);
        told.forEach(one -> one.told().accept(opening));
    }

    private void forgetWays() {
        ways.clear();
        local = Optional.empty();
        List<Waiting> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(one -> one.told().accept(new Opening.NoWay("this device's own address has changed")));
        running().moved();
    }

    private void become(TunnelState now) {
        if (!now.equals(state)) {
            state = now;
            changed.accept(now);
        }
    }

    private TransportSocket running() {
        return socket.orElseThrow();
    }

    private Moment now() {
        return running().now();
    }
}
