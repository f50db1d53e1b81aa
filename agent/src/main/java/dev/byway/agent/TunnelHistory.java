package dev.byway.agent;

import dev.byway.core.doctor.TunnelFacts.Meeting;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.nat.NatKind.Prospect;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientCounts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the tunnel did of late, for the doctor: an outage of yesterday is none of today. Bounded. Guarded by its {@link NatTraversal}.
 */
final class TunnelHistory {
    private static final Duration OF_LATE = Duration.ofMinutes(10);
    private static final int MOST = 64;

    private final Deque<Snapshot> snapshots = new ArrayDeque<>();
    private final Map<InetAddress, Try> tries = new LinkedHashMap<>();

    private record Snapshot(Moment at, long asked, long answered) {}

    private record Try(DeviceId device, TeredoEndpoint there, Moment at, Optional<Boolean> met) {}

    /** So many solicitations have been sent and answered since the tunnel began. */
    void counted(ClientCounts counts, Moment now) {
        snapshots.add(new Snapshot(now, counts.asked(), counts.answered()));
        while (snapshots.size() > MOST
                || snapshots.getFirst().at().plus(OF_LATE).isBefore(now)) {
            snapshots.removeFirst();
        }
    }

    /** Of these counts, those of late. */
    long askedOfLate(ClientCounts now) {
        return now.asked() - (snapshots.isEmpty() ? 0 : snapshots.getFirst().asked());
    }

    /** As above. */
    long answeredOfLate(ClientCounts now) {
        return now.answered() - (snapshots.isEmpty() ? 0 : snapshots.getFirst().answered());
    }

    /** A device is met there, if it can be. */
    void offered(DeviceId device, TeredoEndpoint there, Moment now) {
        Optional<Boolean> before =
                Optional.ofNullable(tries.remove(there.address())).flatMap(Try::met);
        tries.put(there.address(), new Try(device, there, now, before));
        if (tries.size() > MOST) {
            tries.remove(tries.keySet().iterator().next());
        }
    }

    /** What came of dialling there. */
    void dialled(InetAddress there, boolean met, Moment now) {
        tries.computeIfPresent(there, (_, one) -> new Try(one.device(), one.there(), now, Optional.of(met)));
    }

    /** Those that were dialled of late, and those that need not be tried because of the NATs. */
    List<Meeting> meetings(NatBehaviour here, Moment now) {
        return tries.values().stream()
                .filter(one -> one.at().plus(OF_LATE).isAfter(now))
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
