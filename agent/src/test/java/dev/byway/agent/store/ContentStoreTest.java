package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.store.CacheEntry;
import dev.byway.core.store.CacheLimits;
import dev.byway.core.store.Eviction;
import dev.byway.core.store.GroupCommit;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on the disk of this machine. */
class ContentStoreTest {
    private static final int PIECE = 64 * 1024;
    private static final Sample SAMPLE = Sample.of(3, 5 * PIECE + 17, PIECE);
    private static final Sample OTHER = Sample.of(4, 2 * PIECE, PIECE);
    private static final Sample SINGLE = Sample.of(5, 100, PIECE);

    @TempDir
    private Path folder;

    private Moment now = Moment.ZERO;
    private Instant today = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void whatWasVerifiedIsThereAfterAnOrderlyRestart() {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            try (StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
                content.saveManifest("signed".getBytes(StandardCharsets.UTF_8));
                content.rememberOrigin(URI.create("https://me:secret@origin.example/file?token=1"));
            }
        }
        try (ContentStore store = open();
                StoredContent content = store.find(SAMPLE.id()).orElseThrow()) {
            assertThat(content.held().isFull()).isTrue();
            assertThat(content.layer())
                    .map(l -> l.pieces())
                    .contains(SAMPLE.layer().pieces());
            assertThat(content.manifest().map(m -> new String(m, StandardCharsets.UTF_8)))
                    .contains("signed");
            assertThat(content.meta().origin()).contains("https://origin.example/file");
            assertThat(content.meta().completed()).contains(today);
            assertThat(content.verify().isEmpty()).isTrue();
        }
    }

    @Test
    void piecesBecomeDurableAfterASecondAndNotBefore() {
        try (ContentStore store = open();
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            SAMPLE.put(content, 2);
            assertThat(content.held().has(2)).isTrue();
            assertThat(store.commitDue()).contains(Moment.ZERO.plus(Duration.ofSeconds(1)));
            assertThat(content.durable().has(2)).isFalse();
            now = now.plus(Duration.ofSeconds(1));
            assertThat(store.commitDue()).isEmpty();
            assertThat(content.durable().has(2)).isTrue();
        }
    }

    @Test
    void aWriterWaitsForTheDiskOnlyWhenTwiceTheUsualWaitsForIt() {
        int piece = 16 << 20;
        int full = (int) (GroupCommit.MOST / piece);
        ContentId id = new ContentId(Digest.sha256(new byte[0]), (long) piece * (full + 1));
        try (ContentStore store = open();
                StoredContent content = store.acquire(id, new PieceLayout(id.length(), piece))) {
            for (int i = 0; i < full - 1; i++) {
                content.commit(i);
            }
            assertThat(content.durable().isEmpty()).isTrue();
            content.commit(full - 1);
            assertThat(content.durable().count()).isEqualTo(full);
        }
    }

    @Test
    void onlyHeldBytesCanBeRead() {
        try (ContentStore store = open();
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            SAMPLE.put(content, 0);
            SAMPLE.put(content, 5);
            assertThat(SAMPLE.isTrue(content, 5)).isTrue();
            assertThat(SAMPLE.isTrue(content, 0)).isTrue();
            assertThatThrownBy(() -> content.read(PIECE - 1, ByteBuffer.allocate(2)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_HELD));
            assertThatThrownBy(() -> content.read(SAMPLE.id().length(), ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPieceThatWentBadIsGivenUpOnAComplaintAndCanBeFetchedAgain() throws IOException {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            damage(SAMPLE, 3L * PIECE + 5);
            try (StoredContent content = store.find(SAMPLE.id()).orElseThrow()) {
                assertThat(content.recheck(2)).isTrue();
                assertThat(content.recheck(3)).isFalse();
                assertThat(content.held().has(3)).isFalse();
                SAMPLE.put(content, 3);
                assertThat(content.verify().isEmpty()).isTrue();
            }
        }
    }

    @Test
    void verifyGivesUpExactlyWhatWentBad() throws IOException {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            damage(SAMPLE, 0);
            damage(SAMPLE, SAMPLE.id().length() - 1);
            try (StoredContent content = store.find(SAMPLE.id()).orElseThrow()) {
                PieceSet bad = content.verify();
                assertThat(bad.count()).isEqualTo(2);
                assertThat(bad.has(0) && bad.has(5)).isTrue();
                assertThat(content.held().count()).isEqualTo(4);
            }
        }
    }

    @Test
    void aGarbageMapIsNeverTrustedAndEverythingIsHashedAgain() throws IOException {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
        }
        damage(SAMPLE, 4L * PIECE);
        Files.write(contentFolder(SAMPLE).resolve("pieces"), new byte[8192]);
        try (ContentStore store = open();
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            assertThat(content.held().isEmpty()).isTrue();
            assertThat(content.recover().count()).isEqualTo(5);
            assertThat(content.held().has(4)).isFalse();
        }
    }

    @Test
    void aDataFileCutShortLosesThePiecesThatLayThere() throws IOException {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
        }
        try (FileChannel data = FileChannel.open(contentFolder(SAMPLE).resolve("data"), StandardOpenOption.WRITE)) {
            data.truncate(2L * PIECE + 1);
        }
        try (ContentStore store = open();
                StoredContent content = store.find(SAMPLE.id()).orElseThrow()) {
            assertThat(content.held().count()).isEqualTo(2);
        }
    }

    @Test
    void dataWrittenButNotCommittedIsRecoveredInsteadOfFetched() {
        try (ContentStore store = open();
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            content.saveLayer(SAMPLE.layer());
            try (WriteGrant grant = content.grant(SAMPLE.layout().piece(1)).orElseThrow()) {
                grant.write(PIECE, SAMPLE.at(SAMPLE.layout().piece(1)));
            }
            try (WriteGrant live = content.grant(SAMPLE.layout().piece(2)).orElseThrow()) {
                live.write(2L * PIECE, SAMPLE.at(new ByteRange(2L * PIECE, 10)));
                PieceSet found = content.recover();
                assertThat(found.count()).isOne();
                assertThat(found.has(1)).isTrue();
                assertThat(live.isLive()).isTrue();
            }
        }
    }

    @Test
    void contentOfOnePieceNeedsNoLayer() {
        try (ContentStore store = open();
                StoredContent content = store.acquire(SINGLE.id(), SINGLE.layout())) {
            SINGLE.put(content, 0);
            assertThat(content.recheck(0)).isTrue();
            assertThat(content.layer()).isPresent();
        }
    }

    @Test
    void withoutALayerThereIsNothingToJudgeBy() {
        try (ContentStore store = open();
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            SAMPLE.put(content, 0);
            assertThatThrownBy(content::verify)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NO_LAYER));
            assertThat(content.recover().isEmpty()).isTrue();
        }
    }

    @Test
    void anAlteredLayerOnTheDiskIsNoLayer() throws IOException {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            Path layer = contentFolder(SAMPLE).resolve("layer");
            byte[] bytes = Files.readAllBytes(layer);
            bytes[40] ^= 1;
            Files.write(layer, bytes);
            try (StoredContent content = store.find(SAMPLE.id()).orElseThrow()) {
                assertThat(content.layer()).isEmpty();
                assertThat(content.held().isFull()).isTrue();
            }
        }
    }

    @Test
    void inPiecesOfAnotherLengthTheSameBytesAreRecovered() {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            Sample finer = Sample.of(3, 5 * PIECE + 17, PIECE / 2);
            assertThat(finer.id()).isEqualTo(SAMPLE.id());
            try (StoredContent content = store.acquire(finer.id(), finer.layout())) {
                assertThat(content.held().isEmpty()).isTrue();
                assertThatThrownBy(() -> store.acquire(SAMPLE.id(), SAMPLE.layout()))
                        .isInstanceOfSatisfying(
                                StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.IN_USE));
                content.saveLayer(finer.layer());
                assertThat(content.recover().isFull()).isTrue();
            }
        }
    }

    @Test
    void whatIsInUseIsNeitherRemovedNorEvicted() {
        CacheLimits nothing = new CacheLimits(Optional.of(Duration.ZERO), 0);
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            fill(store, OTHER);
            try (StoredContent _ = store.find(SAMPLE.id()).orElseThrow()) {
                assertThat(store.remove(SAMPLE.id(), _ -> {})).isEqualTo(ContentStore.Removal.IN_USE);
                assertThat(store.evict(nothing, _ -> {}))
                        .extracting(Eviction::id)
                        .containsExactly(OTHER.id());
            }
            assertThat(store.pin(SAMPLE.id(), true)).isTrue();
            assertThat(store.evict(nothing, _ -> {})).isEmpty();
            assertThat(store.pin(SAMPLE.id(), false)).isTrue();
            assertThat(store.evict(nothing, _ -> {})).extracting(Eviction::id).containsExactly(SAMPLE.id());
            assertThat(store.list()).isEmpty();
            assertThat(store.remove(SAMPLE.id(), _ -> {})).isEqualTo(ContentStore.Removal.NOT_HELD);
            assertThat(contentFolder(SAMPLE)).doesNotExist();
        }
    }

    @Test
    void aPinOutlivesARestart() {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            store.pin(SAMPLE.id(), true);
        }
        try (ContentStore store = open()) {
            assertThat(store.list()).extracting(e -> e.meta().pinned()).containsExactly(true);
        }
    }

    @Test
    void theListSaysWhatIsHeld() {
        try (ContentStore store = open();
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            SAMPLE.put(content, 5);
            SAMPLE.put(content, 1);
            CacheEntry entry = store.list().getFirst();
            assertThat(entry.heldPieces()).isEqualTo(2);
            assertThat(entry.bytes()).isEqualTo(PIECE + 17);
            assertThat(entry.inUse()).isTrue();
        }
    }

    @Test
    void touchingMovesAContentToTheEndOfTheQueue() {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            today = today.plusSeconds(60);
            fill(store, OTHER);
            today = today.plusSeconds(60);
            assertThat(store.touch(SAMPLE.id())).isTrue();
            CacheLimits one = new CacheLimits(Optional.empty(), SAMPLE.id().length());
            assertThat(store.evict(one, _ -> {})).containsExactly(new Eviction(OTHER.id(), Eviction.Reason.SIZE));
        }
    }

    @Test
    void aSecondStoreInTheFolderIsRefusedWithTheHolder() {
        try (ContentStore _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FOLDER_IN_USE))
                    .hasMessageContaining("in use by this process")
                    .hasMessageContaining("--state");
        }
        open().close();
    }

    @Test
    void filesAndFoldersAreForTheirOwnerOnly() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX rights here");
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
        }
        try (Stream<Path> all = Files.walk(folder.resolve("state"))) {
            for (Path path : all.toList()) {
                String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertThat(rights).as("%s", path).isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void aLinkInPlaceOfAFileIsNotFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        try (ContentStore store = open()) {
            try (StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
                Path data = contentFolder(SAMPLE).resolve("data");
                Files.delete(data);
                Files.createSymbolicLink(data, victim);
                assertThatThrownBy(() -> SAMPLE.put(content, 0)).isInstanceOf(StoreException.class);
            }
        }
        assertThat(victim).hasContent("untouched");
    }

    @Test
    void foldersThatAreNoContentAreLeftAlone() throws IOException {
        open().close();
        Path stray = Files.createDirectory(folder.resolve("state/content/not-a-content"));
        try (ContentStore store = open()) {
            assertThat(store.list()).isEmpty();
        }
        assertThat(stray).exists();
    }

    @Test
    void manyContentsKeepFewFilesOpen() {
        SimulatedDisk disk = new SimulatedDisk();
        StoreOptions options = new StoreOptions(() -> now, () -> today, 3, false);
        try (ContentStore store = ContentStore.open(Path.of("/cache"), options, disk)) {
            for (int i = 0; i < 20; i++) {
                Sample sample = Sample.of(100 + i, 1000, PIECE);
                try (StoredContent content = store.acquire(sample.id(), sample.layout())) {
                    sample.put(content, 0);
                    assertThat(sample.isTrue(content, 0)).isTrue();
                }
            }
        }
        assertThat(disk.maxOpenFiles()).isLessThanOrEqualTo(3 + 2);
    }

    @Test
    void theEmptyContentAndForeignLayoutsAreRefused() {
        try (ContentStore store = open()) {
            assertThatThrownBy(() -> store.acquire(ContentId.EMPTY, PieceLayout.of(0)))
                    .isInstanceOf(IllegalArgumentException.class);
            ContentId id = new ContentId(Digest.sha256(new byte[1]), 10);
            assertThatThrownBy(() -> store.acquire(id, PieceLayout.of(11)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aClosedUseIsRefused() {
        try (ContentStore store = open()) {
            StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout());
            content.close();
            content.close();
            assertThatThrownBy(content::held).isInstanceOf(IllegalStateException.class);
            assertThat(store.list()).extracting(CacheEntry::inUse).containsExactly(false);
        }
    }

    @Test
    void aStoreOfItsOwnFlushesBySelf() throws InterruptedException {
        try (ContentStore store = ContentStore.open(folder.resolve("state"), StoreOptions.standard());
                StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout())) {
            for (int piece = 0; piece < 2; piece++) {
                SAMPLE.put(content, piece);
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (!content.durable().has(piece) && System.nanoTime() < deadline) {
                    Thread.sleep(10);
                }
                assertThat(content.durable().has(piece)).isTrue();
            }
        }
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheFileForOthers() throws InterruptedException {
        try (ContentStore store = open()) {
            fill(store, SAMPLE);
            try (StoredContent content = store.find(SAMPLE.id()).orElseThrow()) {
                boolean[] result = new boolean[2];
                Thread reader = Thread.ofVirtual().start(() -> {
                    Thread.currentThread().interrupt();
                    result[0] = SAMPLE.isTrue(content, 1);
                    result[1] = Thread.currentThread().isInterrupted();
                });
                reader.join();
                assertThat(result).containsExactly(true, true);
                assertThat(SAMPLE.isTrue(content, 1)).isTrue();
            }
        }
    }

    private ContentStore open() {
        return ContentStore.open(folder.resolve("state"), new StoreOptions(() -> now, () -> today, 4, false));
    }

    private static void fill(ContentStore store, Sample sample) {
        try (StoredContent content = store.acquire(sample.id(), sample.layout())) {
            content.saveLayer(sample.layer());
            for (int piece = 0; piece < sample.pieces(); piece++) {
                sample.put(content, piece);
            }
        }
    }

    private Path contentFolder(Sample sample) {
        return folder.resolve("state/content").resolve(FolderName.of(sample.id()));
    }

    private void damage(Sample sample, long offset) throws IOException {
        try (FileChannel data = FileChannel.open(
                contentFolder(sample).resolve("data"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            data.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            data.write(one, offset);
        }
    }
}
