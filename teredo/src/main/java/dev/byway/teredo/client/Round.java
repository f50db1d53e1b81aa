package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.UdpAddress;
import java.time.Duration;
import java.util.Optional;

/** One question to one address of a server: asked until it is answered, or as often as may be. One nonce is for the whole round. */
final class Round {
    private static final Moment NEVER = new Moment(Long.MAX_VALUE);

    private final UdpAddress asked;
    private final UdpAddress answersFrom;
    private final Duration timeout;
    private final int most;
    private RouterSolicitation question = RouterSolicitation.of(0);
    private boolean asking;
    private int times;
    private Moment since = NEVER;
    private Moment due = NEVER;

    private Round(UdpAddress asked, UdpAddress answersFrom, Duration timeout, int most) {
        this.asked = asked;
        this.answersFrom = answersFrom;
        this.timeout = timeout;
        this.most = most;
    }

    /** A question that is answered where it was asked. */
    static Round of(UdpAddress server, ClientLimits.Asking limits) {
        return new Round(server, server, limits.firstTimeout(), limits.solicitations());
    }

    /** A question, with the cone bit, that another address than the asked one answers. */
    static Round crosswise(UdpAddress server, UdpAddress other, ClientLimits.Asking limits) {
        return new Round(server, other, limits.firstTimeout(), limits.crosswise());
    }

    boolean isCrosswise() {
        return !asked.equals(answersFrom);
    }

    UdpAddress answersFrom() {
        return answersFrom;
    }

    boolean isAsking() {
        return asking;
    }

    RouterSolicitation question() {
        return question;
    }

    /** When {@link #ask} is to be called, or the round ended. */
    Moment due() {
        return due;
    }

    void begin(long nonce, Moment now) {
        question = isCrosswise() ? RouterSolicitation.of(nonce).withConeBit() : RouterSolicitation.of(nonce);
        asking = true;
        times = 0;
        due = now;
    }

    boolean mayAsk() {
        return times < most;
    }

    ClientEffect ask(Moment now) {
        due = now.plus(timeout.multipliedBy(1L << times));
        since = now;
        times++;
        return new ClientEffect.Send(asked, question.packet().encode());
    }

    /** How long an answer that comes now has taken; empty when nobody knows which of several questions it answers. */
    Optional<Duration> taken(Moment now) {
        return times == 1 ? Optional.of(now.since(since)) : Optional.empty();
    }

    /** It is over. */
    void end() {
        asking = false;
        due = NEVER;
    }

    /** It is over; the next one begins then. */
    void rest(Moment until) {
        asking = false;
        due = until;
    }
}
