package dev.byway.agent.download;

import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoreException;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.TreeHasher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Follows a file that is being fetched, and finds out what it is: its SHA-256 and its tree, on a thread of its own, so that hardly
 * anything is left to do when the last byte has come. A file that is begun again is followed again.
 */
final class FollowingHasher implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Supplier<SpoolReader> readers;
    private final CompletableFuture<Optional<HashedContent>> found = new CompletableFuture<>();
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param readers makes one from the first byte on
     */
    FollowingHasher(Supplier<SpoolReader> readers) {
        this.readers = readers;
        Thread.ofVirtual().name("byway-follow").start(this::run);
    }

    /** What the file was; empty when it was not fetched to its end. */
    CompletableFuture<Optional<HashedContent>> found() {
        return found;
    }

    /** Nothing more will come. */
    @Override
    public void close() {
        over = true;
        found.complete(Optional.empty());
    }

    private void run() {
        try {
            while (!over) {
                follow().ifPresent(whole -> found.complete(Optional.of(whole)));
                if (found.isDone()) {
                    return;
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException _) {
            // the download itself tells what is wrong with the disk
        } finally {
            found.complete(Optional.empty());
        }
    }

    /** Empty when the file is begun again, or will not be complete. */
    private Optional<HashedContent> follow() throws InterruptedException {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (SpoolReader reader = readers.get()) {
            while (reader.read(buffer.clear()) >= 0) {
                hasher.update(buffer.flip());
            }
            return Optional.of(hasher.finish());
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.ABANDONED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
