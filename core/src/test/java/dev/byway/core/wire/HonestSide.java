package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One side that keeps to the specification, at random, with its frames on the way until the other side hears them. */
final class HonestSide {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 4;
    private static final int NUMBERS = 6;

    private final Random random;
    private final LinkRules rules = new LinkRules();
    private final Deque<Frame> underWay = new ArrayDeque<>();
    private final List<Integer> channels = new ArrayList<>();
    private final Set<Integer> asked = new HashSet<>();
    private final List<Frame> owed = new ArrayList<>();
    private int heard;

    HonestSide(Random random) {
        this.random = random;
        say(new Frame.Hello(0, 0, "", ""));
    }

    int heard() {
        return heard;
    }

    /** Says something that is allowed, if it can. */
    void act() {
        int number = random.nextInt(NUMBERS);
        switch (random.nextInt(8)) {
            case 0 -> open(number);
            case 1 -> close(number);
            case 2 -> request(number);
            case 3 -> hashRequest(number);
            case 4 -> say(new Frame.Cancel(number));
            case 5 -> say(new Frame.RejectOpen(number, RejectReason.NOT_HELD, 0));
            default -> answer();
        }
    }

    /** Takes the oldest frame of {@code other} that is still under way; whether there was one. */
    boolean hear(HonestSide other) {
        if (other.underWay.isEmpty()) {
            return false;
        }
        Frame frame = other.underWay.remove();
        heard++;
        assertThat(rules.received(frame, Moment.ZERO)).as("%s", frame).isEmpty();
        switch (frame) {
            case Frame.Request request -> owed.add(request);
            case Frame.HashRequest request -> owed.add(request);
            case Frame.RejectRequest reject -> asked.remove(reject.request());
            case Frame.Hashes hashes -> asked.remove(hashes.request());
            case Frame.Data data
            when (data.offset() + data.bytes().remaining()) % PIECE == 0 -> asked.remove(data.request());
            default -> {}
        }
        assertThat(rules.requestsInFlight()).isEqualTo(asked.size());
        return true;
    }

    private void open(int number) {
        if (!channels.contains(number)) {
            channels.add(number);
            ContentId content = new ContentId(Digest.sha256(new byte[] {(byte) number}), (long) PIECES * PIECE);
            say(new Frame.Open(number, content, PIECE, true, ByteString.EMPTY));
            if (random.nextBoolean()) {
                say(new Frame.Bitfield(number, ByteString.of((byte) 0x50)));
            }
        }
    }

    private void close(int number) {
        if (channels.removeIf(c -> c == number)) {
            say(new Frame.Close(number));
        }
    }

    /** Always to the end of a piece, so that the end of the answer is easy to see. */
    private void request(int number) {
        if (!channels.isEmpty() && asked.add(number)) {
            int length = 1 + random.nextInt(PIECE);
            long offset = (long) PIECE * (1 + random.nextInt(PIECES)) - length;
            say(new Frame.Request(anyChannel(), number, offset, length));
        }
    }

    private void hashRequest(int number) {
        if (!channels.isEmpty() && asked.add(number)) {
            say(new Frame.HashRequest(anyChannel(), number, 1, 1 + random.nextInt(PIECES - 1)));
        }
    }

    private int anyChannel() {
        return channels.get(random.nextInt(channels.size()));
    }

    /** A step of the answer to any request that was heard: some data, all the digests, or an early end. */
    private void answer() {
        if (owed.isEmpty()) {
            return;
        }
        Frame request = owed.remove(random.nextInt(owed.size()));
        switch (request) {
            case Frame.Request r when random.nextInt(6) > 0 -> data(r);
            case Frame.Request r -> say(new Frame.RejectRequest(r.request(), RejectReason.BUSY, 5));
            case Frame.HashRequest r ->
                say(new Frame.Hashes(r.request(), r.firstPiece(), Collections.nCopies(r.count(), Digest.ZERO)));
            default -> throw new AssertionError(request);
        }
    }

    private void data(Frame.Request r) {
        int length = Math.min(WireLimits.DATA, r.length());
        say(new Frame.Data(r.request(), r.offset(), ByteBuffer.allocate(length)));
        if (length < r.length()) {
            owed.add(new Frame.Request(r.channel(), r.request(), r.offset() + length, r.length() - length));
        }
    }

    private void say(Frame frame) {
        assertThat(rules.sent(frame, Moment.ZERO)).as("%s", frame).isEmpty();
        underWay.add(frame);
    }
}
