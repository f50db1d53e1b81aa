package dev.byway.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import dev.byway.core.wire.Allocation;
import dev.byway.core.wire.Collected;
import dev.byway.core.wire.Decoded;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.FrameAssembler;
import dev.byway.core.wire.FrameCodec;
import dev.byway.core.wire.Golden;
import dev.byway.core.wire.LinkRules;
import dev.byway.core.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Throws streams of golden frames, mutated, and random bytes at everything that reads frames. Each round has its own seed,
 * which a failure names. {@code -Dbyway.fuzz.seconds=N} goes on for N seconds, {@code -Dbyway.fuzz.seed=S} replays one.
 */
class WireFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final int[] INTERESTING = {0, 1, 2, 4, 5, 16, 33, 48, 0x7F, 0x80, 0xC0, 0xFE, 0xFF};

    private final List<byte[]> corpus = Stream.concat(Golden.frames().keySet().stream(), Golden.foreign().stream())
            .map(Golden::bytes)
            .toList();

    @Test
    void noBytesDoMoreThanAWireException() {
        long end = System.nanoTime() + Long.getLong("byway.fuzz.seconds", 0) * 1_000_000_000;
        Long one = Long.getLong("byway.fuzz.seed");
        if (one != null) {
            round(one);
            return;
        }
        long frames = 0;
        for (long seed = 0; seed < ROUNDS || System.nanoTime() < end; seed++) {
            frames += round(seed);
        }
        assertThat(frames).as("frames that got through").isGreaterThan(ROUNDS);
    }

    private int round(long seed) {
        byte[] stream = stream(new SplittableRandom(seed));
        try {
            return read(stream, new SplittableRandom(seed));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " broke the reader: replay with -Dbyway.fuzz.seed=" + seed, e);
        }
    }

    private static int read(byte[] stream, SplittableRandom random) {
        Collected whole = new Collected();
        Collected cut = new Collected();
        EnumSet<End> ends = EnumSet.noneOf(End.class);
        Allocation.assertModest(stream.length, () -> ends.add(decode(stream, whole)));
        boolean complete = !ends.contains(End.WITHIN_A_FRAME);
        Allocation.assertModest(stream.length, () -> ends.add(assemble(stream, cut, random)));
        if (complete) {
            assertThat(ends).as("both ways to read end the same way").hasSize(1);
            assertThat(cut.frames()).isEqualTo(whole.frames());
        }
        LinkRules rules = new LinkRules();
        for (Frame frame : whole.frames()) {
            assertThat(frame.toString()).hasSizeLessThan(1000);
            if (rules.received(frame, Moment.ZERO).isPresent()) {
                break;
            }
        }
        return whole.frames().size();
    }

    private enum End {
        BETWEEN_FRAMES,
        WITHIN_A_FRAME,
        REFUSED
    }

    private static End decode(byte[] stream, Collected sink) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        try {
            while (in.hasRemaining()) {
                switch (FrameCodec.decode(in)) {
                    case Frame frame -> sink.frame(frame);
                    case Decoded.Skipped skipped -> sink.skipped(skipped.type());
                    case Decoded.NeedMore more -> {
                        return End.WITHIN_A_FRAME;
                    }
                }
            }
            return End.BETWEEN_FRAMES;
        } catch (WireException e) {
            return End.REFUSED;
        }
    }

    private static End assemble(byte[] stream, Collected sink, SplittableRandom random) {
        FrameAssembler assembler = new FrameAssembler();
        try {
            for (int at = 0; at < stream.length; ) {
                int length = random.nextInt(1, stream.length - at + 1);
                assembler.offer(stream, at, length, sink);
                at += length;
            }
            return assembler.isBetweenFrames() ? End.BETWEEN_FRAMES : End.WITHIN_A_FRAME;
        } catch (WireException e) {
            return End.REFUSED;
        }
    }

    /** Golden frames and random bytes in a row, some bytes changed, cut somewhere. */
    private byte[] stream(SplittableRandom random) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int frames = random.nextInt(1, 8);
        for (int i = 0; i < frames; i++) {
            byte[] next = random.nextInt(10) == 0
                    ? randomBytes(random)
                    : corpus.get(random.nextInt(corpus.size())).clone();
            if (random.nextInt(3) == 0) {
                next[random.nextInt(next.length)] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
            }
            stream.writeBytes(next);
        }
        byte[] bytes = stream.toByteArray();
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 1)) : bytes;
    }

    private static byte[] randomBytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(1, 40)];
        random.nextBytes(bytes);
        return bytes;
    }
}
