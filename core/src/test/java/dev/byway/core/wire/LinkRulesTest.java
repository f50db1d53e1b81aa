package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Violation.Rule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkRulesTest {
    private static final Frame HELLO = new Frame.Hello(0, 0, "", "");
    private static final int MIB = 1 << 20;

    private final LinkRules rules = new LinkRules();
    private Moment now = Moment.ZERO;

    @Test
    void helloComesFirst() {
        assertBreaks(Rule.HELLO_FIRST, new Frame.KeepAlive());
        assertBreaks(Rule.HELLO_FIRST, open(1, "a"));
    }

    @Test
    void helloComesOnce() {
        accept(HELLO);
        assertBreaks(Rule.HELLO_ONCE, HELLO);
    }

    @Test
    void nothingComesAfterBye() {
        accept(HELLO, new Frame.Bye(RejectReason.SHUTTING_DOWN));
        assertBreaks(Rule.NOTHING_AFTER_BYE, new Frame.KeepAlive());
    }

    @Test
    void aChannelIsOpenedBeforeItIsUsed() {
        accept(HELLO);
        for (Frame frame : List.of(
                new Frame.Close(1),
                new Frame.Bitfield(1, ByteString.of((byte) 0)),
                new Frame.Have(1, 0, 1),
                new Frame.Intent(1, 0, 10, false),
                new Frame.Request(1, 0, 0, 1),
                new Frame.HashRequest(1, 0, 0, 1),
                new Frame.Complaint(1, 0))) {
            assertBreaks(Rule.CHANNEL_OPEN, frame);
        }
    }

    @Test
    void aChannelOfTheOtherSideIsNotOnesOwn() {
        say(HELLO, open(1, "a"));
        accept(HELLO);
        assertBreaks(Rule.CHANNEL_OPEN, new Frame.Have(1, 0, 1));
    }

    @Test
    void aChannelNumberIsFreeAgainAfterClose() {
        accept(HELLO, open(1, "a"));
        assertBreaks(Rule.CHANNEL_FREE, open(1, "b"));
        accept(new Frame.Close(1), open(1, "b"));
        assertBreaks(Rule.CHANNEL_OPEN, new Frame.Close(2));
    }

    @Test
    void aContentIsOpenOnce() {
        accept(HELLO, open(1, "a"));
        assertBreaks(Rule.CONTENT_ONCE, open(2, "a"));
        accept(new Frame.Close(1), open(2, "a"));
    }

    @Test
    void channelsAreLimited() {
        accept(HELLO);
        for (int i = 0; i < WireLimits.CHANNELS; i++) {
            accept(open(i, "content " + i));
        }
        assertBreaks(Rule.CHANNEL_LIMIT, open(WireLimits.CHANNELS, "one more"));
    }

    @Test
    void aBitfieldComesOnceAndFirst() {
        Frame bitfield = new Frame.Bitfield(1, ByteString.of((byte) 0xF0));
        accept(HELLO, open(1, "a"), open(2, "b"), new Frame.Have(2, 0, 1), bitfield);
        assertBreaks(Rule.BITFIELD_FIRST, bitfield);
        assertBreaks(Rule.BITFIELD_FIRST, new Frame.Bitfield(2, ByteString.of((byte) 0xF0)));
    }

    @Test
    void aBitfieldHasTheLengthOfItsContent() {
        accept(HELLO);
        byte[][] wrong = {{0x08}, {0, 0}, {(byte) 0xFF}};
        for (int i = 0; i < wrong.length; i++) {
            accept(open(i, "content " + i));
            assertBreaks(Rule.WITHIN_CONTENT, new Frame.Bitfield(i, ByteString.of(wrong[i])));
        }
    }

    @Test
    void aBitfieldOfEightPiecesIsOneByte() {
        accept(HELLO, new Frame.Open(1, id("a", 8L * MIB), MIB, false, ByteString.EMPTY));
        accept(new Frame.Bitfield(1, ByteString.of((byte) 0xFF)));
    }

    @Test
    void piecesLieWithinTheContent() {
        accept(
                HELLO,
                open(1, "a"),
                new Frame.Have(1, 3, 1),
                new Frame.Intent(1, 3, 1, false),
                new Frame.Complaint(1, 3));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Have(1, 4, 1));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Have(1, 0, 5));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Intent(1, 4, 1, false));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Complaint(1, 4));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.HashRequest(1, 1, 2, 3));
    }

    @Test
    void aRequestLiesWithinOnePiece() {
        accept(HELLO, open(1, "a"), new Frame.Request(1, 0, MIB, MIB), new Frame.Request(1, 1, 3L * MIB, 5));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Request(1, 2, MIB - 1, 2));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Request(1, 2, 3L * MIB, 6));
        assertBreaks(Rule.WITHIN_CONTENT, new Frame.Request(1, 2, ContentId.MAX_LENGTH - 1, 1));
    }

    @Test
    void requestsInFlightAreLimitedAndNumberedApart() {
        accept(HELLO, open(1, "a"));
        say(HELLO);
        for (int i = 0; i < WireLimits.REQUESTS - 1; i++) {
            accept(new Frame.Request(1, i, i, 1));
        }
        assertBreaks(Rule.REQUEST_FREE, new Frame.Request(1, 0, 0, 1));
        accept(new Frame.HashRequest(1, 1000, 0, 1));
        assertBreaks(Rule.REQUEST_LIMIT, new Frame.Request(1, 1001, 0, 1));
        say(new Frame.RejectRequest(1000, RejectReason.CANCELLED, 0));
        accept(new Frame.Request(1, 1001, 0, 1));
    }

    @Test
    void dataComesForOwnRequestsOnly() {
        say(HELLO, open(1, "a"), new Frame.HashRequest(1, 6, 0, 1));
        accept(HELLO, open(1, "a"), new Frame.Request(1, 9, 0, 4));
        assertBreaks(Rule.ANSWER_ASKED, data(9, 0, 4));
        assertBreaks(Rule.ANSWER_ASKED, data(6, 0, 4));
        assertBreaks(Rule.ANSWER_ASKED, new Frame.Hashes(9, 0, List.of(Digest.ZERO)));
        assertBreaks(Rule.ANSWER_ASKED, new Frame.RejectRequest(9, RejectReason.BUSY, 0));
    }

    @Test
    void dataComesInOrderWithoutGapsAndEndsTheRequest() {
        say(HELLO, open(1, "a"), new Frame.Request(1, 7, MIB, 100), new Frame.Request(1, 8, 0, 10));
        accept(HELLO, data(7, MIB, 40), data(8, 0, 10), data(7, MIB + 40, 30));
        assertThat(rules.requestsInFlight()).isEqualTo(1);
        assertBreaks(Rule.ANSWER_FITS, data(7, MIB + 71, 29));
        assertBreaks(Rule.ANSWER_FITS, data(7, MIB + 40, 30));
        assertBreaks(Rule.ANSWER_FITS, data(7, MIB + 70, 31));
        accept(data(7, MIB + 70, 30));
        assertThat(rules.requestsInFlight()).isZero();
        assertBreaks(Rule.ANSWER_ASKED, data(7, MIB + 100, 1));
    }

    @Test
    void aRejectMayComeAfterSomeOfTheData() {
        say(HELLO, open(1, "a"), new Frame.Request(1, 7, 0, 100));
        accept(HELLO, data(7, 0, 40), new Frame.RejectRequest(7, RejectReason.SHUTTING_DOWN, 0));
        assertThat(rules.requestsInFlight()).isZero();
        assertBreaks(Rule.ANSWER_ASKED, new Frame.RejectRequest(7, RejectReason.SHUTTING_DOWN, 0));
    }

    @Test
    void aCancelledRequestIsInFlightUntilItsEnd() {
        say(HELLO, open(1, "a"), new Frame.Request(1, 7, 0, 100), new Frame.Cancel(7), new Frame.Close(1));
        accept(HELLO, data(7, 0, 40));
        assertThat(rules.requestsInFlight()).isEqualTo(1);
        accept(new Frame.RejectRequest(7, RejectReason.CANCELLED, 0));
    }

    @Test
    void hashesAnswerAllThatWasAsked() {
        say(HELLO, open(1, "a"), new Frame.HashRequest(1, 7, 1, 2), new Frame.HashRequest(1, 8, 1, 2));
        accept(HELLO, new Frame.Hashes(7, 1, List.of(Digest.ZERO, Digest.ZERO)));
        assertBreaks(Rule.ANSWER_FITS, new Frame.Hashes(8, 1, List.of(Digest.ZERO)));
    }

    @Test
    void framesThatMayCrossWithAnEndBreakNothing() {
        say(HELLO);
        accept(
                HELLO,
                new Frame.RejectOpen(5, RejectReason.NOT_HELD, 0),
                new Frame.Cancel(5),
                new Frame.ProbeResult(5, ProbeOutcome.REFUSED, Hearing.HEARD),
                new Frame.KeepAlive());
    }

    @Test
    void aFloodOfProbesBreaksTheLinkAndAFewAMinuteDoNot() {
        accept(HELLO);
        for (int i = 0; i < Allowance.PROBE.perMinute(); i++) {
            accept(new Frame.Probe(i));
        }
        assertBreaks(Rule.ALLOWANCE, new Frame.Probe(99));
        now = now.plus(Duration.ofSeconds(60 / Allowance.PROBE.perMinute()));
        accept(new Frame.Probe(99));
        assertBreaks(Rule.ALLOWANCE, new Frame.Probe(99));
    }

    @Test
    void everyCheapFrameIsLimited() {
        accept(HELLO, open(1, "a"));
        assertEnds(Allowance.COMPLAINT, new Frame.Complaint(1, 0));
        assertEnds(Allowance.INTENT, new Frame.Intent(1, 0, 0, false));
        assertEnds(Allowance.CONTROL, new Frame.KeepAlive());
        assertThat(rules.receivedUnknown(now)).map(Violation::rule).contains(Rule.ALLOWANCE);
    }

    private void assertEnds(Allowance allowance, Frame frame) {
        int taken = 0;
        while (rules.received(frame, now).isEmpty()) {
            taken++;
        }
        assertThat(taken).isBetween(allowance.perMinute() - 1, allowance.perMinute());
    }

    @Test
    void whoKeepsToThePaceIsNeverAFloodEvenAfterAMinuteOfStandstill() {
        LinkRules sender = new LinkRules();
        assertThat(sender.sent(HELLO, now)).isEmpty();
        accept(HELLO);
        int held = 0;
        for (int second = 0; second < 60; second++) {
            Moment then = now.plus(Duration.ofSeconds(second));
            while (sender.maySend(Allowance.PROBE, then)) {
                assertThat(sender.sent(new Frame.Probe(held), then)).isEmpty();
                held++;
            }
        }

        now = now.plus(Duration.ofSeconds(60));
        for (int i = 0; i < held; i++) {
            accept(new Frame.Probe(i));
        }
        assertThat(held).isGreaterThanOrEqualTo(Allowance.PROBE.perMinute() - 1);
    }

    @Test
    void oneThatBreaksARuleItselfIsTold() {
        assertThat(rules.sent(new Frame.KeepAlive(), now)).map(Violation::rule).contains(Rule.HELLO_FIRST);
    }

    @Test
    void aViolationSaysWhichFrameBrokeWhich() {
        accept(HELLO);

        assertThat(rules.received(new Frame.Have(3, 0, 1), now))
                .map(Violation::detail)
                .contains("Have[channel=3, firstPiece=0, count=1] breaks CHANNEL_OPEN");
    }

    private void say(Frame... frames) {
        for (Frame frame : frames) {
            assertThat(rules.sent(frame, now)).as("%s", frame).isEmpty();
        }
    }

    private void accept(Frame... frames) {
        for (Frame frame : frames) {
            assertThat(rules.received(frame, now)).as("%s", frame).isEmpty();
        }
    }

    private void assertBreaks(Rule rule, Frame frame) {
        Optional<Violation> violation = rules.received(frame, now);
        assertThat(violation.map(Violation::rule)).as("%s", frame).contains(rule);
    }

    /** Four pieces, the last one of five bytes. */
    private static Frame.Open open(int channel, String name) {
        return new Frame.Open(channel, id(name, 3L * MIB + 5), MIB, true, ByteString.EMPTY);
    }

    private static ContentId id(String name, long length) {
        return new ContentId(Digest.sha256(name.getBytes(StandardCharsets.UTF_8)), length);
    }

    private static Frame.Data data(int request, long offset, int length) {
        return new Frame.Data(request, offset, ByteBuffer.allocate(length));
    }
}
