package dev.byway.teredo.client;

import dev.byway.core.nat.NatMapping;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.Authentication;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.Rule;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * How a client gets an address and keeps it (RFC 4380 sections 5.2.1, 5.2.2 and 5.2.5). Three questions are asked, each in rounds of
 * its own. Of the server's first address: "where do you see me?", whose answer is the address, and again and again, which keeps the
 * mapping. Then, once for each mapping: the same with the cone bit, which its other address answers, and only a NAT that lets in
 * anybody's packets lets that in. And of the other address, whose answer tells whether the NAT maps the same for all. The last must not
 * come earlier: it opens the NAT for the very packet by which the filter is judged (RFC 5780 section 4.4 wants a mapping that has not been
 * used with that address). RFC 6081 section 3.1: a symmetric NAT is no reason to go without an address.
 */
final class Qualification {
    private static final int REFRESH_SPREAD = 4;

    private final ClientLimits.Asking limits;
    private final RandomGenerator random;
    private final UdpAddress primary;
    private final Tally tally;
    private final Round first;
    private final Optional<Round> crosswise;
    private final Optional<Round> second;
    private Optional<TeredoAddress> address = Optional.empty();
    private NatMapping mapping = NatMapping.UNKNOWN;
    private boolean openToAll;
    private boolean online;
    private int failures;

    Qualification(
            UdpAddress primary,
            Optional<UdpAddress> secondary,
            ClientLimits.Asking limits,
            RandomGenerator random,
            Tally tally) {
        this.limits = limits;
        this.random = random;
        this.primary = primary;
        this.tally = tally;
        this.first = Round.of(primary, limits);
        this.crosswise = secondary.map(other -> Round.crosswise(primary, other, limits));
        this.second = secondary.map(other -> Round.of(other, limits));
    }

    /** The last one that it had. */
    Optional<TeredoAddress> address() {
        return address;
    }

    /** Whether the server answers. */
    boolean isOnline() {
        return online;
    }

    NatMapping mapping() {
        return mapping;
    }

    /** Whether the NAT has let in a packet from an address that nothing had been sent to. */
    boolean isOpenToAll() {
        return openToAll;
    }

    /** Whether an answer is waited for. */
    boolean isAsking() {
        return rounds().anyMatch(Round::isAsking);
    }

    boolean isServer(UdpAddress from) {
        return from.equals(primary)
                || second.filter(round -> from.equals(round.answersFrom())).isPresent();
    }

    private Stream<Round> rounds() {
        return Stream.concat(Stream.of(first), Stream.concat(crosswise.stream(), second.stream()));
    }

    List<ClientEffect> start(Moment now) {
        first.begin(random.nextLong(), now);
        return tick(now);
    }

    /** Asks anew what may have changed: where it is, and whether it is there for both. */
    void askAnew(Moment now) {
        if (!first.isAsking()) {
            first.begin(random.nextLong(), now);
        }
        if (!isAsking(crosswise) && !isAsking(second)) {
            second.ifPresent(round -> round.begin(random.nextLong(), now));
        }
    }

    private static boolean isAsking(Optional<Round> round) {
        return round.filter(Round::isAsking).isPresent();
    }

    Moment nextTick() {
        return rounds().map(Round::due).reduce(first.due(), Moment::min);
    }

    List<ClientEffect> tick(Moment now) {
        List<ClientEffect> effects = new ArrayList<>();
        if (!first.due().isAfter(now)) {
            effects.addAll(askFirst(now));
        }
        crosswise
                .filter(round -> !round.due().isAfter(now))
                .ifPresent(round -> effects.addAll(askCrosswise(round, now)));
        second.filter(round -> !round.due().isAfter(now)).ifPresent(round -> effects.addAll(askSecond(round, now)));
        return effects;
    }

    private List<ClientEffect> askFirst(Moment now) {
        if (!first.isAsking()) {
            first.begin(random.nextLong(), now);
        }
        if (first.mayAsk()) {
            tally.asked();
            return List.of(first.ask(now));
        }
        Duration retry = limits.firstRetry().multipliedBy(1L << Math.min(failures, 8));
        failures++;
        first.rest(now.plus(retry.compareTo(limits.lastRetry()) < 0 ? retry : limits.lastRetry()));
        boolean news = online || failures == 1;
        online = false;
        return news ? List.of(new ClientEffect.Offline()) : List.of();
    }

    private List<ClientEffect> askCrosswise(Round round, Moment now) {
        return round.mayAsk() ? List.of(round.ask(now)) : afterCrosswise(round, now);
    }

    private List<ClientEffect> afterCrosswise(Round round, Moment now) {
        round.end();
        second.ifPresent(next -> next.begin(random.nextLong(), now));
        return tick(now);
    }

    private List<ClientEffect> askSecond(Round round, Moment now) {
        if (round.mayAsk()) {
            return List.of(round.ask(now));
        }
        round.end();
        return mapping == NatMapping.UNKNOWN ? List.of(new ClientEffect.Mapped(mapping)) : List.of();
    }

    /** Whether a packet repeats the nonce of a question that is being asked, whoever sent it. */
    boolean isAnswer(TeredoPacket packet) {
        return packet.authentication().flatMap(this::questioner).isPresent();
    }

    private Optional<Round> questioner(Authentication answer) {
        return rounds().filter(round -> round.isAsking() && round.question().nonce() == answer.nonce())
                .findFirst();
    }

    /** A packet with an advertisement, or what should be one. */
    List<ClientEffect> advertised(UdpAddress from, TeredoPacket packet, Moment now) {
        if (!isAsking()) {
            return dropped(Rule.NOT_EXPECTED);
        }
        Optional<RouterAdvertisement> read = RouterAdvertisement.in(packet);
        if (read.isEmpty() || read.get().server() != primary.address()) {
            return dropped(Rule.ADVERTISEMENT);
        }
        Optional<Round> round = packet.authentication().flatMap(this::questioner);
        if (round.isEmpty()) {
            return dropped(Rule.NONCE);
        }
        if (!read.get().destination().equals(round.get().question().source())) {
            return dropped(Rule.ADVERTISEMENT);
        }
        if (!from.equals(round.get().answersFrom())) {
            tally.elsewhere(from);
            return dropped(Rule.ELSEWHERE);
        }
        return answered(round.get(), read.get().mapped(), now);
    }

    private List<ClientEffect> answered(Round round, UdpAddress mapped, Moment now) {
        if (round == first) {
            tally.answered(round.taken(now));
            return located(mapped, now);
        }
        if (round.isCrosswise()) {
            openToAll = true;
            return afterCrosswise(round, now);
        }
        round.end();
        return compared(mapped);
    }

    private List<ClientEffect> located(UdpAddress mapped, Moment now) {
        failures = 0;
        Duration refresh = limits.refresh();
        first.rest(now.plus(refresh).plusNanos(-random.nextLong(refresh.toNanos() / REFRESH_SPREAD)));
        boolean wasOnline = online;
        online = true;
        if (address.filter(known -> known.mapped().equals(mapped)).isPresent()) {
            return wasOnline
                    ? List.of()
                    : List.of(new ClientEffect.Qualified(address.get()), new ClientEffect.Mapped(mapping));
        }
        TeredoAddress fresh = TeredoAddress.fresh(primary.address(), mapped, random);
        address = Optional.of(fresh);
        mapping = NatMapping.UNKNOWN;
        openToAll = false;
        List<ClientEffect> effects = new ArrayList<>(List.of(new ClientEffect.Qualified(fresh)));
        if (crosswise.isEmpty()) {
            effects.add(new ClientEffect.Mapped(mapping));
        } else {
            second.ifPresent(Round::end);
            crosswise.get().begin(random.nextLong(), now);
            effects.addAll(askCrosswise(crosswise.get(), now));
        }
        return effects;
    }

    private List<ClientEffect> compared(UdpAddress mapped) {
        boolean same = address.filter(known -> known.mapped().equals(mapped)).isPresent();
        NatMapping seen = same ? NatMapping.ENDPOINT_INDEPENDENT : NatMapping.ENDPOINT_DEPENDENT;
        boolean news = mapping != seen;
        mapping = seen;
        return news ? List.of(new ClientEffect.Mapped(seen)) : List.of();
    }

    private static List<ClientEffect> dropped(Rule rule) {
        return List.of(new ClientEffect.Dropped(rule));
    }
}
