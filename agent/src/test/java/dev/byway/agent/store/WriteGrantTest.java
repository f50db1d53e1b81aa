package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteGrantTest {
    private static final int PIECE = 64 * 1024;
    private static final Sample SAMPLE = Sample.of(9, 4 * PIECE, PIECE);

    private final SimulatedDisk disk = new SimulatedDisk();
    private final ContentStore store = ContentStore.open(
            Path.of("/cache"), new StoreOptions(() -> Moment.ZERO, () -> Instant.EPOCH, 8, false), disk);
    private final StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout());

    @AfterEach
    void close() {
        content.close();
        store.close();
    }

    @Test
    void onlyOneGrantCoversAByte() {
        WriteGrant first = content.grant(new ByteRange(0, 2L * PIECE)).orElseThrow();
        assertThat(content.grant(new ByteRange(PIECE, 1))).isEmpty();
        assertThat(content.grant(new ByteRange(2L * PIECE, 1))).isPresent();
        first.shrink(PIECE);
        assertThat(content.grant(new ByteRange(PIECE, 1))).isPresent();
    }

    @Test
    void whatIsWrittenIsFreeForTheNext() {
        WriteGrant first = content.grant(new ByteRange(0, PIECE)).orElseThrow();
        assertThat(first.write(0, ByteBuffer.allocate(100))).isTrue();
        assertThat(first.position()).isEqualTo(100);
        assertThat(content.grant(new ByteRange(0, 100))).isPresent();
        assertThat(content.grant(new ByteRange(99, 2))).isEmpty();
    }

    @Test
    void aRevokedGrantTakesNothing() {
        WriteGrant grant = content.grant(new ByteRange(0, PIECE)).orElseThrow();
        assertThat(grant.write(0, ByteBuffer.allocate(10))).isTrue();
        assertThat(grant.revoke()).isEqualTo(10);
        ByteBuffer late = ByteBuffer.allocate(10);
        assertThat(grant.write(10, late)).isFalse();
        assertThat(late.remaining()).isEqualTo(10);
        assertThat(grant.isLive()).isFalse();
    }

    @Test
    void bytesAcrossTheEndAreNotTakenAtAll() {
        WriteGrant grant = content.grant(new ByteRange(0, 100)).orElseThrow();
        assertThat(grant.write(90, ByteBuffer.allocate(11))).isFalse();
        assertThat(grant.write(90, ByteBuffer.allocate(10))).isTrue();
    }

    @Test
    void noByteIsWrittenTwiceUnderOneGrant() {
        WriteGrant grant = content.grant(new ByteRange(0, 100)).orElseThrow();
        grant.write(0, ByteBuffer.allocate(10));
        assertThatThrownBy(() -> grant.write(9, ByteBuffer.allocate(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeldPieceIsNeverGrantedAndAPieceUnderAGrantIsNeverCommitted() {
        SAMPLE.put(content, 1);
        assertThatThrownBy(() -> content.grant(new ByteRange(PIECE - 1, 2))).isInstanceOf(IllegalStateException.class);
        WriteGrant grant = content.grant(SAMPLE.layout().piece(2)).orElseThrow();
        assertThatThrownBy(() -> content.commit(2)).isInstanceOf(IllegalStateException.class);
        grant.write(2L * PIECE, SAMPLE.at(SAMPLE.layout().piece(2)));
        content.commit(2);
        assertThat(content.held().has(2)).isTrue();
    }

    @Test
    void aWriteThatFailedCanBeRepeated() {
        WriteGrant grant = content.grant(SAMPLE.layout().piece(0)).orElseThrow();
        ByteBuffer bytes = SAMPLE.at(SAMPLE.layout().piece(0));
        disk.failWith((step, operation) -> Optional.of(new IOException("No space left on device")));
        assertThatThrownBy(() -> grant.write(0, bytes))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DISK_FULL))
                .hasMessageContaining("DOMaxCacheSize");
        disk.work();
        assertThat(grant.write(0, bytes)).isTrue();
        content.commit(0);
        assertThat(SAMPLE.isTrue(content, 0)).isTrue();
    }

    @Test
    void revokeWaitsForTheWriteInProgress() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        disk.beforeWrite(() -> {
            writing.countDown();
            await(goOn);
        });
        WriteGrant grant = content.grant(new ByteRange(0, 100)).orElseThrow();
        Thread writer = Thread.ofVirtual().start(() -> grant.write(0, ByteBuffer.allocate(100)));
        await(writing);
        AtomicBoolean revoked = new AtomicBoolean();
        Thread revoker = Thread.ofPlatform().start(() -> {
            grant.revoke();
            revoked.set(true);
        });
        while (revoker.getState() != Thread.State.WAITING && revoker.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(revoked).isFalse();
        goOn.countDown();
        revoker.join();
        writer.join();
        assertThat(grant.position()).isEqualTo(100);
    }

    /** Sources that are revoked in the midst of their writing, again and again, and the piece that is verified after. */
    @Test
    void noLateByteReachesAVerifiedPiece() throws InterruptedException {
        byte[] wrong = new byte[1000];
        AtomicInteger late = new AtomicInteger();
        for (int round = 0; round < 200; round++) {
            int piece = round % SAMPLE.pieces();
            ByteRange range = SAMPLE.layout().piece(piece);
            WriteGrant slow = content.grant(range).orElseThrow();
            Thread liar = Thread.ofVirtual().start(() -> {
                long at = range.offset();
                while (slow.write(at, ByteBuffer.wrap(wrong))) {
                    at += wrong.length;
                }
                late.incrementAndGet();
            });
            LockSupport.parkNanos(Duration.ofNanos(20_000L * (round % 7)).toNanos());
            slow.revoke();
            SAMPLE.put(content, piece);
            liar.join();
            assertThat(SAMPLE.isTrue(content, piece)).isTrue();
            drop(piece);
        }
        assertThat(late).hasValue(200);
    }

    private void drop(int piece) {
        content.saveLayer(SAMPLE.layer());
        try {
            Path data = Path.of("/cache/content")
                    .resolve(FolderName.of(SAMPLE.id()))
                    .resolve("data");
            disk.rot(data, piece * PIECE + 7);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(content.recheck(piece)).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
