package dev.byway.core.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whom a device is told about: those it may link with, nearest first, and why the others are left out.
 *
 * @param peers at most as many as asked for
 * @param shortages each reason once
 */
public record PeerChoice(List<PeerOffer> peers, List<Shortage> shortages) {
    public PeerChoice {
        peers = List.copyOf(peers);
        shortages = List.copyOf(shortages);
    }

    /**
     * Chooses for {@code self} among {@code candidates}, which come in random order, so that a crowd does not fall upon the
     * same few.
     */
    public static PeerChoice of(Candidate self, List<Candidate> candidates, int max) {
        List<PeerOffer> allowed = new ArrayList<>();
        Map<Shortage.Reason, Integer> refused = new EnumMap<>(Shortage.Reason.class);
        for (Candidate candidate : candidates) {
            switch (Pairing.of(self.presence(), candidate.presence())) {
                case Pairing.Allowed(Relation relation) -> allowed.add(candidate.offer(relation, self.presence()));
                case Pairing.Refused(Shortage.Reason reason) -> refused.merge(reason, 1, Integer::sum);
            }
        }
        allowed.sort(Comparator.comparing(PeerOffer::relation));
        if (allowed.size() > max) {
            refused.put(Shortage.Reason.ENOUGH, allowed.size() - max);
        }
        return new PeerChoice(
                allowed.subList(0, Math.min(max, allowed.size())),
                refused.entrySet().stream()
                        .map(entry -> new Shortage(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
