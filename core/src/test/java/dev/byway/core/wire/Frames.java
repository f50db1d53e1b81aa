package dev.byway.core.wire;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any frame that may be on the wire. */
final class Frames {
    private Frames() {}

    static Arbitrary<Frame> any() {
        return Arbitraries.oneOf(
                hello(),
                Arbitraries.of(RejectReason.class).map(Frame.Bye::new),
                open(),
                number().map(Frame.Close::new),
                reject().map(r -> new Frame.RejectOpen(r.number, r.reason, r.retryAfter)),
                Combinators.combine(number(), bytes(1, 300)).as((c, b) -> new Frame.Bitfield(c, ByteString.of(b))),
                Combinators.combine(number(), run(WireLimits.PIECES))
                        .as((c, run) -> new Frame.Have(c, run.first, run.count)),
                Combinators.combine(number(), piece(), waiting(), Arbitraries.of(true, false))
                        .as(Frame.Intent::new),
                Combinators.combine(number(), number(), range(WireLimits.REQUEST))
                        .as((c, r, range) -> new Frame.Request(c, r, range.offset, range.length)),
                data(400),
                reject().map(r -> new Frame.RejectRequest(r.number, r.reason, r.retryAfter)),
                number().map(Frame.Cancel::new),
                Combinators.combine(number(), number(), run(WireLimits.HASHES))
                        .as((c, r, run) -> new Frame.HashRequest(c, r, run.first, run.count)),
                hashes(),
                Combinators.combine(number(), piece()).as(Frame.Complaint::new),
                Arbitraries.integers().map(Frame.Probe::new),
                Combinators.combine(
                                Arbitraries.integers(),
                                Arbitraries.of(ProbeOutcome.class),
                                Arbitraries.of(Hearing.class))
                        .as(Frame.ProbeResult::new),
                Combinators.combine(digest(), Arbitraries.of(true, false)).as(Frame.Seek::new),
                digest().map(Frame.Lacks::new),
                Combinators.combine(
                                digest(),
                                Arbitraries.longs().between(0, ContentId.MAX_LENGTH),
                                Arbitraries.longs().between(0, ContentId.MAX_LENGTH))
                        .as(Frame.Fetching::new),
                Combinators.combine(digest(), open())
                        .as((sha256, open) -> new Frame.Whole(sha256, open.content(), open.pieceLength())),
                Arbitraries.create(Frame.KeepAlive::new));
    }

    static Arbitrary<Frame.Data> data(int most) {
        return Combinators.combine(
                        number(), Arbitraries.longs().between(0, ContentId.MAX_LENGTH - most), bytes(1, most))
                .as((r, o, b) -> new Frame.Data(r, o, ByteBuffer.wrap(b)));
    }

    private static Arbitrary<Frame.Hello> hello() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 65_535),
                        text(WireLimits.SOFTWARE),
                        text(WireLimits.GROUP))
                .as(Frame.Hello::new);
    }

    private static Arbitrary<Frame.Open> open() {
        return Combinators.combine(
                        number(),
                        digest(),
                        Arbitraries.integers().between(14, 30),
                        Arbitraries.longs().between(1, ContentId.MAX_LENGTH),
                        Arbitraries.of(true, false),
                        bytes(0, WireLimits.TICKET))
                .as((channel, root, log, length, wants, ticket) -> new Frame.Open(
                        channel,
                        new ContentId(root, Math.min(length, (long) WireLimits.PIECES << log)),
                        1 << log,
                        wants,
                        ByteString.of(ticket)))
                .filter(open -> open.pieceLength() >= PieceLayout.BLOCK);
    }

    private static Arbitrary<Frame.Hashes> hashes() {
        return Combinators.combine(
                        number(),
                        Arbitraries.integers().between(0, WireLimits.PIECES - 5),
                        digest().list().ofMinSize(1).ofMaxSize(5))
                .as(Frame.Hashes::new);
    }

    private record Rejected(int number, RejectReason reason, int retryAfter) {}

    private static Arbitrary<Rejected> reject() {
        return Combinators.combine(number(), Arbitraries.of(RejectReason.class), waiting())
                .as(Rejected::new);
    }

    private record Run(int first, int count) {}

    private static Arbitrary<Run> run(int most) {
        return piece().flatMap(first -> Arbitraries.integers()
                .between(1, Math.min(most, WireLimits.PIECES - first))
                .map(count -> new Run(first, count)));
    }

    private record Range(long offset, int length) {}

    private static Arbitrary<Range> range(int most) {
        return Arbitraries.integers()
                .between(1, most)
                .flatMap(length -> Arbitraries.longs()
                        .between(0, ContentId.MAX_LENGTH - length)
                        .map(offset -> new Range(offset, length)));
    }

    private static Arbitrary<Integer> number() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE);
    }

    private static Arbitrary<Integer> piece() {
        return Arbitraries.integers().between(0, WireLimits.PIECES - 1);
    }

    private static Arbitrary<Integer> waiting() {
        return Arbitraries.integers().between(0, WireLimits.WAIT_MILLIS);
    }

    private static Arbitrary<Digest> digest() {
        return bytes(Digest.BYTES, Digest.BYTES).map(Digest::of);
    }

    private static Arbitrary<byte[]> bytes(int least, int most) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(least).ofMaxSize(most);
    }

    private static Arbitrary<String> text(int limit) {
        return Arbitraries.strings()
                .withChars("aZ0 -./äß€語\u200D")
                .ofMaxLength(limit)
                .map(s -> s + "")
                .filter(s -> s.getBytes(StandardCharsets.UTF_8).length <= limit);
    }
}
