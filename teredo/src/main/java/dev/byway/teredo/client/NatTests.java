package dev.byway.teredo.client;

import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatHairpin;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds out what the NAT does (RFC 5780), with a few packets and within a few seconds.
 *
 * <p>The filter is judged by two packets that nobody asked for where they come from. One is the server's answer from its other address
 * ({@link Qualification}): it passes a filter that is endpoint-independent. The other is sent at the owner's wish from another port of
 * the server's first address: it passes one that is address-dependent, too. When neither comes, while the server answers, ports count.
 * Whoever lets in the first, but not the second, has still been open for the server's other address, from an earlier time, and is
 * judged by the second.
 */
final class NatTests {
    private final ClientLimits.Examining limits;
    private final RandomGenerator random;
    private final UdpAddress primary;
    private Optional<Run> run = Optional.empty();
    private int expected;
    private Moment expectedUntil = new Moment(Long.MIN_VALUE);
    private boolean came;

    /** One examination. */
    private static final class Run {
        private final Moment began;
        private final long answeredBefore;
        private final Trailer.Nonce nonce;
        private int hairpins;
        private Moment nextHairpin;
        private boolean hairpinned;

        private Run(Moment began, long answeredBefore, Trailer.Nonce nonce) {
            this.began = began;
            this.answeredBefore = answeredBefore;
            this.nonce = nonce;
            this.nextHairpin = began;
        }
    }

    NatTests(UdpAddress primary, ClientLimits.Examining limits, RandomGenerator random) {
        this.primary = primary;
        this.limits = limits;
        this.random = random;
    }

    boolean isRunning() {
        return run.isPresent();
    }

    /** @param answered solicitations that have been answered so far */
    void start(long answered, Moment now) {
        run = Optional.of(new Run(now, answered, new Trailer.Nonce(random.nextInt() | 1)));
    }

    void expect(int nonce, Moment now) {
        came = came && nonce == expected;
        expected = nonce;
        expectedUntil = now.plus(limits.patience());
    }

    /** Whether a packet is one that was waited for. */
    boolean tookIn(UdpAddress from, TeredoPacket packet, TeredoAddress self) {
        if (!packet.isBubble() || packet.nonce().isEmpty()) {
            return false;
        }
        Trailer.Nonce nonce = packet.nonce().get();
        if (nonce.value() == expected && from.address() == primary.address() && from.port() != primary.port()) {
            came = true;
            return true;
        }
        if (run.isPresent() && packet.source().equals(self.ip6()) && nonce.equals(run.get().nonce)) {
            run.get().hairpinned = true;
            return true;
        }
        return false;
    }

    Moment nextTick() {
        return run.map(one -> {
                    Moment enough = enough(one);
                    return mayHairpin(one) ? Moment.min(one.nextHairpin, enough) : enough;
                })
                .orElse(Peer.NEVER);
    }

    private boolean mayHairpin(Run one) {
        return one.hairpins < limits.hairpins() && !one.hairpinned;
    }

    List<ClientEffect> tick(TeredoAddress self, Moment now) {
        if (run.isEmpty() || !mayHairpin(run.get()) || run.get().nextHairpin.isAfter(now)) {
            return List.of();
        }
        Run one = run.get();
        one.hairpins++;
        one.nextHairpin = now.plus(limits.hairpinGap());
        TeredoPacket bubble = TeredoPacket.bubble(self.ip6(), self.ip6(), List.of(one.nonce));
        return List.of(new ClientEffect.Send(self.mapped(), bubble.encode()));
    }

    /** When it is over even if nothing more comes. */
    private Moment enough(Run one) {
        Moment least = one.began.plus(limits.patience());
        Moment last = one.began.plus(limits.longest());
        return Moment.min(last, least.isAfter(expectedUntil) ? least : expectedUntil);
    }

    /** What was found, once: when all that was waited for has come, or the time is over. */
    Optional<NatBehaviour> finish(Qualification seen, long answered, Moment now) {
        if (run.isEmpty()) {
            return Optional.empty();
        }
        Run one = run.get();
        boolean all = one.hairpinned && came && !seen.isAsking();
        if (!all && now.isBefore(enough(one))) {
            return Optional.empty();
        }
        run = Optional.empty();
        NatBehaviour behaviour = new NatBehaviour(
                seen.mapping(),
                filtering(seen.isOpenToAll(), answered > one.answeredBefore),
                one.hairpinned ? NatHairpin.YES : NatHairpin.NO);
        expected = 0;
        came = false;
        return Optional.of(behaviour);
    }

    private NatFiltering filtering(boolean openToAll, boolean answering) {
        if (expected == 0) {
            return openToAll ? NatFiltering.ENDPOINT_INDEPENDENT : NatFiltering.UNKNOWN;
        }
        if (came) {
            return openToAll ? NatFiltering.ENDPOINT_INDEPENDENT : NatFiltering.ADDRESS_DEPENDENT;
        }
        return answering ? NatFiltering.ADDRESS_AND_PORT_DEPENDENT : NatFiltering.UNKNOWN;
    }
}
