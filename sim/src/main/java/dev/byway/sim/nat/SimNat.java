package dev.byway.sim.nat;

import dev.byway.core.nat.NatKind;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A router with one device behind it, which forgets a mapping after two minutes in which the device sent nothing by it (RFC 4787). */
final class SimNat {
    private static final Duration FORGETS = Duration.ofMinutes(2);
    private static final UdpAddress ANYBODY = new UdpAddress(0, 0);

    private final NatKind kind;
    private final int address;
    private final Map<UdpAddress, Mapping> mappings = new HashMap<>();
    private int lastPort = 40_000;

    private static final class Mapping {
        final int port;
        final Map<UdpAddress, Moment> sent = new HashMap<>();

        Mapping(int port) {
            this.port = port;
        }

        boolean hasSent(UdpAddress to, Moment now) {
            Moment last = sent.get(to);
            return last != null && last.plus(FORGETS).isAfter(now);
        }

        boolean isAlive(Moment now) {
            return sent.keySet().stream().anyMatch(to -> hasSent(to, now));
        }
    }

    SimNat(NatKind kind, int address) {
        this.kind = kind;
        this.address = address;
    }

    NatKind kind() {
        return kind;
    }

    boolean isAt(UdpAddress to) {
        return to.address() == address;
    }

    /** A packet goes out; where it seems to come from. */
    UdpAddress out(UdpAddress to, Moment now) {
        mappings.values().removeIf(mapping -> !mapping.isAlive(now));
        Mapping mapping = mappings.computeIfAbsent(kind.isSymmetric() ? to : ANYBODY, _ -> new Mapping(lastPort += 7));
        mapping.sent.put(to, now);
        return new UdpAddress(address, mapping.port);
    }

    /** Whether a packet to this port gets in. */
    boolean letsIn(UdpAddress from, int port, Moment now) {
        return mappings.values().stream()
                .filter(mapping -> mapping.port == port && mapping.isAlive(now))
                .anyMatch(mapping -> switch (kind.filtering()) {
                    case ENDPOINT_INDEPENDENT -> true;
                    case ADDRESS_DEPENDENT ->
                        mapping.sent.keySet().stream()
                                .anyMatch(to -> to.address() == from.address() && mapping.hasSent(to, now));
                    case ADDRESS_AND_PORT_DEPENDENT, UNKNOWN -> mapping.hasSent(from, now);
                });
    }

    /** It knows nothing any more, and takes other ports from now on. */
    void restart() {
        mappings.clear();
        lastPort += 1000;
    }
}
