package dev.byway.sim.nat;

import dev.byway.core.nat.NatKind;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.sim.time.Agenda;
import dev.byway.sim.time.InvariantBroken;
import dev.byway.teredo.client.ClientLimits;
import dev.byway.teredo.client.TeredoClient;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.ServerLimits;
import dev.byway.teredo.server.TeredoServer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Devices behind NATs, the server that they meet by, and the Internet between. Every two of them want a way to each other. A way that
 * leads to somebody else ends the run with an {@link InvariantBroken} that names the seed.
 */
public final class Islands {
    private static final int PRIMARY = UdpAddress.number(InetAddress.ofLiteral("11.200.2.2"));
    private static final int SECONDARY = PRIMARY + 1;
    private static final int FIRST_NAT = UdpAddress.number(InetAddress.ofLiteral("11.0.1.2"));

    private final long seed;
    private final Agenda agenda;
    private final List<SimHost> hosts = new ArrayList<>();
    private TeredoServer server;
    private Weather weather = Weather.CALM;

    /** Two devices that want a way to each other. */
    private record Pair(SimHost one, SimHost other) {
        boolean mayMeet() {
            return one.nat.kind().prospect(other.nat.kind()) == NatKind.Prospect.WAY;
        }

        boolean met() {
            return one.reaches(other) && other.reaches(one);
        }

        /** One believes in a way that is none. A pair that no rule brings together may have met by chance. */
        boolean isWrong() {
            return (one.hasWayTo(other) && !one.reaches(other)) || (other.hasWayTo(one) && !other.reaches(one));
        }

        @Override
        public String toString() {
            return one.number + " behind " + one.nat.kind().words() + " and " + other.number + " behind "
                    + other.nat.kind().words();
        }
    }

    /**
     * What a run came to.
     *
     * @param pairs that can meet
     * @param met of them that have a way in both directions at the end
     * @param apart words for each that should have met and did not, or believes in a way that is none
     * @param mostSent datagrams that one device sent, at the most
     */
    public record Outcome(long seed, int pairs, int met, List<String> apart, long mostSent, long events) {}

    /** Nobody has begun. */
    public Islands(List<NatKind> kinds, long seed) {
        this.seed = seed;
        this.agenda = new Agenda(seed);
        this.server = newServer();
        for (NatKind kind : kinds) {
            int number = hosts.size();
            TeredoClient client = new TeredoClient(
                    UdpAddress.server(PRIMARY),
                    Optional.of(UdpAddress.server(SECONDARY)),
                    ClientLimits.STANDARD,
                    random());
            hosts.add(new SimHost(this, number, new SimNat(kind, FIRST_NAT + 256 * number), client));
        }
    }

    private SplittableRandom random() {
        return new SplittableRandom(agenda.random().nextLong());
    }

    private TeredoServer newServer() {
        return new TeredoServer(PRIMARY, true, ServerLimits.STANDARD, random(), agenda.now());
    }

    Agenda agenda() {
        return agenda;
    }

    /** All begin, and after some seconds, in which each finds its address, want ways to each other. */
    public void begin() {
        hosts.forEach(SimHost::start);
        agenda.in(
                Duration.ofSeconds(3),
                () -> pairs().forEach(pair -> {
                    boolean swapped = agenda.random().nextBoolean();
                    (swapped ? pair.other() : pair.one()).want(swapped ? pair.one() : pair.other());
                }));
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            for (int j = i + 1; j < hosts.size(); j++) {
                pairs.add(new Pair(hosts.get(i), hosts.get(j)));
            }
        }
        return pairs;
    }

    /** From now on. */
    public void weather(Weather next) {
        weather = next;
    }

    /** A device's router is restarted. */
    public void restartRouter(int device) {
        hosts.get(device).nat.restart();
    }

    /** A device's cable is pulled, or plugged in. */
    public void cut(int device, boolean off) {
        hosts.get(device).cut(off);
    }

    /** The server is restarted, and knows nobody any more. */
    public void restartServer() {
        server = newServer();
    }

    /** Lets this time pass. */
    public void run(Duration time) {
        Moment end = agenda.now().plus(time);
        agenda.at(end, () -> {});
        while (agenda.step(end)) {}
    }

    /** How it stands now. */
    public Outcome outcome() {
        List<Pair> can = pairs().stream().filter(Pair::mayMeet).toList();
        List<String> apart = new ArrayList<>();
        for (Pair pair : pairs()) {
            if (pair.mayMeet() && !pair.met()) {
                apart.add("no way between " + pair);
            } else if (pair.isWrong()) {
                apart.add("a way that is none between " + pair);
            }
        }
        long most = hosts.stream().mapToLong(SimHost::sent).max().orElse(0);
        return new Outcome(
                seed, can.size(), (int) can.stream().filter(Pair::met).count(), apart, most, agenda.done());
    }

    // ---- packets ----

    void fly(UdpAddress from, UdpAddress to, ByteString datagram) {
        SplittableRandom random = agenda.random();
        if (random.nextDouble() >= weather.loss()) {
            deliver(from, to, datagram);
        }
        if (random.nextDouble() < weather.twice()) {
            deliver(from, to, datagram);
        }
        if (random.nextDouble() < weather.damaged()) {
            byte[] damaged = datagram.toArray();
            damaged[random.nextInt(damaged.length)] ^= (byte) random.nextInt(1, 256);
            deliver(from, to, ByteString.of(damaged));
        }
    }

    private void deliver(UdpAddress from, UdpAddress to, ByteString datagram) {
        long least = weather.least().toNanos();
        long more = weather.most().toNanos() - least;
        long takes = least + (more == 0 ? 0 : agenda.random().nextLong(more));
        agenda.inNanos(takes, () -> arrive(from, to, datagram));
    }

    private void arrive(UdpAddress from, UdpAddress to, ByteString datagram) {
        if (to.address() == PRIMARY || to.address() == SECONDARY) {
            TeredoServer.Door door = to.address() == PRIMARY ? TeredoServer.Door.PRIMARY : TeredoServer.Door.SECONDARY;
            if (server.received(door, from, ByteBuffer.wrap(datagram.toArray()), agenda.now())
                    instanceof TeredoServer.Outcome.Send(TeredoServer.Door out, UdpAddress back, ByteString answer)) {
                fly(UdpAddress.server(out == TeredoServer.Door.PRIMARY ? PRIMARY : SECONDARY), back, answer);
            }
            return;
        }
        for (SimHost host : hosts) {
            if (host.nat.isAt(to) && !host.nat.isAt(from) && host.nat.letsIn(from, to.port(), agenda.now())) {
                host.receive(from, datagram);
            }
        }
    }

    /** The invariant: a way to a device leads to that device's router. */
    void opened(SimHost by, TeredoAddress peer, UdpAddress mapping) {
        boolean elsewhere = hosts.stream().anyMatch(host -> host.is(peer) && !host.nat.isAt(mapping));
        if (elsewhere) {
            throw new InvariantBroken("seed " + seed + ", device " + by.number + ", at "
                    + agenda.now().nanos() / 1_000_000 + " ms: its way to " + peer + " leads to " + mapping);
        }
    }
}
