package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.PieceLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final int KIB = 1024;

    private final Backlog backlog = new Backlog();
    private long now = Duration.ofSeconds(9).toNanos();

    private void write(long bytesPerSecond, int length, List<Integer> set) {
        long begin = now;
        now += Duration.ofSeconds(1).toNanos() * length / bytesPerSecond;
        backlog.wrote(length, begin, now).ifPresent(set::add);
    }

    /** Writes for two seconds without a break, with a buffer that is full; answers what the buffer was set to. */
    private List<Integer> write(long bytesPerSecond) {
        List<Integer> set = new ArrayList<>();
        for (long sent = 0; sent < 2 * bytesPerSecond; sent += backlog.chunk()) {
            write(bytesPerSecond, backlog.chunk(), set);
        }
        return set;
    }

    @Test
    void aSlowLinkHoldsLittleAndSendsShortFrames() {
        assertThat(write(60_000)).containsExactly(Backlog.LEAST);
        assertThat(backlog.chunk()).isEqualTo(PieceLayout.BLOCK);
    }

    @Test
    void aLinkInBetweenHoldsWhatItCarriesInAQuarterOfASecond() {
        assertThat(write(600 * KIB)).containsExactly(150 * KIB);
        assertThat(backlog.chunk()).isEqualTo(32 * KIB);
    }

    @Test
    void aFastLinkIsLeftToTheSystem() {
        assertThat(write(2 << 20)).isEmpty();
        assertThat(write(500 << 20)).isEmpty();
        assertThat(backlog.chunk()).isEqualTo(Outbox.CHUNK);
    }

    @Test
    void aLinkThatBecomesFastGetsRoomAgain() {
        write(60_000);
        assertThat(write(100 << 20)).containsExactly(Backlog.PLENTY);
        assertThat(backlog.chunk()).isEqualTo(Outbox.CHUNK);
    }

    @Test
    void whatOnlyFillsTheBufferAfterABreakSaysNothing() {
        List<Integer> set = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            write(Long.MAX_VALUE / 2, Backlog.LEAST, set);
            write(Long.MAX_VALUE / 2, Backlog.LEAST, set);
            for (int j = 0; j < 3; j++) {
                write(60_000, PieceLayout.BLOCK, set);
            }
            now += Duration.ofSeconds(5).toNanos();
        }
        assertThat(set).containsExactly(Backlog.LEAST);
    }

    @Test
    void whereThereIsLittleToSayTheLinkIsNotHeldToBeSlow() {
        List<Integer> set = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            write(10 << 20, 40, set);
            now += Duration.ofMillis(10).toNanos();
        }
        assertThat(set).isEmpty();
    }

    @Property
    void whateverComesFramesAreOfWholeBlocksAndBuffersWithinBounds(
            @ForAll @IntRange(min = 1, max = 66_000) int length,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 8) long took) {
        Backlog any = new Backlog();
        for (int i = 0; i < 6; i++) {
            any.wrote(length, i * took, (i + 1) * took)
                    .ifPresent(room -> assertThat(room).isBetween(Backlog.LEAST, Backlog.PLENTY));
            assertThat(any.chunk()).isBetween(PieceLayout.BLOCK, Outbox.CHUNK);
            assertThat(any.chunk() % PieceLayout.BLOCK).isZero();
        }
    }
}
