package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.Digest;
import dev.byway.core.store.CacheLimits;
import dev.byway.core.store.CacheSize;
import dev.byway.core.unit.Moment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpoolTest {
    private static final Digest KEY = Digest.sha256(new byte[] {1});
    private static final Optional<String> STRONG = Optional.of("\"v1\"");
    private static final byte[] BYTES = new byte[100_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private final SimulatedDisk disk = new SimulatedDisk();
    private Moment now = Moment.ZERO;
    private Instant today = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void severalReadersFollowTheGrowingFileToItsEnd() throws Exception {
        try (ContentStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Spool spool = store.spools().open(KEY).orElseThrow();
            spool.startOver(Optional.empty(), Optional.empty(), OptionalLong.of(BYTES.length));
            List<Future<byte[]>> copies = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                SpoolReader reader = store.spools().join(KEY).orElseThrow();
                copies.add(threads.submit(() -> readAll(reader)));
            }
            for (int at = 0; at < BYTES.length; at += 1000) {
                spool.append(ByteBuffer.wrap(BYTES, at, 1000));
            }
            spool.complete();
            SpoolReader late = spool.reader();
            spool.close();
            for (Future<byte[]> copy : copies) {
                assertThat(copy.get()).isEqualTo(BYTES);
            }
            assertThat(readAll(late)).isEqualTo(BYTES);
            assertThat(store.spools().join(KEY)).isEmpty();
            assertThat(disk.list(Path.of("/cache/spool"))).isEmpty();
        }
    }

    @Test
    void copiesCountForTheSizeOfTheCacheAndLeaveWhenNobodyUsesThem() throws IOException {
        try (ContentStore store = open()) {
            CacheLimits half = new CacheLimits(Optional.empty(), BYTES.length / 2);
            try (Spool spool = store.spools().open(KEY).orElseThrow()) {
                spool.startOver(STRONG, Optional.empty(), OptionalLong.empty());
                spool.append(ByteBuffer.wrap(BYTES));
                assertThat(store.limits(Optional.empty(), new CacheSize.Share(100))
                                .maxBytes())
                        .isEqualTo(BYTES.length + store.usableSpace() - CacheSize.RESERVE);
                store.evict(half, _ -> {});
                assertThat(disk.list(Path.of("/cache/spool"))).hasSize(1);
            }
            store.evict(new CacheLimits(Optional.empty(), BYTES.length), _ -> {});
            assertThat(disk.list(Path.of("/cache/spool"))).hasSize(1);
            store.evict(half, _ -> {});
            assertThat(disk.list(Path.of("/cache/spool"))).isEmpty();
        }
    }

    @Test
    void thereIsOneWriter() {
        try (ContentStore store = open();
                Spool spool = store.spools().open(KEY).orElseThrow()) {
            assertThat(spool.length()).isZero();
            assertThat(store.spools().open(KEY)).isEmpty();
        }
    }

    @Test
    void withAStrongEtagTheNextWriterGoesOnAfterARestart() throws Exception {
        try (ContentStore store = open()) {
            try (Spool spool = store.spools().open(KEY).orElseThrow()) {
                spool.startOver(STRONG, Optional.of("yesterday"), OptionalLong.of(BYTES.length));
                spool.append(ByteBuffer.wrap(BYTES, 0, 60_000));
            }
        }
        try (ContentStore store = open();
                Spool spool = store.spools().open(KEY).orElseThrow()) {
            assertThat(spool.state().etag()).isEqualTo(STRONG);
            assertThat(spool.length()).isEqualTo(60_000);
            spool.append(ByteBuffer.wrap(BYTES, 60_000, 40_000));
            spool.complete();
            assertThat(readAll(spool.reader())).isEqualTo(BYTES);
        }
    }

    @Test
    void aSmallFileWaitsForNoDisk() throws Exception {
        List<String> forced = new ArrayList<>();
        try (ContentStore store = open()) {
            disk.failWith((_, operation) -> {
                if (operation.startsWith("force")) {
                    forced.add(operation);
                }
                return Optional.empty();
            });
            try (Spool spool = store.spools().open(KEY).orElseThrow();
                    SpoolReader reader = spool.reader()) {
                spool.startOver(STRONG, Optional.empty(), OptionalLong.of(1000));
                spool.append(ByteBuffer.wrap(BYTES, 0, 1000));
                spool.complete();
                now = now.plus(Duration.ofSeconds(5));
                assertThat(store.commitDue()).isEmpty();
                assertThat(readAll(reader)).hasSize(1000);
            }
            assertThat(forced).isEmpty();
        }
    }

    @Test
    void whatWaitedASecondSurvivesAPowerCutWithoutTheWriterHavingWaited() throws Exception {
        ContentStore store = open();
        Spool spool = store.spools().open(KEY).orElseThrow();
        spool.startOver(STRONG, Optional.empty(), OptionalLong.of(BYTES.length));
        spool.append(ByteBuffer.wrap(BYTES, 0, 60_000));
        assertThat(store.commitDue()).contains(now.plus(Duration.ofSeconds(1)));
        now = now.plus(Duration.ofSeconds(1));
        assertThat(store.commitDue()).isEmpty();
        disk.cutPowerAt(disk.steps() + 1);
        assertThatThrownBy(() -> spool.append(ByteBuffer.wrap(BYTES, 60_000, 40_000)))
                .isInstanceOf(SimulatedDisk.PowerCut.class);
        disk.restart(new Random(1));
        try (ContentStore again = open();
                Spool next = again.spools().open(KEY).orElseThrow()) {
            assertThat(next.length()).isEqualTo(60_000);
        }
    }

    @Test
    void withoutAStrongEtagNothingIsLeft() throws IOException {
        try (ContentStore store = open()) {
            try (Spool spool = store.spools().open(KEY).orElseThrow()) {
                spool.startOver(Optional.of("W/\"v1\""), Optional.empty(), OptionalLong.empty());
                spool.append(ByteBuffer.wrap(BYTES));
            }
            assertThat(disk.list(Path.of("/cache/spool"))).isEmpty();
        }
    }

    @Test
    void readersOfAnOlderVersionAreToldAndFreshOnesAreNot() throws Exception {
        try (ContentStore store = open();
                Spool spool = store.spools().open(KEY).orElseThrow();
                SpoolReader started = spool.reader();
                SpoolReader fresh = spool.reader()) {
            spool.startOver(STRONG, Optional.empty(), OptionalLong.empty());
            spool.append(ByteBuffer.wrap(new byte[10]));
            assertThat(started.read(ByteBuffer.allocate(5))).isEqualTo(5);
            spool.startOver(Optional.of("\"v2\""), Optional.empty(), OptionalLong.empty());
            spool.append(ByteBuffer.wrap(BYTES));
            spool.complete();
            assertThatThrownBy(() -> started.read(ByteBuffer.allocate(5)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.ABANDONED));
            assertThat(readAll(fresh)).isEqualTo(BYTES);
        }
    }

    @Test
    void readersLearnThatNoMoreWillCome() {
        try (ContentStore store = open()) {
            Spool spool = store.spools().open(KEY).orElseThrow();
            SpoolReader reader = spool.reader();
            spool.fail("the origin answered 503");
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1))).hasMessageContaining("503");
            spool.close();
            reader.close();
        }
    }

    @Test
    void whatNobodyContinuedIsSweptByItsAge() {
        try (ContentStore store = open()) {
            try (Spool spool = store.spools().open(KEY).orElseThrow()) {
                spool.startOver(STRONG, Optional.empty(), OptionalLong.empty());
                spool.append(ByteBuffer.wrap(BYTES));
                today = today.plus(Duration.ofDays(3));
                assertThat(store.spools().sweep(Duration.ofDays(1))).isZero();
            }
            assertThat(store.spools().sweep(Duration.ofDays(1))).isZero();
            today = today.plus(Duration.ofDays(1));
            assertThat(store.spools().sweep(Duration.ofDays(1))).isOne();
        }
    }

    private ContentStore open() {
        return ContentStore.open(Path.of("/cache"), new StoreOptions(() -> now, () -> today, 4, false), disk);
    }

    private static byte[] readAll(SpoolReader reader) throws InterruptedException {
        try (reader) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer some = ByteBuffer.allocate(777);
            while (reader.read(some) >= 0) {
                all.write(some.array(), 0, some.position());
                some.clear();
            }
            return all.toByteArray();
        }
    }
}
