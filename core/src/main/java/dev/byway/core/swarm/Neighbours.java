package dev.byway.core.swarm;

import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to dial, and which of two links to the same device stays.
 *
 * <p>Candidates come from discovery and from the coordinator; each is dialled at its own addresses only, one after the
 * other, and again after a pause that doubles with each failure. Of two devices that see each other the one with the
 * smaller id dials first; the other gives it a head start, so that usually only one link is made, and dials all the same
 * after that, because one of the two being reachable is enough. One owner, pure.
 */
public final class Neighbours {
    /** Links that one device keeps at the most. */
    public static final int MAX_LINKS = 32;

    private static final int MAX_CANDIDATES = 1024;
    private static final int MAX_DIALS = 8;
    private static final Duration HEAD_START = Duration.ofMillis(700);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 7;

    private final DeviceId self;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private final Map<DeviceId, Standing> links = new LinkedHashMap<>();
    private int dialling;
    private boolean wanted;

    private static final class Candidate {
        final String key;
        List<InetSocketAddress> addresses;
        Optional<DeviceId> device;
        String hint;
        int failures;
        boolean dialling;
        Moment notBefore;

        Candidate(String key, Moment notBefore) {
            this.key = key;
            this.addresses = List.of();
            this.device = Optional.empty();
            this.hint = "";
            this.notBefore = notBefore;
        }
    }

    private record Standing(long link, boolean dialledHere) {}

    /**
     * Dial these addresses, in order, until one answers.
     *
     * @param key names the candidate; to be given back to {@link #dialled}
     * @param device who has to answer, if known
     */
    public record Dial(String key, List<InetSocketAddress> addresses, Optional<DeviceId> device) {}

    public Neighbours(DeviceId self) {
        this.self = self;
    }

    /** Whether links are of any use now: something is held or wanted that may be shared. */
    public void want(boolean links) {
        wanted = links;
    }

    /**
     * A device may be reached at these addresses.
     *
     * @param key names who told: the instance of a discovery, or the device of a coordinator's offer
     * @param hint the device's id or the beginning of it, in hexadecimal digits; unproved
     * @param device the id that must answer, where the source is to be believed
     */
    public void found(
            String key, String hint, Optional<DeviceId> device, List<InetSocketAddress> addresses, Moment now) {
        if (self.toString().startsWith(hint) || (!candidates.containsKey(key) && candidates.size() >= MAX_CANDIDATES)) {
            return;
        }
        boolean first = self.toString().compareTo(hint) < 0;
        Candidate candidate =
                candidates.computeIfAbsent(key, k -> new Candidate(k, first ? now : now.plus(HEAD_START)));
        if (!candidate.addresses.equals(addresses)) {
            candidate.failures = 0;
            candidate.addresses = List.copyOf(addresses);
        }
        candidate.device = device;
        candidate.hint = hint;
    }

    /** The device behind this key waits to be dialled: no head start, no pause. */
    public void hurry(String key, Moment now) {
        Candidate candidate = candidates.get(key);
        if (candidate != null) {
            candidate.notBefore = now;
        }
    }

    /** Nobody need be looked for under this key any more; a link stays. */
    public void gone(String key) {
        Candidate candidate = candidates.get(key);
        if (candidate != null && !candidate.dialling) {
            candidates.remove(key);
        }
    }

    /** Whom to dial now. */
    public List<Dial> due(Moment now) {
        List<Dial> dials = new ArrayList<>();
        if (!wanted) {
            return dials;
        }
        for (Candidate candidate : candidates.values()) {
            boolean room = links.size() + dialling < MAX_LINKS && dialling < MAX_DIALS;
            if (room && isDue(candidate, now)) {
                candidate.dialling = true;
                dialling++;
                dials.add(new Dial(candidate.key, candidate.addresses, candidate.device));
            }
        }
        return dials;
    }

    private boolean isDue(Candidate candidate, Moment now) {
        return !candidate.dialling
                && !candidate.addresses.isEmpty()
                && !candidate.notBefore.isAfter(now)
                && !isLinked(candidate);
    }

    private boolean isLinked(Candidate candidate) {
        return links.keySet().stream().anyMatch(device -> device.toString().startsWith(candidate.hint));
    }

    /** A dial has ended; {@code linked} says how. */
    public void dialled(String key, boolean linked, Moment now) {
        Candidate candidate = candidates.get(key);
        if (candidate == null) {
            return;
        }
        candidate.dialling = false;
        dialling--;
        candidate.failures = linked ? 0 : Math.min(candidate.failures + 1, MOST_DOUBLINGS);
        candidate.notBefore = now.plus(FIRST_RETRY.multipliedBy(1L << Math.max(0, candidate.failures - 1)));
    }

    /**
     * A link stands.
     *
     * @return the link to be closed: this one or an older one to the same device; empty when all stay
     */
    public Optional<Long> opened(long link, DeviceId device, boolean dialledHere) {
        Standing older = links.get(device);
        Standing newer = new Standing(link, dialledHere);
        if (older == null) {
            if (links.size() >= 2 * MAX_LINKS) {
                return Optional.of(link);
            }
            links.put(device, newer);
            return Optional.empty();
        }
        return switch (DuplicateLinks.survivor(self, device, older.dialledHere(), dialledHere)) {
            case OLDER -> Optional.of(link);
            case NEWER -> {
                links.put(device, newer);
                yield Optional.of(older.link());
            }
        };
    }

    /** A link is gone. */
    public void closed(long link, DeviceId device) {
        Standing standing = links.get(device);
        if (standing != null && standing.link() == link) {
            links.remove(device);
        }
    }

    /** Dials under way. */
    public int dialling() {
        return dialling;
    }

    /** When somebody is to be dialled although nothing happens; empty when nobody is. */
    public Optional<Moment> nextDial() {
        if (!wanted) {
            return Optional.empty();
        }
        return candidates.values().stream()
                .filter(c -> !c.dialling && !c.addresses.isEmpty() && !isLinked(c))
                .map(c -> c.notBefore)
                .min(Moment::compareTo);
    }
}
