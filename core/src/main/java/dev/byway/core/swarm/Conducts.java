package dev.byway.core.swarm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of those who took part in one download, so that who leaves and comes back is who it was before. Where
 * nobody vouches for devices an address answers for all its keys, since keys are free.
 *
 * <p>Addresses may be free, too. So when {@link #MOST_GUILTY} were caught, newcomers are not taken any more: whatever a crowd
 * of liars has to offer, it costs that many strikes.
 */
final class Conducts {
    static final int MOST_GUILTY = 16;
    static final int MOST = 512;

    private final Map<String, Conduct> byLiable = new HashMap<>();

    /** Somebody joins; empty when it may not. An origin always may. */
    Optional<Conduct> join(SourceInfo info, int strikes) {
        if (!info.isPeer()) {
            return Optional.of(new Conduct());
        }
        Conduct known = byLiable.get(info.liable());
        if (known == null) {
            if (byLiable.size() >= MOST
                    || byLiable.values().stream().filter(Conduct::isGuilty).count() >= MOST_GUILTY) {
                return Optional.empty();
            }
            known = new Conduct();
            byLiable.put(info.liable(), known);
        }
        if (known.banned || known.badPieces >= strikes) {
            return Optional.empty();
        }
        known.joined();
        return Optional.of(known);
    }

    /** It is gone; only faults are remembered. */
    void leave(SourceInfo info) {
        Conduct conduct = info.isPeer() ? byLiable.get(info.liable()) : null;
        if (conduct != null) {
            conduct.left();
            if (conduct.isClean() && !conduct.isPresent()) {
                byLiable.remove(info.liable());
            }
        }
    }
}
