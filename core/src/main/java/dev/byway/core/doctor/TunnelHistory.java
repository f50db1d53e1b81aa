package dev.byway.core.doctor;

import dev.byway.core.doctor.TunnelFacts.Meeting;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatKind.Prospect;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the tunnel did of late, for the doctor: an outage of yesterday is none of today. Bounded. Not thread-safe; moments must not
 * go back.
 */
public final class TunnelHistory {
    /** How long ago is of late. */
    public static final Duration OF_LATE = Duration.ofMinutes(10);

    /** Devices, and counts, that are remembered at the most. */
    static final int MOST = 64;

    private final Deque<Count> counts = new ArrayDeque<>();
    private final Map<InetAddress, Try> tries = new LinkedHashMap<>();

    /**
     * Solicitations of the Teredo server.
     *
     * @param asked sent
     * @param answered of them
     */
    public record Solicitations(long asked, long answered) {
        private Solicitations since(Solicitations before) {
            return new Solicitations(asked - before.asked, answered - before.answered);
        }
    }

    private record Count(Moment at, Solicitations since) {}

    private record Try(DeviceId device, TeredoEndpoint there, Moment at, Optional<Boolean> met) {}

    /** So many have been sent and answered since the tunnel began. */
    public void counted(Solicitations sinceTheBeginning, Moment now) {
        counts.add(new Count(now, sinceTheBeginning));
        forget(now);
        while (counts.size() > MOST) {
            counts.removeFirst();
        }
    }

    /** Of so many since the tunnel began, those since the first count of late; since the last count where none is of late. */
    public Solicitations ofLate(Solicitations sinceTheBeginning, Moment now) {
        forget(now);
        return counts.isEmpty()
                ? sinceTheBeginning
                : sinceTheBeginning.since(counts.getFirst().since());
    }

    private void forget(Moment now) {
        while (counts.size() > 1 && !isOfLate(counts.getFirst().at(), now)) {
            counts.removeFirst();
        }
    }

    private static boolean isOfLate(Moment at, Moment now) {
        return !at.plus(OF_LATE).isBefore(now);
    }

    /** A device is met there, if it can be. */
    public void offered(DeviceId device, TeredoEndpoint there, Moment now) {
        Optional<Boolean> before =
                Optional.ofNullable(tries.remove(there.address())).flatMap(Try::met);
        tries.put(there.address(), new Try(device, there, now, before));
        if (tries.size() > MOST) {
            tries.remove(tries.keySet().iterator().next());
        }
    }

    /** What came of dialling there. */
    public void dialled(InetAddress there, ProbeOutcome outcome, Moment now) {
        isMet(outcome)
                .ifPresent(met -> tries.computeIfPresent(
                        there, (_, one) -> new Try(one.device(), one.there(), now, Optional.of(met))));
    }

    /** Whether packets came through, whatever was then made of them; empty when it was not tried. */
    private static Optional<Boolean> isMet(ProbeOutcome outcome) {
        return switch (outcome) {
            case NOT_TRIED -> Optional.empty();
            case HANDSHAKE, OTHER_DEVICE -> Optional.of(true);
            case REFUSED, TIMEOUT, UNREACHABLE -> Optional.of(false);
        };
    }

    /** The devices that were dialled of late, and those that need not be tried because of the NATs. */
    public List<Meeting> meetings(NatBehaviour here, Moment now) {
        return tries.values().stream()
                .filter(one -> isOfLate(one.at(), now))
                .filter(one -> one.met().isPresent()
                        || here.kind().prospect(one.there().nat()) == Prospect.NO_WAY)
                .map(one -> new Meeting(
                        one.device().shortForm(),
                        new NatBehaviour(
                                one.there().nat().mapping(), one.there().nat().filtering(), NatHairpin.UNKNOWN),
                        one.met().orElse(false)))
                .toList();
    }
}
