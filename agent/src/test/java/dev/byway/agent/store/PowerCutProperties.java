package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The promise of the cache, whatever it was doing when the power went: every piece it claims is true, and every piece it
 * had called durable is still there.
 */
class PowerCutProperties {
    private static final Path ROOT = Path.of("/cache");
    private static final int PIECE = 16 * 1024;
    private static final Sample SAMPLE = Sample.of(1, 7 * PIECE + 1000, PIECE);
    private static final Path DATA =
            ROOT.resolve("content").resolve(FolderName.of(SAMPLE.id())).resolve("data");

    @Property(tries = 120)
    void everyClaimedPieceIsTrueAndEveryDurablePieceIsThereAfterAnyPowerCut(@ForAll Random random) {
        Life life = new Life(random, false);
        for (int generation = 0; generation < 4; generation++) {
            life.disk.cutPowerAt(life.disk.steps() + 1 + random.nextInt(120));
            life.liveUntilPowerCut();
        }
        life.finish();
    }

    @Property(tries = 120)
    void theSameWithADiskThatFailsNowAndThen(@ForAll Random random) {
        Life life = new Life(random, true);
        for (int generation = 0; generation < 4; generation++) {
            life.disk.cutPowerAt(life.disk.steps() + 1 + random.nextInt(120));
            life.liveUntilPowerCut();
        }
        life.finish();
    }

    /** One fixed life, cut at each of its steps in turn. */
    @Example
    void thereIsNoStepAtWhichACutDoesHarm() {
        Life whole = new Life(new Random(7), false);
        whole.live(60);
        int steps = whole.disk.steps();
        assertThat(steps).isGreaterThan(80);
        for (int step = 1; step <= steps; step++) {
            for (int after = 0; after < 3; after++) {
                Life life = new Life(new Random(7), false);
                life.disk.cutPowerAt(step);
                try {
                    life.live(60);
                } catch (SimulatedDisk.PowerCut _) {
                    life.disk.restart(new Random(31L * step + after));
                    life.check();
                }
            }
        }
    }

    /** A device that downloads, is lied to, loses and removes things, and remembers what it was promised. */
    private static final class Life {
        final SimulatedDisk disk = new SimulatedDisk();
        private final Random random;
        private final boolean faulty;
        private PieceSet promised = PieceSet.none(SAMPLE.pieces());
        /** Pieces that went bad under the store, until it has put down that it knows. */
        private PieceSet rotten = PieceSet.none(SAMPLE.pieces());

        private Optional<StoredContent> use = Optional.empty();
        private Moment now = Moment.ZERO;

        Life(Random random, boolean faulty) {
            this.random = random;
            this.faulty = faulty;
        }

        void liveUntilPowerCut() {
            try {
                while (true) {
                    live(40);
                }
            } catch (SimulatedDisk.PowerCut _) {
                disk.restart(random);
                check();
            }
        }

        /** Some minutes between opening the store and closing it. */
        void live(int actions) {
            disk.work();
            use = Optional.empty();
            ContentStore store = open();
            if (faulty) {
                disk.failWith((step, operation) -> random.nextInt(25) == 0
                        ? Optional.of(new IOException("injected: " + operation))
                        : Optional.empty());
            }
            try {
                for (int i = 0; i < actions; i++) {
                    act(store);
                }
            } finally {
                use.ifPresent(content -> attempt(content::close));
                use = Optional.empty();
                attempt(store::close);
            }
        }

        private void act(ContentStore store) {
            if (use.isEmpty()) {
                attempt(() -> use = Optional.of(acquire(store)));
            }
            use.ifPresent(content -> {
                act(store, content, random.nextInt(SAMPLE.pieces()));
                use.ifPresent(this::remember);
            });
        }

        private void act(ContentStore store, StoredContent content, int piece) {
            boolean held = content.held().has(piece);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    if (!held) {
                        attempt(() -> put(content, piece));
                    }
                }
                case 3 -> {
                    if (!held) {
                        attempt(() -> SAMPLE.begin(content, piece, random));
                    }
                }
                case 4 -> {
                    now = now.plus(Duration.ofMillis(700));
                    store.commitDue();
                }
                case 5 -> attempt(content::flush);
                case 6 -> attempt(() -> rot(content, piece));
                case 7 -> attempt(content::recover);
                case 8 -> {
                    content.trouble().ifPresent(_ -> content.resume());
                    attempt(content::verify);
                }
                default -> attempt(() -> letGo(store, content));
            }
        }

        private void put(StoredContent content, int piece) {
            SAMPLE.put(content, piece);
            rotten.remove(piece);
        }

        private void rot(StoredContent content, int piece) {
            if (!content.held().has(piece) || content.layer().isEmpty()) {
                return;
            }
            rotten.add(piece);
            promised.remove(piece);
            try {
                disk.rot(DATA, (int) SAMPLE.layout().piece(piece).offset() + random.nextInt(1000));
            } catch (IOException e) {
                throw new AssertionError("a held piece lies in the data file", e);
            }
            boolean good = content.recheck(piece);
            assertThat(good).as("a rotten piece is found out").isFalse();
            rotten.remove(piece);
        }

        private void letGo(ContentStore store, StoredContent content) {
            use = Optional.empty();
            content.close();
            if (random.nextInt(3) == 0) {
                promised = PieceSet.none(SAMPLE.pieces());
                if (store.remove(SAMPLE.id(), _ -> {}) == ContentStore.Removal.REMOVED) {
                    rotten = PieceSet.none(SAMPLE.pieces());
                }
            }
        }

        private StoredContent acquire(ContentStore store) {
            StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout());
            if (content.layer().isEmpty()) {
                attempt(() -> content.saveLayer(SAMPLE.layer()));
            }
            return content;
        }

        /** What the store calls durable is a promise from then on. */
        private void remember(StoredContent content) {
            if (disk.isOff()) {
                return;
            }
            for (PrimitiveIterator.OfInt i = content.durable().pieces(); i.hasNext(); ) {
                int piece = i.nextInt();
                if (!rotten.has(piece)) {
                    promised.add(piece);
                }
            }
        }

        private void attempt(Runnable action) {
            try {
                action.run();
            } catch (StoreException e) {
                requireInjected(e);
            }
        }

        private void requireInjected(StoreException e) {
            if (!faulty && e.kind() != StoreException.Kind.NO_LAYER) {
                fail("nothing failed on this disk", e);
            }
        }

        void check() {
            ContentStore store = open();
            PieceSet held = PieceSet.none(SAMPLE.pieces());
            Optional<StoredContent> found = store.find(SAMPLE.id());
            if (found.isPresent()) {
                try (StoredContent content = found.get()) {
                    held = content.held();
                    requireTrue(content);
                    content.recover();
                    requireTrue(content);
                }
            }
            for (PrimitiveIterator.OfInt i = promised.pieces(); i.hasNext(); ) {
                int piece = i.nextInt();
                assertThat(held.has(piece))
                        .as("durable piece %d is still there", piece)
                        .isTrue();
            }
            store.close();
        }

        private void requireTrue(StoredContent content) {
            for (PrimitiveIterator.OfInt i = content.held().pieces(); i.hasNext(); ) {
                int piece = i.nextInt();
                assertThat(rotten.has(piece) || SAMPLE.isTrue(content, piece))
                        .as("held piece %d is true", piece)
                        .isTrue();
            }
        }

        /** After all of it a download still runs to its end. */
        void finish() {
            disk.work();
            try (ContentStore store = open();
                    StoredContent content = acquire(store)) {
                content.verify();
                rotten = PieceSet.none(SAMPLE.pieces());
                PieceSet held = content.held();
                for (int piece = held.nextMissing(0); piece < held.size(); piece = held.nextMissing(piece + 1)) {
                    SAMPLE.put(content, piece);
                }
                content.flush();
                assertThat(content.durable().isFull()).isTrue();
                assertThat(content.verify().isEmpty()).isTrue();
            }
            disk.restart(random);
            try (ContentStore store = open();
                    StoredContent content = acquire(store)) {
                assertThat(content.held().isFull()).isTrue();
                assertThat(content.verify().isEmpty()).isTrue();
            }
        }

        private ContentStore open() {
            StoreOptions options = new StoreOptions(() -> now, () -> Instant.EPOCH, 2, false);
            return ContentStore.open(ROOT, options, disk);
        }
    }
}
