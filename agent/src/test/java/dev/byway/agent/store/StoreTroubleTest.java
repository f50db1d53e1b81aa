package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Disks that are full, read-only, gone or broken. */
class StoreTroubleTest {
    private static final int PIECE = 16 * 1024;
    private static final Sample SAMPLE = Sample.of(11, 4 * PIECE, PIECE);
    private static final Path WHERE = Path.of("/cache/x");

    private final SimulatedDisk disk = new SimulatedDisk();
    private final ContentStore store = open();
    private final StoredContent content = store.acquire(SAMPLE.id(), SAMPLE.layout());

    @Test
    void aFailedFlushOfDataGivesUpWhatWasNotDurableAndKeepsTheRestReadable() {
        SAMPLE.put(content, 0);
        content.flush();
        SAMPLE.put(content, 1);
        WriteGrant running = content.grant(SAMPLE.layout().piece(2)).orElseThrow();
        failForces("data");
        assertThatThrownBy(content::flush).isInstanceOf(StoreException.class);
        disk.work();
        assertThat(content.held()).isEqualTo(content.durable());
        assertThat(content.held().has(0)).isTrue();
        assertThat(SAMPLE.isTrue(content, 0)).isTrue();
        assertThat(running.write(2L * PIECE, ByteBuffer.allocate(1))).isFalse();
        assertThat(content.trouble()).isPresent();
        assertThatThrownBy(() -> content.grant(SAMPLE.layout().piece(1))).isInstanceOf(StoreException.class);
        content.resume();
        SAMPLE.put(content, 1);
        content.flush();
        assertThat(content.durable().has(1)).isTrue();
    }

    @Test
    void aFailedWriteOfTheMapKeepsThePiecesAndTriesAgain() {
        SAMPLE.put(content, 3);
        content.flush();
        SAMPLE.put(content, 0);
        failForces("pieces");
        assertThatThrownBy(content::flush).isInstanceOf(StoreException.class);
        assertThat(content.held().has(0)).isTrue();
        assertThat(content.durable().has(0)).isFalse();
        disk.work();
        content.flush();
        assertThat(content.durable().has(0)).isTrue();
    }

    @Test
    void inANewFolderNothingWaitsForTheDiskBeforeTheFirstPieceIsToBeDurable() {
        disk.failWith((step, operation) ->
                operation.startsWith("force") ? Optional.of(new IOException("Input/output error")) : Optional.empty());
        Sample other = Sample.of(12, 4 * PIECE, PIECE);
        StoredContent fresh = store.acquire(other.id(), other.layout());
        other.put(fresh, 0);
        assertThat(fresh.held().has(0)).isTrue();
        assertThat(fresh.durable().isEmpty()).isTrue();
        assertThatThrownBy(fresh::flush).isInstanceOf(StoreException.class);
        disk.work();
    }

    @Test
    void aFolderWhoseNameIsNotSafeHoldsNothingDurable() {
        SAMPLE.put(content, 0);
        failForces("content");
        assertThatThrownBy(content::flush).isInstanceOf(StoreException.class);
        assertThat(content.held().has(0)).isTrue();
        assertThat(content.durable().has(0)).isFalse();
        disk.work();
        content.flush();
        assertThat(content.durable().has(0)).isTrue();
        disk.restart(new Random(1));
        try (ContentStore next = open();
                StoredContent again = next.acquire(SAMPLE.id(), SAMPLE.layout())) {
            assertThat(again.held().has(0)).isTrue();
        }
    }

    @Test
    void aMapThatOnlyTheSystemsMemoryHasIsNotCalledDurable() {
        SAMPLE.put(content, 3);
        content.flush();
        SAMPLE.put(content, 0);
        failForces("pieces");
        assertThatThrownBy(content::flush).isInstanceOf(StoreException.class);
        assertThatThrownBy(store::close).isInstanceOf(StoreException.class);
        disk.work();
        PieceSet durable;
        try (ContentStore next = open();
                StoredContent again = next.acquire(SAMPLE.id(), SAMPLE.layout())) {
            durable = again.durable();
        }
        disk.restart(new Random(1));
        try (ContentStore last = open();
                StoredContent after = last.acquire(SAMPLE.id(), SAMPLE.layout())) {
            assertThat(after.held()).isEqualTo(durable);
        }
    }

    /** The drop of a piece reached the system's memory only, the process ended, and the next one writes to the piece. */
    @Test
    void aClaimThatOnlyTheDiskRemembersIsTakenBackBeforeThePieceIsWritten() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            SimulatedDisk failing = new SimulatedDisk();
            try (ContentStore first = open(failing);
                    StoredContent held = first.acquire(SAMPLE.id(), SAMPLE.layout())) {
                held.saveLayer(SAMPLE.layer());
                SAMPLE.put(held, 0);
                held.flush();
                failing.rot(Path.of("/cache/content").resolve(FolderName.of(SAMPLE.id()) + "/data"), 1);
                failing.failWith(forcesOf("pieces"));
                assertThatThrownBy(() -> held.recheck(0)).isInstanceOf(StoreException.class);
            }
            failing.work();
            ContentStore second = open(failing);
            SAMPLE.begin(second.acquire(SAMPLE.id(), SAMPLE.layout()), 0, new Random(seed));
            failing.restart(new Random(seed));
            try (ContentStore third = open(failing);
                    StoredContent after = third.acquire(SAMPLE.id(), SAMPLE.layout())) {
                assertThat(after.held().has(0)).isFalse();
            }
        }
    }

    @Test
    void troubleWhileFlushingByItselfIsMetByWhoeverFlushesNext() {
        SAMPLE.put(content, 3);
        content.flush();
        SAMPLE.put(content, 0);
        failForces("pieces");
        store.commitDue();
        assertThatThrownBy(content::flush).isInstanceOf(StoreException.class);
        disk.work();
    }

    @Test
    void aStoreThatCannotBeClosedWellFreesItsFolderAllTheSame() {
        SAMPLE.put(content, 0);
        failForces("data");
        assertThatThrownBy(store::close).isInstanceOf(StoreException.class);
        disk.work();
        ContentStore.open(Path.of("/cache"), StoreOptions.standard(), disk).close();
    }

    @Test
    void theFolderOfAnotherProgramIsNamedWithItsHolder() {
        assertThatThrownBy(() -> ContentStore.open(Path.of("/cache"), StoreOptions.standard(), disk))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("process 4711");
    }

    @Test
    void everyTroubleHasItsKindAndSaysWhatToDo() {
        assertThat(of(new IOException("No space left on device")).kind()).isEqualTo(StoreException.Kind.DISK_FULL);
        assertThat(of(new FileSystemException("x", null, "Disk quota exceeded")).kind())
                .isEqualTo(StoreException.Kind.DISK_FULL);
        assertThat(of(new IOException("There is not enough space on the disk")).kind())
                .isEqualTo(StoreException.Kind.DISK_FULL);
        assertThat(of(new FileSystemException("x", null, "Read-only file system"))
                        .kind())
                .isEqualTo(StoreException.Kind.READ_ONLY);
        assertThat(of(new AccessDeniedException("x")).kind()).isEqualTo(StoreException.Kind.DENIED);
        assertThat(of(new NoSuchFileException("x")).kind()).isEqualTo(StoreException.Kind.VANISHED);
        assertThat(of(new IOException("Input/output error")))
                .hasMessageContaining("/cache/x")
                .hasMessageContaining("Input/output error")
                .hasMessageContaining("check the disk");
    }

    @Test
    void theMessageOfARealFullDiskIsUnderstood() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        try (FileChannel device = FileChannel.open(full, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> device.write(ByteBuffer.allocate(1)))
                    .isInstanceOfSatisfying(
                            IOException.class, e -> assertThat(of(e).kind()).isEqualTo(StoreException.Kind.DISK_FULL));
        }
    }

    private void failForces(String file) {
        disk.failWith(forcesOf(file));
    }

    private static SimulatedDisk.Fault forcesOf(String file) {
        return (step, operation) -> operation.startsWith("force") && operation.endsWith("/" + file)
                ? Optional.of(new IOException("Input/output error"))
                : Optional.empty();
    }

    private ContentStore open() {
        return open(disk);
    }

    private static ContentStore open(SimulatedDisk disk) {
        return ContentStore.open(
                Path.of("/cache"), new StoreOptions(() -> Moment.ZERO, () -> Instant.EPOCH, 8, false), disk);
    }

    private static StoreException of(IOException trouble) {
        return StoreException.of("write", WHERE, trouble);
    }
}
