package dev.byway.teredo.client;

import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what happens. */
final class Tally {
    private final Map<Rule, Long> dropped = new EnumMap<>(Rule.class);
    private long asked;
    private long answered;
    private Optional<Duration> roundTrip = Optional.empty();
    private Optional<UdpAddress> elsewhere = Optional.empty();
    private long opened;
    private long missed;
    private long lost;

    void asked() {
        asked++;
    }

    void answered(Optional<Duration> taken) {
        answered++;
        roundTrip = taken.or(() -> roundTrip);
    }

    long answered() {
        return answered;
    }

    void elsewhere(UdpAddress from) {
        elsewhere = Optional.of(from);
    }

    void count(List<ClientEffect> effects) {
        for (ClientEffect effect : effects) {
            switch (effect) {
                case ClientEffect.Open _ -> opened++;
                case ClientEffect.Unreachable _ -> missed++;
                case ClientEffect.Lost _ -> lost++;
                case ClientEffect.Dropped(Rule rule) -> dropped.merge(rule, 1L, Long::sum);
                case ClientEffect.Send _,
                        ClientEffect.Qualified _,
                        ClientEffect.Mapped _,
                        ClientEffect.Examined _,
                        ClientEffect.Offline _,
                        ClientEffect.Arrived _ -> {
                    // Its owner sees it.
                }
            }
        }
    }

    ClientCounts counts(ClientCounts.Burst burst) {
        return new ClientCounts(asked, answered, burst, roundTrip, elsewhere, opened, missed, lost, dropped);
    }
}
