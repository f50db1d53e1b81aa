package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.ContentId;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {
    private static final int ROUNDS = 20_000;

    @Test
    void aPartOfAFrameAsksForTheRestAndStaysUnread() {
        byte[] request = Golden.bytes("request");

        assertThat(FrameCodec.decode(ByteBuffer.wrap(request, 0, 0))).isEqualTo(new Decoded.NeedMore(5));
        assertThat(FrameCodec.decode(ByteBuffer.wrap(request, 0, 4))).isEqualTo(new Decoded.NeedMore(1));
        ByteBuffer most = ByteBuffer.wrap(request, 0, request.length - 3);
        assertThat(FrameCodec.decode(most)).isEqualTo(new Decoded.NeedMore(3));
        assertThat(most.position()).isZero();
    }

    @Test
    void theBytesOfDataAreASliceAndNotACopy() {
        byte[] array = Golden.bytes("data");

        Frame.Data data = (Frame.Data) FrameCodec.decode(ByteBuffer.wrap(array));

        assertThat(data.bytes().array()).isSameAs(array);
        assertThat(data.bytes().remaining()).isEqualTo(5);
    }

    @Test
    void encodingLeavesTheBytesOfDataUnread() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);

        byte[] encoded = Encoded.of(new Frame.Data(0, 0, bytes));

        assertThat(bytes.remaining()).isEqualTo(2);
        assertThat(encoded).endsWith(2, 3);
    }

    @Test
    void aDataHeaderIsTheBeginningOfItsFrame() {
        ByteBuffer out = ByteBuffer.allocate(DataHeader.BYTES);

        new DataHeader(7, 1 << 20, 5).write(out);

        assertThat(Golden.bytes("data")).startsWith(out.array());
    }

    @Test
    void aBufferThatIsTooSmallIsLeftAsItWas() {
        ByteBuffer out = ByteBuffer.allocate(24);

        assertThatThrownBy(() -> FrameCodec.encode(Golden.frame("request"), out))
                .isInstanceOf(BufferOverflowException.class);
        assertThat(out.position()).isZero();
    }

    @Test
    void aLittleEndianBufferIsRefused() {
        ByteBuffer little = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

        assertThatThrownBy(() -> FrameCodec.encode(new Frame.KeepAlive(), little))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrameCodec.decode(little)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a length of zero, 0000000002",
        "a length with the sign bit, ffffffff01",
        "a frame of unknown type beyond the limit, 00021001ee",
        "data beyond 64 KiB, 0001000e21",
        "data without bytes, 0000000d21",
        "a keep-alive with payload, 0000000202",
        "a probe announced as a long frame, 0001000030",
        "a hello beyond its limit, 0000100201",
        "a ticket beyond its limit, 0000083510",
        "a bitfield beyond 2^20 pieces, 0002000613",
    })
    void aLengthThatItsTypeCannotHaveIsRefusedBeforeThePayloadIsThere(String what, String header) {
        assertRefused(WireException.Kind.LENGTH, ByteBuffer.wrap(HexFormat.of().parseHex(header)));
    }

    @Test
    void theLongestFrameIsTaken() {
        byte[] payload = new byte[4 + WireLimits.PIECES / 8];

        assertThat(FrameCodec.decode(Encoded.raw(19, payload))).isInstanceOf(Frame.Bitfield.class);
        assertThat(1 + payload.length).isLessThanOrEqualTo(WireLimits.FRAME);
    }

    @ParameterizedTest
    @CsvSource({
        "request, 5, 80000001, a negative channel",
        "request, 9, 80000007, a negative request",
        "request, 13, ffffffffffffffff, a negative offset",
        "request, 13, 0004000000000000, a range beyond 2^50",
        "request, 21, 00000000, nothing asked",
        "request, 21, 00100001, more than 1 MiB asked",
        "data, 9, 7fffffffffffffff, a sum that overflows",
        "open, 41, 0000000000000000, no length",
        "open, 41, 0004000000000001, a length beyond 2^50",
        "open, 41, 8000000000000000, a negative length",
        "open, 49, 00100001, a piece length that is no power of two",
        "open, 49, 00002000, a piece length under a block",
        "open, 49, 80000000, a piece length beyond 1 GiB",
        "open, 41, 0000100000000000, more than 2^20 pieces",
        "have, 9, 7fffffff, a piece beyond the last",
        "have, 13, 00000000, no piece",
        "have, 13, 7fffffff, a count that overflows",
        "have, 13, 00100000, a run that ends beyond the last piece",
        "intent, 9, 00100000, a piece beyond the last",
        "complaint, 9, ffffffff, a negative piece",
        "hash-request, 17, 00000801, too many digests",
        "hash-request, 17, 00000000, no digest",
        "hashes, 9, 000fffff, digests beyond the last piece",
        "hello, 16, 0a, a line feed in the software",
        "hello, 16, c0, malformed UTF-8",
    })
    void aValueOutOfRangeIsRefused(String golden, int at, String bytes, String why) {
        byte[] frame = Golden.bytes(golden);
        byte[] change = HexFormat.of().parseHex(bytes);
        System.arraycopy(change, 0, frame, at, change.length);

        assertRefused(WireException.Kind.VALUE, ByteBuffer.wrap(frame));
    }

    @ParameterizedTest
    @CsvSource({
        "hello, 15, ff, a text longer than the frame",
        "open, 54, ffff, a ticket longer than the frame",
        "open-ticket, 54, 0002, a ticket shorter than the frame",
    })
    void aLengthWithinThatDoesNotFitTheFrameIsRefused(String golden, int at, String bytes, String why) {
        byte[] frame = Golden.bytes(golden);
        byte[] change = HexFormat.of().parseHex(bytes);
        System.arraycopy(change, 0, frame, at, change.length);

        assertRefused(WireException.Kind.LENGTH, ByteBuffer.wrap(frame));
    }

    @Test
    void digestsThatAreNotWholeAreRefused() {
        assertRefused(WireException.Kind.LENGTH, Encoded.raw(37, new byte[8 + 33]));
    }

    @Test
    void waitsAreCutToTheirLimit() {
        byte[] intent = Golden.bytes("intent");
        ByteBuffer.wrap(intent).putInt(13, -1);

        assertThat(FrameCodec.decode(ByteBuffer.wrap(intent)))
                .isEqualTo(new Frame.Intent(1, 3, WireLimits.WAIT_MILLIS, false));
        assertThat(new Frame.RejectRequest(1, RejectReason.BUSY, 3_600_000).retryAfterMillis())
                .isEqualTo(WireLimits.WAIT_MILLIS);
    }

    @Test
    void unknownCodesReadAsTheNeutralOne() {
        assertThat(FrameCodec.decode(Encoded.raw(3, (byte) 200))).isEqualTo(new Frame.Bye(RejectReason.OTHER));
        assertThat(FrameCodec.decode(Encoded.raw(49, new byte[] {0, 0, 0, 1, (byte) 200, (byte) 200})))
                .isEqualTo(new Frame.ProbeResult(1, ProbeOutcome.NOT_TRIED, Hearing.NOT_LOOKING));
    }

    @Test
    void unknownFlagsAreIgnored() {
        byte[] intent = Golden.bytes("intent");
        intent[17] = (byte) 0xFE;
        assertThat(FrameCodec.decode(ByteBuffer.wrap(intent))).isEqualTo(Golden.frame("intent"));

        byte[] open = Golden.bytes("open");
        open[53] = (byte) 0xFF;

        assertThat(FrameCodec.decode(ByteBuffer.wrap(open))).isEqualTo(Golden.frame("open"));
    }

    @Test
    void theHotFramesCostNoMoreThanTheirRecords() {
        assertThat(bytesPerDecode("request")).isLessThanOrEqualTo(40);
        assertThat(bytesPerDecode("have")).isLessThanOrEqualTo(32);
        assertThat(bytesPerDecode("data")).as("the record and its slice").isLessThanOrEqualTo(32 + 72);
    }

    private static long bytesPerDecode(String golden) {
        ByteBuffer in = ByteBuffer.wrap(Golden.bytes(golden));
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            long taken = Allocation.of(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    FrameCodec.decode(in.position(0));
                }
            });
            best = Math.min(best, taken / ROUNDS);
        }
        return best;
    }

    private static void assertRefused(WireException.Kind kind, ByteBuffer bytes) {
        assertThatThrownBy(() -> FrameCodec.decode(bytes))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void theLastByteOfTheLongestContentCanBeAskedFor() {
        long last = ContentId.MAX_LENGTH - 1;

        assertThat(new Frame.Request(0, 0, last, 1).offset()).isEqualTo(last);
        assertThatThrownBy(() -> new Frame.Request(0, 0, last, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
