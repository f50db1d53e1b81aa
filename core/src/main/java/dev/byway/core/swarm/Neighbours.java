package dev.byway.core.swarm;

import dev.byway.core.account.Reason;
import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.RejectReason;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whom to dial, and which of two links to the same device stays.
 *
 * <p>Candidates come from discovery and from the coordinator; each is dialled at its own addresses only, one after the
 * other, and again after a pause that doubles with each failure. Of two devices that see each other the one with the
 * smaller id dials first; the other gives it a head start, so that usually only one link is made, and dials all the same
 * after that, because one of the two being reachable is enough. A device that does not answer at once is asked, where there is
 * a coordinator to pass that on, to dial this one meanwhile. One owner, pure.
 */
public final class Neighbours {
    /** Links with devices that nobody vouches for, at one address. */
    public static final int MAX_LINKS_PER_ADDRESS = 8;

    private static final int MAX_CANDIDATES = 1024;
    private static final int MAX_RESTS = 1024;
    private static final int MAX_DIALS = 8;
    private static final Duration HEAD_START = Duration.ofMillis(300);
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration ASK_AFTER = Duration.ofMillis(250);
    private static final Duration TUNNEL_AFTER = Duration.ofMillis(500);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 7;

    private final DeviceId self;
    private final int mostDialled;
    private final Map<String, DialCandidate> candidates = new LinkedHashMap<>();
    private final Map<DeviceId, Standing> links = new LinkedHashMap<>();
    private final Map<String, Rest> rests = new LinkedHashMap<>();
    private int dialling;
    private boolean wanted;

    private record Standing(long link, String liable, boolean dialledHere, Moment since) {}

    private record Rest(Moment until, boolean shut) {}

    /** A link that has to be closed, and what its peer is told. */
    public record Surplus(long link, RejectReason reason) {}

    /**
     * Dial these addresses, in order, until one answers.
     *
     * @param key names the candidate; to be given back to {@link #dialled}
     * @param name an address of it, for people
     * @param device who has to answer, if known
     * @param path how it is to be reached
     */
    public record Dial(
            String key, String name, List<InetSocketAddress> addresses, Optional<DeviceId> device, Path path) {}

    /**
     * @param links nobody is dialled while there are as many, setting {@code peer.links}; as many more are taken from those who dial
     *     this device, else who is switched on last would find no place
     */
    public Neighbours(DeviceId self, int links) {
        if (links < 1) {
            throw new IllegalArgumentException("no links");
        }
        this.self = self;
        this.mostDialled = links;
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
        DialCandidate candidate =
                candidates.computeIfAbsent(key, k -> new DialCandidate(k, Path.DIRECT, now, firstDial(hint, now)));
        candidate.isAt(addresses);
        candidate.device = device;
        candidate.hint = hint;
        candidate.gone = false;
    }

    /**
     * A coordinator says that a device may be met behind its NAT. It is, where it is not to be reached directly: when that has failed,
     * or takes long.
     *
     * @param noWay why the two NATs let no packet through, so that it is not even tried; empty where it may succeed
     */
    public void foundBehindNat(
            String key, DeviceId device, InetSocketAddress address, Optional<Reason> noWay, Moment now) {
        String hint = device.toString();
        if (self.equals(device) || (!candidates.containsKey(key) && candidates.size() >= MAX_CANDIDATES)) {
            return;
        }
        DialCandidate candidate =
                candidates.computeIfAbsent(key, k -> new DialCandidate(k, Path.TUNNEL, now, firstDial(hint, now)));
        candidate.isAt(List.of(address));
        candidate.device = Optional.of(device);
        candidate.hint = hint;
        candidate.gone = false;
        candidate.isBarred(noWay, now);
    }

    /** This device has another address in the tunnel, so that what failed there before says nothing. */
    public void moved() {
        candidates.values().stream()
                .filter(candidate -> candidate.path == Path.TUNNEL && !candidate.barred)
                .forEach(DialCandidate::beginAnew);
    }

    private Moment firstDial(String hint, Moment now) {
        return self.toString().compareTo(hint) < 0 ? now : now.plus(HEAD_START);
    }

    /** Whether discovery, and not only a coordinator, tells of a device that claims this id. */
    public boolean hears(DeviceId device) {
        return candidates.values().stream()
                .filter(c -> c.device.isEmpty() && !c.gone && !c.hint.isEmpty())
                .anyMatch(c -> device.toString().startsWith(c.hint));
    }

    /** The device behind this key waits to be dialled: no head start, no pause, and no rest but after a fault. */
    public void hurry(String key, Moment now) {
        DialCandidate candidate = candidates.get(key);
        if (candidate != null) {
            candidate.notBefore = now;
            candidate.hurried = true;
            candidate.device.ifPresent(
                    device -> rests.computeIfPresent(device.toString(), (_, rest) -> rest.shut() ? rest : null));
        }
    }

    /** Nobody need be looked for under this key any more; a link stays. */
    public void gone(String key) {
        DialCandidate candidate = candidates.get(key);
        if (candidate != null && candidate.dialling) {
            candidate.gone = true;
        } else {
            candidates.remove(key);
        }
    }

    /** Whom to dial now. */
    public List<Dial> due(Moment now) {
        List<Dial> dials = new ArrayList<>();
        if (!wanted) {
            return dials;
        }
        List<DialCandidate> hurriedFirst = candidates.values().stream()
                .sorted(Comparator.comparing(candidate -> !candidate.hurried))
                .toList();
        for (DialCandidate candidate : hurriedFirst) {
            boolean room = links.size() + dialling < mostDialled && dialling < MAX_DIALS;
            if (room && isDue(candidate, now)) {
                candidate.begin(now);
                dialling++;
                dials.add(new Dial(
                        candidate.key, candidate.name(), candidate.addresses, candidate.device, candidate.path));
            }
        }
        return dials;
    }

    private boolean isDue(DialCandidate candidate, Moment now) {
        return mayBeDialled(candidate)
                && !dialAt(candidate).isAfter(now)
                && !isLinked(candidate)
                && !isHeldBack(candidate);
    }

    private static boolean mayBeDialled(DialCandidate candidate) {
        return !candidate.dialling && !candidate.barred && !candidate.addresses.isEmpty();
    }

    /**
     * Whether its device, as far as both hints tell, is being dialled because somebody else told of it too: two links at once
     * would only close each other. What is in a hurry does not wait for a dial that may hang at a dead address.
     */
    private boolean isHeldBack(DialCandidate candidate) {
        return !candidate.hurried && isDialledUnderAnotherKey(candidate);
    }

    private boolean isDialledUnderAnotherKey(DialCandidate candidate) {
        return candidates.values().stream()
                .filter(other -> other.dialling && other.path == candidate.path && !other.key.equals(candidate.key))
                .anyMatch(candidate::mayBe);
    }

    /** After its pause, and after the rest that the end of a link with it, or with its address, brought. */
    private Moment dialAt(DialCandidate candidate) {
        Moment at = candidate.path == Path.TUNNEL ? afterDirect(candidate) : candidate.notBefore;
        for (Map.Entry<String, Rest> rest : rests.entrySet()) {
            boolean same = (!candidate.hint.isEmpty() && rest.getKey().startsWith(candidate.hint))
                    || candidate.addresses.stream().anyMatch(a -> rest.getKey().equals(addressText(a.getAddress())));
            at = same && rest.getValue().until().isAfter(at) ? rest.getValue().until() : at;
        }
        return at;
    }

    /** After its pause, and after the other path has had its time. */
    private Moment afterDirect(DialCandidate candidate) {
        Optional<DialCandidate> direct = candidates.values().stream()
                .filter(other -> other.path == Path.DIRECT && !other.addresses.isEmpty() && candidate.mayBe(other))
                .findFirst();
        Moment turn = direct.filter(other -> other.failure.isEmpty())
                .map(other -> other.dialling
                        ? other.dialledAt.plus(TUNNEL_AFTER)
                        : other.since.plus(HEAD_START).plus(TUNNEL_AFTER))
                .orElse(candidate.notBefore);
        return turn.isAfter(candidate.notBefore) ? turn : candidate.notBefore;
    }

    /**
     * What limits and bans count against: the device where the fleet's authority vouches for it, else its address, because keys
     * are free.
     */
    public static String liable(PeerIdentity peer, InetAddress address) {
        return switch (peer.membership()) {
            case Membership.Fleet ignored -> peer.device().toString();
            case Membership.Anonymous() ->
                addressText(Addresses.mappedByTeredo(address)
                        .map(InetSocketAddress::getAddress)
                        .orElse(address));
        };
    }

    private static String addressText(InetAddress address) {
        return address.getHostAddress();
    }

    private boolean isLinked(DialCandidate candidate) {
        return links.keySet().stream().anyMatch(device -> device.toString().startsWith(candidate.hint));
    }

    /**
     * A dial has ended.
     *
     * @param failure why there is no link; empty when there is one
     */
    public void dialled(String key, Optional<Reason> failure, Moment now) {
        DialCandidate candidate = candidates.get(key);
        if (candidate == null) {
            return;
        }
        candidate.dialling = false;
        candidate.hurried = false;
        dialling--;
        if (candidate.gone) {
            candidates.remove(key);
            return;
        }
        candidate.failures = failure.isEmpty() ? 0 : Math.min(candidate.failures + 1, MOST_DOUBLINGS);
        candidate.failure = failure;
        candidate.shortestPause = now.plus(FIRST_RETRY);
        candidate.notBefore = now.plus(FIRST_RETRY.multipliedBy(1L << Math.max(0, candidate.failures - 1)));
    }

    /**
     * A link stands.
     *
     * @param liable see {@link #liable}
     * @return the link to be closed: this one or an older one to the same device; empty when all stay
     */
    public Optional<Surplus> opened(long link, DeviceId device, String liable, boolean dialledHere, Moment now) {
        if (isShut(device.toString(), now) || isShut(liable, now)) {
            return Optional.of(new Surplus(link, RejectReason.BANNED));
        }
        Standing older = links.get(device);
        Standing newer = new Standing(link, liable, dialledHere, now);
        if (older == null) {
            long same = links.values().stream()
                    .filter(standing -> standing.liable().equals(liable))
                    .count();
            if (links.size() >= 2 * mostDialled || same >= MAX_LINKS_PER_ADDRESS) {
                return Optional.of(new Surplus(link, RejectReason.LIMIT));
            }
            links.put(device, newer);
            return Optional.empty();
        }
        return switch (DuplicateLinks.survivor(self, device, older.dialledHere(), dialledHere)) {
            case OLDER -> Optional.of(new Surplus(link, RejectReason.DUPLICATE));
            case NEWER -> {
                links.put(device, newer);
                yield Optional.of(new Surplus(older.link(), RejectReason.DUPLICATE));
            }
        };
    }

    private boolean isShut(String who, Moment now) {
        Rest rest = rests.get(who);
        return rest != null && rest.shut() && rest.until().isAfter(now);
    }

    /** A link is gone. */
    public void closed(long link, DeviceId device, String liable, Parting parting, Moment now) {
        Standing standing = links.get(device);
        if (standing != null && standing.link() == link) {
            links.remove(device);
        }
        if (parting != Parting.ORDINARY) {
            Rest rest = new Rest(now.plus(parting.rest()), parting == Parting.FAULT);
            rest(device.toString(), rest, now);
            rest(liable, rest, now);
        }
    }

    private void rest(String who, Rest rest, Moment now) {
        rests.values().removeIf(old -> !old.until().isAfter(now));
        if (rests.size() >= MAX_RESTS) {
            rests.remove(rests.keySet().iterator().next());
        }
        rests.merge(who, rest, (old, fresh) -> old.until().isAfter(fresh.until()) && old.shut() ? old : fresh);
    }

    /** Those that were dialled and are not linked, no more of them than there may be links to. */
    public List<Unreached> unreached() {
        return candidates.values().stream()
                .filter(c -> (c.dialling || c.failure.isPresent()) && !c.addresses.isEmpty() && !isLinked(c))
                .limit(mostDialled)
                .map(c -> new Unreached(c.name(), c.triedSince.orElseThrow(), c.tries, c.failure))
                .toList();
    }

    /**
     * Somebody who may be there.
     *
     * @param key who told
     * @param hint the id that it claims, or the beginning of it
     * @param vouched whether a coordinator named it; else discovery found it
     * @param addresses those that people know best first
     */
    public record Known(String key, String hint, boolean vouched, List<InetSocketAddress> addresses) {}

    /** Those that were told of, linked or not. */
    public List<Known> known(int most) {
        return candidates.values().stream()
                .limit(most)
                .map(c -> new Known(
                        c.key,
                        c.hint,
                        c.device.isPresent(),
                        c.addresses.stream()
                                .sorted(Comparator.comparing(
                                        address -> !(address.getAddress() instanceof Inet4Address)))
                                .toList()))
                .toList();
    }

    /** An address and a port, as people write them; one of Teredo by where the Internet sees the device. */
    public static String name(InetAddress address, int port) {
        return Addresses.mappedByTeredo(address)
                .map(mapped -> plain(mapped.getAddress(), mapped.getPort()) + " by Teredo")
                .orElseGet(() -> plain(address, port));
    }

    private static String plain(InetAddress address, int port) {
        String text = Addresses.format(address);
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
    }

    /** Devices to be asked now, through the coordinator, to dial this one: dialling them has not brought a link so far. */
    public List<DeviceId> asks(Moment now) {
        List<DeviceId> asks = new ArrayList<>();
        for (DialCandidate candidate : candidates.values()) {
            if (isToBeAsked(candidate) && !askAt(candidate).isAfter(now)) {
                candidate.asked = true;
                asks.add(candidate.device.orElseThrow());
            }
        }
        return asks;
    }

    private boolean isToBeAsked(DialCandidate candidate) {
        boolean tried = candidate.dialling || candidate.failure.isPresent();
        return tried
                && candidate.path == Path.DIRECT
                && !candidate.asked
                && candidate.device.isPresent()
                && !isLinked(candidate);
    }

    private static Moment askAt(DialCandidate candidate) {
        return candidate.dialling ? candidate.dialledAt.plus(ASK_AFTER) : candidate.dialledAt;
    }

    /**
     * Those who may soon say what they hold: being dialled, to be dialled after their head start, or linked a moment ago. Who
     * holds nothing says nothing, so the last count for a while only; who is given a rest does not count at all.
     */
    public int expected(Moment now) {
        boolean room = wanted && links.size() + dialling < mostDialled;
        long untried = candidates.values().stream()
                .filter(c -> c.triedSince.isEmpty() && mayBeDialled(c) && !isLinked(c))
                .filter(c -> !dialAt(c).isAfter(now.plus(HEAD_START)))
                .count();
        long fresh = links.values().stream()
                .filter(link -> link.since().plus(FRESH).isAfter(now))
                .count();
        return dialling + (int) fresh + (room ? (int) untried : 0);
    }

    /** When somebody is to be dialled or asked, or not expected any more, although nothing happens; empty when nobody is. */
    public Optional<Moment> nextDial(Moment now) {
        if (!wanted) {
            return Optional.empty();
        }
        Stream<Moment> dials = candidates.values().stream()
                .filter(c -> mayBeDialled(c) && !isLinked(c) && !isHeldBack(c))
                .map(this::dialAt);
        Stream<Moment> asks =
                candidates.values().stream().filter(this::isToBeAsked).map(Neighbours::askAt);
        Stream<Moment> fresh =
                links.values().stream().map(link -> link.since().plus(FRESH)).filter(until -> until.isAfter(now));
        return Stream.of(dials, asks, fresh).flatMap(moments -> moments).min(Moment::compareTo);
    }
}
