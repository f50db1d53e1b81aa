package dev.byway.agent.link;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.wire.ProbeOutcome;
import java.util.Optional;

/** What came of dialling. */
public sealed interface DialResult {
    /** The link stands; {@link LinkHandler#onOpened} was called. */
    record Linked(Link link) implements DialResult {}

    /**
     * There is no link, and the handler was not called.
     *
     * @param detail for people and logs
     */
    record Failed(Kind kind, String detail) implements DialResult {
        /** The same in the words of the protocol. */
        public ProbeOutcome outcome() {
            return switch (kind) {
                case REFUSED -> ProbeOutcome.REFUSED;
                case TIMEOUT -> ProbeOutcome.TIMEOUT;
                case UNREACHABLE -> ProbeOutcome.UNREACHABLE;
                case TLS, NOT_BYWAY, OTHER_DEVICE, OTHER_FLEET, SELF, DECLINED -> ProbeOutcome.OTHER_DEVICE;
            };
        }

        /** What {@code why} should tell, where there is something to tell; {@code name} is where it was dialled. */
        public Optional<Reason> reason(String name) {
            return switch (kind) {
                case REFUSED, TIMEOUT, UNREACHABLE, TLS, NOT_BYWAY, OTHER_DEVICE ->
                    Optional.of(Reason.of(name, ReasonCode.PEER_UNREACHABLE, detail));
                case OTHER_FLEET -> Optional.of(Reason.of(name, ReasonCode.PEER_OTHER_FLEET, detail));
                case DECLINED -> Optional.of(Reason.of(name, ReasonCode.PEER_REFUSED, detail));
                case SELF -> Optional.empty();
            };
        }
    }

    /** Why there is no link. */
    enum Kind {
        /** Nobody listens there, or a firewall says no. */
        REFUSED,
        /** No answer in time. */
        TIMEOUT,
        /** No way to that address. */
        UNREACHABLE,
        /** The handshake failed in another way. */
        TLS,
        /** Something else listens there. */
        NOT_BYWAY,
        /** Not the device that was expected. */
        OTHER_DEVICE,
        /** One side's certificate is not what the other side takes: another fleet, no fleet, expired. */
        OTHER_FLEET,
        /** This very device. */
        SELF,
        /** Connected, then closed again before the hello: the peer is at its limits or going away, or a firewall cut in. */
        DECLINED
    }
}
