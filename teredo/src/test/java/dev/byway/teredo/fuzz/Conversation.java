package dev.byway.teredo.fuzz;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect;
import dev.byway.teredo.client.ClientLimits;
import dev.byway.teredo.client.TeredoClient;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.TeredoServer;
import dev.byway.teredo.server.TeredoServer.Door;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Two clients that find their addresses and a way to each other, without NATs; every datagram of theirs is kept. */
final class Conversation {
    static final int PRIMARY = UdpAddress.number(InetAddress.ofLiteral("11.200.2.2"));
    private static final int SECONDARY = PRIMARY + 1;

    private final TeredoServer server;
    private final ArrayDeque<Said> underWay = new ArrayDeque<>();
    final List<Said> said = new ArrayList<>();
    final Party one;
    final Party other;
    Moment now;

    /** A datagram, and who sent it to whom. */
    record Said(UdpAddress from, UdpAddress to, ByteString datagram) {}

    Conversation(TeredoServer server, long seed, Moment now) {
        this.server = server;
        this.now = now;
        this.one = new Party(new UdpAddress(UdpAddress.number(InetAddress.ofLiteral("11.0.1.2")), 40_000), seed);
        this.other = new Party(new UdpAddress(UdpAddress.number(InetAddress.ofLiteral("11.0.2.2")), 50_000), ~seed);
        one.perform(one.client.start(now));
        other.perform(other.client.start(now));
        run();
        one.perform(one.client.connect(other.address(), now));
        run();
        one.perform(one.client.examine(now));
        run();
    }

    final class Party {
        final UdpAddress mapping;
        final TeredoClient client;

        private Party(UdpAddress mapping, long seed) {
            this.mapping = mapping;
            this.client = new TeredoClient(
                    UdpAddress.server(PRIMARY),
                    Optional.of(UdpAddress.server(SECONDARY)),
                    ClientLimits.STANDARD,
                    new SplittableRandom(seed));
        }

        TeredoAddress address() {
            return client.address().orElseThrow();
        }

        /** What it sends because of a datagram. */
        List<ClientEffect.Send> take(Said in) {
            List<ClientEffect> effects =
                    client.received(in.from(), ByteBuffer.wrap(in.datagram().toArray()), now);
            return effects.stream()
                    .filter(ClientEffect.Send.class::isInstance)
                    .map(ClientEffect.Send.class::cast)
                    .toList();
        }

        private void perform(List<ClientEffect> effects) {
            for (ClientEffect effect : effects) {
                if (effect instanceof ClientEffect.Send(UdpAddress to, ByteString datagram)) {
                    say(new Said(mapping, to, datagram));
                }
            }
        }
    }

    private void say(Said one) {
        said.add(one);
        underWay.add(one);
    }

    /** Until nothing is under way. */
    private void run() {
        while (!underWay.isEmpty()) {
            Said next = underWay.remove();
            now = now.plus(Duration.ofMillis(1));
            if (next.to().address() == PRIMARY || next.to().address() == SECONDARY) {
                if (atServer(next) instanceof TeredoServer.Outcome.Send(Door out, UdpAddress back, ByteString answer)) {
                    say(new Said(UdpAddress.server(out == Door.PRIMARY ? PRIMARY : SECONDARY), back, answer));
                }
            } else {
                Party party = next.to().equals(one.mapping) ? one : other;
                party.perform(party.client.received(
                        next.from(), ByteBuffer.wrap(next.datagram().toArray()), now));
            }
        }
    }

    TeredoServer.Outcome atServer(Said in) {
        Door door = in.to().address() == SECONDARY ? Door.SECONDARY : Door.PRIMARY;
        return server.received(door, in.from(), ByteBuffer.wrap(in.datagram().toArray()), now);
    }
}
