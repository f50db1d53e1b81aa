package dev.byway.teredo.client;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.ServerLimits;
import dev.byway.teredo.server.TeredoServer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** A server on two addresses and devices behind NATs, in virtual time; every packet takes 20 ms. */
final class Network {
    static final int PRIMARY = UdpAddress.number(InetAddress.ofLiteral("11.200.2.2"));
    static final int SECONDARY = PRIMARY + 1;
    private static final Duration DELAY = Duration.ofMillis(20);

    private final PriorityQueue<Flight> flights = new PriorityQueue<>(Comparator.comparing(Flight::arrives));
    private final List<Device> devices = new ArrayList<>();
    private TeredoServer server;
    private Predicate<Flight> loss = _ -> false;
    private int answersFrom = PRIMARY;
    private long seed;
    Moment now = Moment.ZERO;
    int packets;

    record Flight(Moment arrives, UdpAddress from, UdpAddress to, ByteString datagram) {}

    Network(long seed) {
        this.seed = seed;
        this.server = newServer();
    }

    private TeredoServer newServer() {
        return new TeredoServer(PRIMARY, true, ServerLimits.STANDARD, new SplittableRandom(seed++), now);
    }

    void restartServer() {
        server = newServer();
    }

    /** The server answers from another address than it is asked at. */
    void answerFrom(int address) {
        answersFrom = address;
    }

    /** From now on packets are lost of which this is true. */
    void loseWhere(Predicate<Flight> lost) {
        loss = lost;
    }

    Device device(NatType type) {
        NatBox nat = new NatBox(type, UdpAddress.number(InetAddress.ofLiteral("11.0.1.2")) + devices.size() * 256);
        Device device = new Device(nat, seed++);
        devices.add(device);
        return device;
    }

    /** A device, its NAT before it. */
    final class Device {
        final NatBox nat;
        final TeredoClient client;
        final List<ClientEffect> seen = new ArrayList<>();
        int sent;

        private Device(NatBox nat, long seed) {
            this.nat = nat;
            this.client = new TeredoClient(
                    UdpAddress.server(PRIMARY),
                    Optional.of(UdpAddress.server(SECONDARY)),
                    ClientLimits.STANDARD,
                    new SplittableRandom(seed));
        }

        TeredoAddress address() {
            return client.address().orElseThrow();
        }

        void start() {
            perform(client.start(now));
        }

        void connect(Device other) {
            perform(client.connect(other.address(), now));
        }

        boolean hasWayTo(Device other) {
            return client.wayTo(other.address(), now).isPresent();
        }

        void keep(Device other) {
            perform(client.keep(other.address()));
        }

        boolean saw(ClientEffect effect) {
            return seen.contains(effect);
        }

        void perform(List<ClientEffect> effects) {
            for (ClientEffect effect : effects) {
                seen.add(effect);
                if (effect instanceof ClientEffect.Send(UdpAddress to, ByteString datagram)) {
                    sent++;
                    fly(nat.out(to), to, datagram);
                }
            }
        }
    }

    void fly(UdpAddress from, UdpAddress to, ByteString datagram) {
        Flight flight = new Flight(now.plus(DELAY), from, to, datagram);
        packets++;
        if (!loss.test(flight)) {
            flights.add(flight);
        }
    }

    /** Lets this time pass. */
    void run(Duration time) {
        Moment end = now.plus(time);
        while (true) {
            Moment next = devices.stream()
                    .map(device -> device.client.nextTick())
                    .reduce(flights.isEmpty() ? end : flights.element().arrives(), Moment::min);
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next.isAfter(now) ? next : now;
            if (!flights.isEmpty() && !flights.element().arrives().isAfter(now)) {
                arrive(flights.remove());
            } else {
                devices.forEach(device -> device.perform(device.client.tick(now)));
            }
            if (next.equals(end)
                    && flights.stream().noneMatch(flight -> !flight.arrives().isAfter(end))) {
                return;
            }
        }
    }

    private void arrive(Flight flight) {
        if (flight.to().address() == PRIMARY || flight.to().address() == SECONDARY) {
            TeredoServer.Door door =
                    flight.to().address() == PRIMARY ? TeredoServer.Door.PRIMARY : TeredoServer.Door.SECONDARY;
            TeredoServer.Outcome outcome = server.received(door, flight.from(), buffer(flight), now);
            if (outcome instanceof TeredoServer.Outcome.Send(TeredoServer.Door out, UdpAddress to, ByteString bytes)) {
                int source = out == TeredoServer.Door.PRIMARY ? answersFrom : SECONDARY;
                fly(UdpAddress.server(source), to, bytes);
            }
            return;
        }
        devices.stream()
                .filter(device -> device.nat.isAt(flight.to()))
                .filter(device -> device.nat.hairpin || !device.nat.isAt(flight.from()))
                .filter(device -> device.nat.letsIn(flight.from(), flight.to().port()))
                .forEach(device -> device.perform(device.client.received(flight.from(), buffer(flight), now)));
    }

    private static ByteBuffer buffer(Flight flight) {
        return ByteBuffer.wrap(flight.datagram().toArray());
    }
}
