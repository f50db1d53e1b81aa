package dev.byway.core.wire;

import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Violation.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What one side of a link has said so far, as far as that decides what it may say next. */
final class LinkSide {
    private final Map<Integer, Channel> channels = new HashMap<>();
    private final Map<Integer, Asked> asked = new HashMap<>();
    private final Allowances allowances;
    private boolean greeted;
    private boolean gone;

    LinkSide(Allowances allowances) {
        this.allowances = allowances;
    }

    int requestsInFlight() {
        return asked.size();
    }

    int channelsOpen() {
        return channels.size();
    }

    boolean has(Allowance allowance, Moment now) {
        return allowances.has(allowance, now);
    }

    /** Notes a frame of unknown type. */
    Optional<Violation> saysUnknown(Moment now) {
        return allowances.use(Allowance.CONTROL, now)
                ? Optional.empty()
                : broken(Rule.ALLOWANCE, "a frame of unknown type");
    }

    /** Notes that this side says {@code frame} to {@code listener}. */
    Optional<Violation> says(Frame frame, LinkSide listener, Moment now) {
        if (gone) {
            return broken(Rule.NOTHING_AFTER_BYE, frame);
        }
        if (!greeted && !(frame instanceof Frame.Hello)) {
            return broken(Rule.HELLO_FIRST, frame);
        }
        Optional<Allowance> allowance = LinkRules.allowance(frame);
        if (allowance.isPresent() && !allowances.use(allowance.get(), now)) {
            return broken(Rule.ALLOWANCE, frame);
        }
        return switch (frame) {
            case Frame.Hello f -> hello(f);
            case Frame.Bye f -> bye();
            case Frame.Open f -> open(f);
            case Frame.Close f -> hold(channels.remove(f.channel()) != null, Rule.CHANNEL_OPEN, f);
            case Frame.Bitfield f -> bitfield(f);
            case Frame.Have f -> pieces(f.channel(), f.firstPiece(), f.count(), f);
            case Frame.Intent f -> pieces(f.channel(), f.piece(), 1, f);
            case Frame.Complaint f -> pieces(f.channel(), f.piece(), 1, f);
            case Frame.Request f -> request(f);
            case Frame.HashRequest f -> hashRequest(f);
            case Frame.Data f -> listener.answered(f);
            case Frame.Hashes f -> listener.answered(f);
            case Frame.RejectRequest f -> hold(listener.asked.remove(f.request()) != null, Rule.ANSWER_ASKED, f);
            // These name what the listener opened, asked or is, and may cross with its end.
            case Frame.RejectOpen f -> Optional.empty();
            case Frame.Cancel f -> Optional.empty();
            case Frame.Probe f -> Optional.empty();
            case Frame.ProbeResult f -> Optional.empty();
            case Frame.KeepAlive f -> Optional.empty();
            // These name a digest, which needs no channel.
            case Frame.Seek f -> Optional.empty();
            case Frame.Lacks f -> Optional.empty();
            case Frame.Fetching f -> Optional.empty();
            case Frame.Whole f -> Optional.empty();
        };
    }

    private Optional<Violation> hello(Frame.Hello f) {
        boolean first = !greeted;
        greeted = true;
        return hold(first, Rule.HELLO_ONCE, f);
    }

    private Optional<Violation> bye() {
        gone = true;
        return Optional.empty();
    }

    private Optional<Violation> open(Frame.Open f) {
        if (channels.size() >= WireLimits.CHANNELS) {
            return broken(Rule.CHANNEL_LIMIT, f);
        }
        if (channels.values().stream().anyMatch(c -> c.content().equals(f.content()))) {
            return broken(Rule.CONTENT_ONCE, f);
        }
        return hold(channels.putIfAbsent(f.channel(), new Channel(f)) == null, Rule.CHANNEL_FREE, f);
    }

    private Optional<Violation> bitfield(Frame.Bitfield f) {
        Channel channel = channels.get(f.channel());
        if (channel == null) {
            return broken(Rule.CHANNEL_OPEN, f);
        }
        if (!channel.useFirst()) {
            return broken(Rule.BITFIELD_FIRST, f);
        }
        return hold(channel.fits(f.bits()), Rule.WITHIN_CONTENT, f);
    }

    private Optional<Violation> pieces(int number, int first, int count, Frame f) {
        Channel channel = channels.get(number);
        if (channel == null) {
            return broken(Rule.CHANNEL_OPEN, f);
        }
        channel.useFirst();
        return hold(channel.hasPieces(first, count), Rule.WITHIN_CONTENT, f);
    }

    private Optional<Violation> request(Frame.Request f) {
        Channel channel = channels.get(f.channel());
        if (channel == null) {
            return broken(Rule.CHANNEL_OPEN, f);
        }
        channel.useFirst();
        return channel.hasRange(f.offset(), f.length())
                ? ask(f.request(), new Asked.Bytes(f), f)
                : broken(Rule.WITHIN_CONTENT, f);
    }

    private Optional<Violation> hashRequest(Frame.HashRequest f) {
        return pieces(f.channel(), f.firstPiece(), f.count(), f)
                .or(() -> ask(f.request(), new Asked.Digests(f.firstPiece(), f.count()), f));
    }

    private Optional<Violation> ask(int number, Asked what, Frame f) {
        if (asked.size() >= WireLimits.REQUESTS) {
            return broken(Rule.REQUEST_LIMIT, f);
        }
        return hold(asked.putIfAbsent(number, what) == null, Rule.REQUEST_FREE, f);
    }

    private Optional<Violation> answered(Frame.Data f) {
        if (!(asked.get(f.request()) instanceof Asked.Bytes bytes)) {
            return broken(Rule.ANSWER_ASKED, f);
        }
        if (!bytes.take(f.offset(), f.bytes().remaining())) {
            return broken(Rule.ANSWER_FITS, f);
        }
        if (bytes.isAnswered()) {
            asked.remove(f.request());
        }
        return Optional.empty();
    }

    private Optional<Violation> answered(Frame.Hashes f) {
        if (!(asked.get(f.request()) instanceof Asked.Digests digests)) {
            return broken(Rule.ANSWER_ASKED, f);
        }
        asked.remove(f.request());
        return hold(digests.equals(new Asked.Digests(f.firstPiece(), f.digests().size())), Rule.ANSWER_FITS, f);
    }

    private static Optional<Violation> hold(boolean kept, Rule rule, Frame frame) {
        return kept ? Optional.empty() : broken(rule, frame);
    }

    private static Optional<Violation> broken(Rule rule, Frame frame) {
        return broken(rule, frame.toString());
    }

    private static Optional<Violation> broken(Rule rule, String what) {
        return Optional.of(new Violation(rule, what + " breaks " + rule));
    }
}
