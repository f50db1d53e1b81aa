package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How a client gets an address and keeps it (RFC 4380 sections 5.2.1, 5.2.2 and 5.2.5). Two questions are asked, each in rounds of
 * its own: of the server's first address "where do you see me?", whose answer is the address, and again and again, which keeps the
 * mapping; then, once, of its second one, whose answer tells what kind of NAT is in between. RFC 6081 section 3.1: a symmetric
 * NAT is no reason to go without an address.
 */
final class Qualification {
    private static final int REFRESH_SPREAD = 4;

    private final ClientLimits limits;
    private final RandomGenerator random;
    private final Round first;
    private final Optional<Round> second;
    private Optional<TeredoAddress> address = Optional.empty();
    private boolean online;
    private int failures;

    Qualification(UdpAddress primary, Optional<UdpAddress> secondary, ClientLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
        this.first = new Round(primary, limits);
        this.second = secondary.map(other -> new Round(other, limits));
    }

    /** The last one that it had. */
    Optional<TeredoAddress> address() {
        return address;
    }

    /** Whether the server answers. */
    boolean isOnline() {
        return online;
    }

    boolean isServer(UdpAddress from) {
        return from.equals(first.server())
                || second.filter(round -> from.equals(round.server())).isPresent();
    }

    List<ClientEffect> start(Moment now) {
        first.begin(random.nextLong(), now);
        return tick(now);
    }

    Moment nextTick() {
        return second.map(round -> Moment.min(first.due(), round.due())).orElse(first.due());
    }

    List<ClientEffect> tick(Moment now) {
        List<ClientEffect> effects = new ArrayList<>();
        if (!first.due().isAfter(now)) {
            effects.addAll(askFirst(now));
        }
        second.filter(round -> !round.due().isAfter(now)).ifPresent(round -> effects.addAll(askSecond(round, now)));
        return effects;
    }

    private List<ClientEffect> askFirst(Moment now) {
        if (!first.isAsking()) {
            first.begin(random.nextLong(), now);
        }
        if (first.mayAsk()) {
            return List.of(first.ask(now));
        }
        Duration retry = limits.asking().firstRetry().multipliedBy(1L << Math.min(failures, 8));
        failures++;
        first.rest(now.plus(
                retry.compareTo(limits.asking().lastRetry()) < 0
                        ? retry
                        : limits.asking().lastRetry()));
        boolean news = online || failures == 1;
        online = false;
        return news ? List.of(new ClientEffect.Offline()) : List.of();
    }

    private static List<ClientEffect> askSecond(Round round, Moment now) {
        if (round.mayAsk()) {
            return List.of(round.ask(now));
        }
        round.end();
        return List.of(new ClientEffect.Mapped(NatMapping.UNKNOWN));
    }

    /** A packet with an advertisement, or what should be one, from the server. */
    List<ClientEffect> advertised(UdpAddress from, TeredoPacket packet, Moment now) {
        Round round = from.equals(first.server()) ? first : second.orElse(first);
        if (!round.isAsking()) {
            return dropped(Rule.NOT_EXPECTED);
        }
        Optional<RouterAdvertisement> read = RouterAdvertisement.in(packet);
        if (read.isEmpty()
                || !read.get().destination().equals(RouterSolicitation.WITHOUT_CONE)
                || read.get().server() != first.server().address()) {
            return dropped(Rule.ADVERTISEMENT);
        }
        if (read.get().nonce() != round.nonce()) {
            return dropped(Rule.NONCE);
        }
        round.end();
        return round == first
                ? located(read.get().mapped(), now)
                : compared(read.get().mapped());
    }

    private List<ClientEffect> located(UdpAddress mapped, Moment now) {
        failures = 0;
        Duration refresh = limits.asking().refresh();
        first.rest(now.plus(refresh).plusNanos(-random.nextLong(refresh.toNanos() / REFRESH_SPREAD)));
        boolean wasOnline = online;
        online = true;
        if (address.filter(known -> known.mapped().equals(mapped)).isPresent()) {
            return wasOnline ? List.of() : List.of(new ClientEffect.Qualified(address.get()));
        }
        TeredoAddress fresh = TeredoAddress.fresh(first.server().address(), mapped, random);
        address = Optional.of(fresh);
        List<ClientEffect> effects = new ArrayList<>(List.of(new ClientEffect.Qualified(fresh)));
        if (second.isEmpty()) {
            effects.add(new ClientEffect.Mapped(NatMapping.UNKNOWN));
        } else {
            second.get().begin(random.nextLong(), now);
            effects.addAll(askSecond(second.get(), now));
        }
        return effects;
    }

    private List<ClientEffect> compared(UdpAddress mapped) {
        boolean same = address.filter(known -> known.mapped().equals(mapped)).isPresent();
        return List.of(new ClientEffect.Mapped(same ? NatMapping.ENDPOINT_INDEPENDENT : NatMapping.ENDPOINT_DEPENDENT));
    }

    private static List<ClientEffect> dropped(Rule rule) {
        return List.of(new ClientEffect.Dropped(rule));
    }
}
