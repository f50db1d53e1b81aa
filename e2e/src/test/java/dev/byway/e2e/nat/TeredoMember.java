package dev.byway.e2e.nat;

import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.Joining;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.AnnouncementAnswer;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.FilteringAnswer;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.PeerScope;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.nat.NatKind;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect;
import dev.byway.teredo.client.ClientLimits;
import dev.byway.teredo.client.TeredoClient;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A program for the lab: a device that takes no links joins the fleet, learns of the Teredo servers, qualifies, announces its address
 * and has its NAT's filtering tried. Arguments: a state folder, a file with a join token, and an address of somebody else, to be
 * announced as its own, if any. It says {@code servers}, {@code verdict}, {@code offers}, {@code filtering} and {@code aimed}.
 */
final class TeredoMember {
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {1}), 5_000_000);
    private static final Duration QUALIFYING = Duration.ofSeconds(20);
    private static final Duration LISTENING = Duration.ofSeconds(2);
    private static final int NONCE = 0x8765_4321;

    private final FleetClient fleet;
    private final DatagramChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(TeredoPacket.LONGEST + 1);
    private long sequence;

    private TeredoMember(FleetClient fleet, DatagramChannel channel) {
        this.fleet = fleet;
        this.channel = channel;
    }

    public static void main(String[] arguments) throws IOException, CertificateException {
        DeviceKey key = DeviceKey.open(Files.createDirectories(Path.of(arguments[0])), Instant.now());
        JoinToken token =
                JoinToken.parse(Files.readString(Path.of(arguments[1])).strip());
        Joining.Joined joined =
                new Joining(token).join(key.id(), ByteString.of(key.certificationRequest()), "behind a NAT");
        FleetCredentials credentials = FleetCredentials.parse(
                joined.enrolment().certificate() + joined.enrolment().authority());
        try (FleetClient fleet = new FleetClient(
                        FleetAddress.of(token, Optional.empty()), new Credential.Device(credentials.keyManager(key)));
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(0));
            new TeredoMember(fleet, channel)
                    .run(List.of(arguments).stream()
                            .skip(2)
                            .map(InetAddress::ofLiteral)
                            .toList());
        }
    }

    private void run(List<InetAddress> victims) throws IOException {
        List<InetAddress> servers = announce(Optional.empty()).teredoServers();
        System.out.println(
                "servers " + servers.stream().map(InetAddress::getHostAddress).toList());
        InetAddress own = qualify(servers).ip6().inetAddress();
        AnnouncementAnswer answer = announce(Optional.of(own));
        System.out.println("verdict " + answer.teredoVerdict().orElseThrow() + " " + own.getHostAddress());
        List<PeerOffer> offers = answer.wanted().getFirst().peers();
        System.out.println("offers " + offers.size() + ", through the tunnel "
                + offers.stream().filter(offer -> offer.teredo().isPresent()).count());
        filtering(own);
        for (InetAddress victim : victims) {
            System.out.println("aimed "
                    + announce(Optional.of(victim)).teredoVerdict().orElseThrow() + " "
                    + fleet.filtering(new FilteringRequest(victim, NONCE)).verdict());
        }
        announce(Optional.of(own));
        System.out.println("done");
    }

    private AnnouncementAnswer announce(Optional<InetAddress> teredo) {
        return fleet.announce(new Announcement(
                ++sequence,
                true,
                0,
                List.of(),
                teredo.map(address -> new TeredoEndpoint(address, NatKind.UNKNOWN)),
                PeerScope.FLEET,
                "",
                List.of(new Announced(CONTENT, 1, false, true)),
                List.of()));
    }

    private TeredoAddress qualify(List<InetAddress> servers) throws IOException {
        TeredoClient client = new TeredoClient(
                UdpAddress.server(UdpAddress.number(servers.getFirst())),
                servers.stream().skip(1).findFirst().map(one -> UdpAddress.server(UdpAddress.number(one))),
                ClientLimits.STANDARD,
                new SecureRandom());
        Moment until = now().plus(QUALIFYING);
        perform(client.start(now()));
        while (client.address().isEmpty()) {
            if (now().isAfter(until)) {
                throw new IOException("not qualified within " + QUALIFYING);
            }
            await(Duration.ofMillis(50));
            while (channel.receive(buffer.clear()) instanceof InetSocketAddress from) {
                perform(client.received(UdpAddress.of(from), buffer.flip(), now()));
            }
            perform(client.tick(now()));
        }
        return client.address().orElseThrow();
    }

    private void perform(List<ClientEffect> effects) throws IOException {
        for (ClientEffect effect : effects) {
            if (effect instanceof ClientEffect.Send(UdpAddress to, ByteString datagram)) {
                channel.send(ByteBuffer.wrap(datagram.toArray()), to.socketAddress());
            }
        }
    }

    private void filtering(InetAddress own) throws IOException {
        FilteringAnswer answer = fleet.filtering(new FilteringRequest(own, NONCE));
        Endpoint from = answer.from().orElseThrow();
        Moment until = now().plus(LISTENING);
        boolean arrived = false;
        while (!arrived && !now().isAfter(until)) {
            await(Duration.ofMillis(50));
            while (channel.receive(buffer.clear()) instanceof InetSocketAddress socket) {
                arrived |= new Endpoint(socket.getAddress(), socket.getPort()).equals(from)
                        && TeredoPacket.decode(buffer.flip()) instanceof Decoded.Whole(TeredoPacket packet)
                        && packet.isBubble()
                        && packet.destination().inetAddress().equals(own)
                        && packet.nonce().equals(Optional.of(new Trailer.Nonce(NONCE)));
            }
        }
        System.out.println("filtering " + (arrived ? "arrived" : "lost"));
    }

    private void await(Duration time) throws IOException {
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            selector.select(_ -> {}, time.toMillis());
            key.cancel();
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }
}
