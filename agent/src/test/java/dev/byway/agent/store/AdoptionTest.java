package dev.byway.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.PieceLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptionTest {
    private static final int PIECE = 4 * PieceLayout.BLOCK;
    private static final Sample OLD = Sample.of(1, 6 * PIECE + 100, PIECE);

    @TempDir
    Path folder;

    private static Sample changed(int at) {
        byte[] bytes = OLD.bytes().array().clone();
        bytes[at]++;
        return Sample.of(bytes, PIECE);
    }

    private static void fill(StoredContent content, Sample sample) {
        content.saveLayer(sample.layer());
        for (int piece = 0; piece < sample.pieces(); piece++) {
            sample.put(content, piece);
        }
    }

    @Test
    void ofANewVersionWithOneByteChangedOnePieceIsMissing() {
        Sample fresh = changed(2 * PIECE + 5);
        try (ContentStore store = ContentStore.open(folder, StoreOptions.standard())) {
            try (StoredContent old = store.acquire(OLD.id(), OLD.layout())) {
                fill(old, OLD);
            }
            try (StoredContent content = store.acquire(fresh.id(), fresh.layout())) {
                assertThat(content.adopt(fresh.layer(), store).count()).isEqualTo(fresh.pieces() - 1);
                assertThat(content.held().has(2)).isFalse();
                for (int piece = 0; piece < fresh.pieces(); piece++) {
                    assertThat(piece == 2 || fresh.isTrue(content, piece)).isTrue();
                }
            }
        }
    }

    @Test
    void whatRottedInTheOldOneIsNotTakenOver() throws Exception {
        Sample fresh = changed(0);
        try (ContentStore store = ContentStore.open(folder, StoreOptions.standard());
                StoredContent old = store.acquire(OLD.id(), OLD.layout())) {
            fill(old, OLD);
            old.flush();
            damage(4 * PIECE + 1);
            try (StoredContent content = store.acquire(fresh.id(), fresh.layout())) {
                content.adopt(fresh.layer(), store);
                assertThat(content.held().has(0)).isFalse();
                assertThat(content.held().has(4)).isFalse();
                assertThat(content.held().count()).isEqualTo(fresh.pieces() - 2);
            }
        }
    }

    private void damage(long at) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            Path data = files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() == OLD.bytes().capacity())
                    .findFirst()
                    .orElseThrow();
            try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), at);
            }
        }
    }

    @Test
    void equalPiecesOfOneFileAreAllFound() {
        Sample zeros = Sample.of(new byte[5 * PIECE], PIECE);
        Sample more = Sample.of(new byte[9 * PIECE], PIECE);
        try (ContentStore store = ContentStore.open(folder, StoreOptions.standard())) {
            try (StoredContent content = store.acquire(zeros.id(), zeros.layout())) {
                content.saveLayer(zeros.layer());
                zeros.put(content, 3);
            }
            try (StoredContent content = store.acquire(more.id(), more.layout())) {
                assertThat(content.adopt(more.layer(), store).isFull()).isTrue();
            }
        }
    }
}
