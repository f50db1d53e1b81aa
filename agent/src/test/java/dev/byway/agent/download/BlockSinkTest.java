package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.agent.store.StoredContent;
import dev.byway.agent.store.WriteGrant;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSinkTest {
    private static final int BLOCK = PieceLayout.BLOCK;
    private static final int LENGTH = 20 * BLOCK + 777;

    private final byte[] content = new byte[LENGTH];
    private final List<Digest> told = new ArrayList<>();
    private int lasts;
    private Moment now = Moment.ZERO;

    @TempDir
    Path folder;

    private ContentStore store;
    private StoredContent stored;

    @BeforeEach
    void open() {
        new Random(1).nextBytes(content);
        store = ContentStore.open(folder, new StoreOptions(() -> Moment.ZERO, () -> Instant.EPOCH, 8, false));
        stored = store.acquire(
                new ContentId(Digest.sha256(new byte[0]), LENGTH), new PieceLayout(LENGTH, 4 * PieceLayout.BLOCK));
    }

    @AfterEach
    void close() {
        stored.close();
        store.close();
    }

    private BlockSink sink(WriteGrant grant) {
        return new BlockSink(
                grant,
                (leaves, last) -> {
                    told.addAll(leaves);
                    lasts += last ? 1 : 0;
                },
                () -> now);
    }

    private WriteGrant grant(long offset, long end) {
        return stored.grant(ByteRange.between(offset, end)).orElseThrow();
    }

    private ByteBuffer bytes(long from, long to) {
        return ByteBuffer.wrap(Arrays.copyOfRange(content, (int) from, (int) to));
    }

    private List<Digest> leaves(int from, int to) {
        List<Digest> leaves = new ArrayList<>();
        for (int at = from; at < to; at += BLOCK) {
            leaves.add(Digest.sha256(Arrays.copyOfRange(content, at, Math.min(to, at + BLOCK))));
        }
        return leaves;
    }

    private byte[] written() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return Files.readAllBytes(
                    files.filter(path -> path.endsWith("data")).findFirst().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheyComeInAllBytesAndDigestsAreThereInOrder(int seed) throws IOException {
        Random random = new Random(seed);
        BlockSink sink = sink(grant(0, LENGTH));
        for (int at = 0; at < LENGTH; ) {
            int to = Math.min(LENGTH, at + 1 + random.nextInt(1 << random.nextInt(1, 18)));
            assertThat(sink.take(bytes(at, to))).isEqualTo(to < LENGTH);
            at = to;
        }
        assertThat(told).isEqualTo(leaves(0, LENGTH));
        assertThat(lasts).isEqualTo(1);
        assertThat(written()).isEqualTo(content);
    }

    @Test
    void inAStreamWordGoesOutForManyBlocksAtATime() {
        BlockSink sink = sink(grant(0, LENGTH));
        sink.take(bytes(0, 3 * BLOCK));
        assertThat(told).isEmpty();
        sink.take(bytes(3 * BLOCK, 4 * BLOCK));
        assertThat(told).isEqualTo(leaves(0, 4 * BLOCK));
        sink.take(bytes(4 * BLOCK, 5 * BLOCK));
        now = now.plus(Duration.ofMillis(20));
        sink.take(bytes(5 * BLOCK, 6 * BLOCK));
        assertThat(told).isEqualTo(leaves(0, 6 * BLOCK));
    }

    @Test
    void aBlockIsWrittenWhenItIsWhole() {
        BlockSink sink = sink(grant(0, LENGTH));
        now = now.plus(Duration.ofMillis(20));
        sink.take(bytes(0, 2 * BLOCK + 5));
        assertThat(sink.grant().position()).isEqualTo(2L * BLOCK);
        assertThat(told).isEqualTo(leaves(0, 2 * BLOCK));
        sink.take(bytes(2 * BLOCK + 5, 3 * BLOCK - 1));
        assertThat(sink.grant().position()).isEqualTo(2L * BLOCK);
        now = now.plus(Duration.ofMillis(20));
        sink.take(bytes(3 * BLOCK - 1, 3 * BLOCK));
        assertThat(told).isEqualTo(leaves(0, 3 * BLOCK));
    }

    @Test
    void whatLiesBeyondTheGrantIsLeft() {
        BlockSink sink = sink(grant(4L * BLOCK, 8L * BLOCK));
        sink.take(bytes(4 * BLOCK, 5 * BLOCK + 9));
        ByteBuffer more = bytes(5 * BLOCK + 9, 10 * BLOCK);
        assertThat(sink.take(more)).isFalse();
        assertThat(more.remaining()).isEqualTo(2 * BLOCK);
        assertThat(told).isEqualTo(leaves(4 * BLOCK, 8 * BLOCK));
    }

    @Test
    void aGrantThatShrinksEndsWhereItEndsNow() {
        BlockSink sink = sink(grant(0, 8L * BLOCK));
        sink.take(bytes(0, BLOCK + 100));
        sink.grant().shrink(2L * BLOCK);
        assertThat(sink.take(bytes(BLOCK + 100, 3 * BLOCK))).isFalse();
        assertThat(told).isEqualTo(leaves(0, 2 * BLOCK));
        assertThat(lasts).isEqualTo(1);
    }

    @Test
    void aGrantThatShrinksToWhatWasWrittenLeavesNothingUntold() {
        BlockSink sink = sink(grant(0, 8L * BLOCK));
        sink.take(bytes(0, 3 * BLOCK));
        assertThat(told).isEmpty();
        sink.grant().shrink(3L * BLOCK);
        sink.tellRest();
        assertThat(told).isEqualTo(leaves(0, 3 * BLOCK));
        assertThat(lasts).isEqualTo(1);
        sink.tellRest();
        assertThat(lasts).isEqualTo(1);
    }

    @Test
    void aGrantTakenBackInTheMiddleOfABlockTakesNothingMore() {
        BlockSink sink = sink(grant(0, 8L * BLOCK));
        sink.take(bytes(0, BLOCK + 100));
        sink.grant().revoke();
        ByteBuffer more = bytes(BLOCK + 100, 3 * BLOCK);
        assertThat(sink.take(more)).isFalse();
        assertThat(more.position()).isZero();
        assertThat(told).isEqualTo(leaves(0, BLOCK));
    }
}
