package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Somebody who may be dialled, on one path. Owned by {@link Neighbours}. */
final class DialCandidate {
    final String key;
    final Path path;
    final Moment since;
    List<InetSocketAddress> addresses = List.of();
    Optional<DeviceId> device = Optional.empty();
    String hint = "";
    int failures;
    int tries;
    boolean dialling;
    boolean gone;
    boolean hurried;
    boolean asked;
    boolean barred;
    Moment dialledAt = Moment.ZERO;
    Moment notBefore;
    Moment shortestPause;
    Optional<Moment> triedSince = Optional.empty();
    Optional<Reason> failure = Optional.empty();

    DialCandidate(String key, Path path, Moment since, Moment notBefore) {
        this.key = key;
        this.path = path;
        this.since = since;
        this.notBefore = notBefore;
        this.shortestPause = notBefore;
    }

    /** Why it is not even dialled, if so. */
    void isBarred(Optional<Reason> noWay, Moment now) {
        if (noWay.isPresent()) {
            failure = noWay;
            triedSince = triedSince.or(() -> Optional.of(now));
        } else if (barred) {
            failure = Optional.empty();
            triedSince = Optional.empty();
        }
        barred = noWay.isPresent();
    }

    /** It is to be reached here; elsewhere than before means that what failed before says nothing. */
    void isAt(List<InetSocketAddress> here) {
        if (!addresses.equals(here)) {
            addresses = List.copyOf(here);
            beginAnew();
        }
    }

    /** What failed before says nothing any more: only the shortest pause is kept, so that nobody can have it dialled without end. */
    void beginAnew() {
        failures = 0;
        tries = 0;
        triedSince = Optional.empty();
        failure = Optional.empty();
        notBefore = Moment.min(notBefore, shortestPause);
    }

    /** Whether both may be the same device, as far as is known. */
    boolean mayBe(DialCandidate other) {
        return !hint.isEmpty() && !other.hint.isEmpty() && (other.hint.startsWith(hint) || hint.startsWith(other.hint));
    }

    void begin(Moment now) {
        dialling = true;
        tries++;
        asked = false;
        dialledAt = now;
        triedSince = triedSince.or(() -> Optional.of(now));
    }

    /** The address that people know best: an IPv4 address if there is one. */
    String name() {
        InetSocketAddress best = addresses.stream()
                .filter(address -> address.getAddress() instanceof Inet4Address)
                .findFirst()
                .orElse(addresses.getFirst());
        return Neighbours.name(best.getAddress(), best.getPort());
    }
}
