package dev.byway.core.wire;

import dev.byway.core.unit.Moment;
import java.util.Optional;

/**
 * What may be said when: watches both directions of one link and names the first frame that breaks a rule of {@code
 * docs/protocol.md}.
 *
 * <p>Tell it every frame: those received before acting on them, those sent when they are handed to the writer. Since both
 * ends note a request as in flight for at least as long as the other end does, frames that cross on the way break no rule.
 *
 * <p>After a violation the object is of no use: the link closes with {@link Frame.Bye}. One per link, with one owner. A
 * frame costs a look-up or two, and memory only where it opens, asks or breaks something.
 */
public final class LinkRules {
    private static final Optional<Allowance> PROBE = Optional.of(Allowance.PROBE);
    private static final Optional<Allowance> COMPLAINT = Optional.of(Allowance.COMPLAINT);
    private static final Optional<Allowance> SEEK = Optional.of(Allowance.SEEK);
    private static final Optional<Allowance> INTENT = Optional.of(Allowance.INTENT);
    private static final Optional<Allowance> REQUEST = Optional.of(Allowance.REQUEST);
    private static final Optional<Allowance> CONTROL = Optional.of(Allowance.CONTROL);

    private final LinkSide self = new LinkSide(new Allowances(1));
    private final LinkSide peer = new LinkSide(new Allowances(1));
    private final Allowances pace = new Allowances(2);

    /** The peer sent {@code frame}; which rule that breaks. A {@link Frame.Data} may be given in parts, in order. */
    public Optional<Violation> received(Frame frame, Moment now) {
        return peer.says(frame, self, now);
    }

    /** The peer sent a frame of unknown type; which rule that breaks. */
    public Optional<Violation> receivedUnknown(Moment now) {
        return peer.saysUnknown(now);
    }

    /** This side sends {@code frame}; which rule that would break, at the price of the link. */
    public Optional<Violation> sent(Frame frame, Moment now) {
        allowance(frame).ifPresent(allowance -> pace.use(allowance, now));
        return self.says(frame, peer, now);
    }

    /**
     * Whether this side may send one more frame of a kind now without coming near the peer's limit. If not, leave it unsent or
     * wait.
     */
    public boolean maySend(Allowance allowance, Moment now) {
        return pace.has(allowance, now);
    }

    /** Requests of this side that the peer has not ended yet, at most {@link WireLimits#REQUESTS}. */
    public int requestsInFlight() {
        return self.requestsInFlight();
    }

    /** Contents that this side has open, at most {@link WireLimits#CHANNELS}. */
    public int channelsOpen() {
        return self.channelsOpen();
    }

    /** The allowance that {@code frame} uses up; empty for answers and for frames that come once. */
    public static Optional<Allowance> allowance(Frame frame) {
        return switch (frame) {
            case Frame.Probe f -> PROBE;
            case Frame.Complaint f -> COMPLAINT;
            case Frame.Intent f -> INTENT;
            case Frame.Request f -> REQUEST;
            case Frame.HashRequest f -> REQUEST;
            case Frame.Open f -> CONTROL;
            case Frame.Close f -> CONTROL;
            case Frame.RejectOpen f -> CONTROL;
            case Frame.Have f -> CONTROL;
            case Frame.Cancel f -> CONTROL;
            case Frame.ProbeResult f -> CONTROL;
            case Frame.KeepAlive f -> CONTROL;
            case Frame.Seek f -> SEEK;
            case Frame.Lacks f -> CONTROL;
            case Frame.Fetching f -> CONTROL;
            case Frame.Whole f -> CONTROL;
            case Frame.Hello f -> Optional.empty();
            case Frame.Bitfield f -> Optional.empty();
            case Frame.Data f -> Optional.empty();
            case Frame.Hashes f -> Optional.empty();
            case Frame.RejectRequest f -> Optional.empty();
            case Frame.Bye f -> Optional.empty();
        };
    }
}
