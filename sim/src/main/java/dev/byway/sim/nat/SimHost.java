package dev.byway.sim.nat;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.sim.time.Agenda;
import dev.byway.teredo.client.ClientEffect;
import dev.byway.teredo.client.TeredoClient;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device behind a router: the shell that the agent is in reality. It wants ways to some others, and asks again for what it lacks. */
final class SimHost {
    private static final Duration ASKS_AGAIN = Duration.ofSeconds(10);

    final int number;
    final SimNat nat;
    private final Islands world;
    private final Agenda agenda;
    private final TeredoClient client;
    private final List<SimHost> wanted = new ArrayList<>();
    private Moment planned = new Moment(Long.MAX_VALUE);
    private boolean cut;
    private long sent;

    SimHost(Islands world, int number, SimNat nat, TeredoClient client) {
        this.world = world;
        this.agenda = world.agenda();
        this.number = number;
        this.nat = nat;
        this.client = client;
    }

    void start() {
        perform(client.start(agenda.now()));
    }

    /** From now on it wants a way to another one. */
    void want(SimHost other) {
        wanted.add(other);
        askFor(other);
    }

    private void askFor(SimHost other) {
        if (!hasWayTo(other)) {
            other.client.address().ifPresent(address -> perform(client.connect(address, agenda.now())));
        }
        agenda.in(ASKS_AGAIN, () -> askFor(other));
    }

    /** Whether it believes that it has a way to another one. */
    boolean hasWayTo(SimHost other) {
        return wayTo(other).isPresent();
    }

    /** Whether a packet that it sends now by the way that it believes in reaches the other one. */
    boolean reaches(SimHost other) {
        Moment now = agenda.now();
        return wayTo(other)
                .filter(to -> other.nat.isAt(to) && other.nat.letsIn(nat.out(to, now), to.port(), now))
                .isPresent();
    }

    private Optional<UdpAddress> wayTo(SimHost other) {
        return other.client.address().flatMap(address -> client.wayTo(address, agenda.now()));
    }

    boolean is(TeredoAddress address) {
        return client.address().filter(address::equals).isPresent();
    }

    /** Its cable is pulled, or plugged in. */
    void cut(boolean off) {
        cut = off;
    }

    /** Datagrams that it sent. */
    long sent() {
        return sent;
    }

    void receive(UdpAddress from, ByteString datagram) {
        if (!cut) {
            perform(client.received(from, ByteBuffer.wrap(datagram.toArray()), agenda.now()));
        }
    }

    private void perform(List<ClientEffect> effects) {
        for (ClientEffect effect : effects) {
            switch (effect) {
                case ClientEffect.Send send -> {
                    sent++;
                    if (!cut) {
                        world.fly(nat.out(send.to(), agenda.now()), send.to(), send.datagram());
                    }
                }
                case ClientEffect.Open open -> {
                    world.opened(this, open.peer(), open.mapping());
                    perform(client.keep(open.peer()));
                }
                case ClientEffect.Qualified _,
                        ClientEffect.Mapped _,
                        ClientEffect.Examined _,
                        ClientEffect.Offline _,
                        ClientEffect.Lost _,
                        ClientEffect.Unreachable _,
                        ClientEffect.Arrived _,
                        ClientEffect.Dropped _ -> {}
            }
        }
        plan();
    }

    private void plan() {
        Moment next = client.nextTick();
        if (next.isBefore(planned)) {
            planned = next;
            agenda.at(next, () -> {
                planned = new Moment(Long.MAX_VALUE);
                perform(client.tick(agenda.now()));
            });
        }
    }
}
