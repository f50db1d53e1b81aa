package dev.byway.e2e.nat;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect;
import dev.byway.teredo.client.ClientLimits;
import dev.byway.teredo.client.TeredoClient;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A program for the lab: the rules of the Teredo client over a plain socket. Arguments: the local port, the server's two addresses,
 * then devices to meet, by their Teredo addresses, or {@code examine=NONCE}, for examinations without end. It says {@code qualified ADDRESS}, and of each, one after the other,
 * {@code examined NUMBER: WORDS}, {@code met ADDRESS open MS answered MS} or {@code missed ADDRESS after MS ms}. It answers whoever sends it something.
 */
final class TeredoDevice {
    static final String EXAMINE = "examine=";

    private static final String QUESTION = "are you there?";
    private static final String ANSWER = "I am.";

    private final TeredoClient client;
    private final DatagramChannel channel;
    private final Queue<TeredoAddress> peers = new ArrayDeque<>();
    private final Optional<Integer> nonce;
    private Optional<Meeting> meeting = Optional.empty();
    private int examinations;

    private record Meeting(TeredoAddress peer, Moment since, Optional<Moment> open) {}

    private TeredoDevice(TeredoClient client, DatagramChannel channel, Optional<Integer> nonce) {
        this.nonce = nonce;
        this.client = client;
        this.channel = channel;
    }

    public static void main(String[] arguments) throws IOException {
        TeredoClient client = new TeredoClient(
                UdpAddress.server(UdpAddress.number(InetAddress.ofLiteral(arguments[1]))),
                Optional.of(UdpAddress.server(UdpAddress.number(InetAddress.ofLiteral(arguments[2])))),
                ClientLimits.STANDARD,
                new SecureRandom());
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(Integer.parseInt(arguments[0])));
            channel.configureBlocking(false);
            List<String> wishes = List.of(arguments).subList(3, arguments.length);
            Optional<Integer> nonce = wishes.stream()
                    .filter(wish -> wish.startsWith(EXAMINE))
                    .map(wish -> Integer.valueOf(wish.substring(EXAMINE.length())))
                    .findFirst();
            TeredoDevice device = new TeredoDevice(client, channel, nonce);
            wishes.stream()
                    .filter(wish -> !wish.startsWith(EXAMINE))
                    .map(BubbleSender::address)
                    .forEach(device.peers::add);
            device.run();
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    private void run() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(TeredoPacket.LONGEST + 1);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            perform(client.start(now()));
            while (true) {
                perform(client.tick(now()));
                nonce.ifPresent(expected -> client.expectFiltering(expected, now()));
                Duration wait = client.nextTick().since(now());
                selector.select(key -> {}, Math.clamp(wait.toMillis() + 1, 1, 1000));
                while (channel.receive(buffer.clear()) instanceof InetSocketAddress from) {
                    perform(client.received(UdpAddress.of(from), buffer.flip(), now()));
                }
            }
        }
    }

    private void perform(List<ClientEffect> effects) throws IOException {
        for (ClientEffect effect : effects) {
            switch (effect) {
                case ClientEffect.Send(UdpAddress to, ByteString datagram) ->
                    channel.send(ByteBuffer.wrap(datagram.toArray()), to.socketAddress());
                case ClientEffect.Qualified(TeredoAddress address) -> {
                    say("qualified " + address);
                    next();
                }
                case ClientEffect.Open(TeredoAddress peer, UdpAddress there) -> opened(peer, there);
                case ClientEffect.Unreachable(TeredoAddress peer) -> missed(peer);
                case ClientEffect.Lost(TeredoAddress peer) -> say("lost " + peer);
                case ClientEffect.Arrived(TeredoAddress peer, TeredoPacket packet) -> arrived(peer, packet);
                case ClientEffect.Mapped(var mapping) -> {
                    say("mapping " + mapping);
                    if (nonce.isPresent()) {
                        perform(client.examine(now()));
                    }
                }
                case ClientEffect.Examined(NatBehaviour nat) -> examined(nat);
                case ClientEffect.Offline() -> say("offline");
                case ClientEffect.Dropped(var rule) -> say("dropped " + rule + ": " + rule.section());
            }
        }
    }

    private void examined(NatBehaviour nat) throws IOException {
        examinations++;
        say("examined " + examinations + ": " + nat.words() + ", hairpin " + nat.hairpin());
        if (client.address().isPresent()) {
            perform(client.examine(now()));
        }
    }

    private void next() throws IOException {
        TeredoAddress peer = peers.poll();
        if (peer != null) {
            meeting = Optional.of(new Meeting(peer, now(), Optional.empty()));
            perform(client.connect(peer, now()));
        }
    }

    private void opened(TeredoAddress peer, UdpAddress there) throws IOException {
        say("open " + peer + " at " + there);
        Optional<Meeting> awaited =
                meeting.filter(one -> one.peer().equals(peer) && one.open().isEmpty());
        if (awaited.isPresent()) {
            meeting = Optional.of(new Meeting(peer, awaited.get().since(), Optional.of(now())));
            send(peer, QUESTION);
        }
    }

    private void missed(TeredoAddress peer) throws IOException {
        say("missed " + peer + " after " + millis(meeting.orElseThrow().since(), now()) + " ms");
        next();
    }

    private void arrived(TeredoAddress peer, TeredoPacket packet) throws IOException {
        String text = new String(packet.payload().toArray(), StandardCharsets.UTF_8);
        if (text.equals(QUESTION)) {
            send(peer, ANSWER);
        } else if (meeting.filter(one -> one.peer().equals(peer)).isPresent()) {
            Meeting one = meeting.get();
            say("met " + peer + " open " + millis(one.since(), one.open().orElseThrow()) + " answered "
                    + millis(one.since(), now()));
            next();
        }
    }

    private static double millis(Moment from, Moment until) {
        return until.since(from).toNanos() / 1e6;
    }

    private void send(TeredoAddress peer, String text) throws IOException {
        Optional<UdpAddress> there = client.wayTo(peer, now());
        if (there.isPresent()) {
            TeredoPacket packet = new TeredoPacket(
                    Optional.empty(),
                    Optional.empty(),
                    client.address().orElseThrow().ip6(),
                    peer.ip6(),
                    TeredoPacket.UDP,
                    64,
                    ByteString.of(text.getBytes(StandardCharsets.UTF_8)),
                    List.of());
            channel.send(ByteBuffer.wrap(packet.encode().toArray()), there.get().socketAddress());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
