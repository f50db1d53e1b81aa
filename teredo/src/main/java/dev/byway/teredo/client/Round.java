package dev.byway.teredo.client;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.UdpAddress;

/** One question to one address of a server: asked until it is answered, or as often as may be. One nonce is for the whole round. */
final class Round {
    private static final Moment NEVER = new Moment(Long.MAX_VALUE);

    private final UdpAddress server;
    private final ClientLimits limits;
    private boolean asking;
    private long nonce;
    private int asked;
    private Moment due = NEVER;

    Round(UdpAddress server, ClientLimits limits) {
        this.server = server;
        this.limits = limits;
    }

    UdpAddress server() {
        return server;
    }

    boolean isAsking() {
        return asking;
    }

    long nonce() {
        return nonce;
    }

    /** When {@link #ask} is to be called, or the round ended. */
    Moment due() {
        return due;
    }

    void begin(long newNonce, Moment now) {
        asking = true;
        nonce = newNonce;
        asked = 0;
        due = now;
    }

    boolean mayAsk() {
        return asked < limits.asking().solicitations();
    }

    ClientEffect ask(Moment now) {
        due = now.plus(limits.asking().firstTimeout().multipliedBy(1L << asked));
        asked++;
        return new ClientEffect.Send(
                server, RouterSolicitation.of(nonce).packet().encode());
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
