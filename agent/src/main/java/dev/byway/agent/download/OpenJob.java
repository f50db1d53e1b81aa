package dev.byway.agent.download;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.MovedException;
import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;

/** One user's handle on a download. */
final class OpenJob implements Job {
    private static final int BUFFER = 128 * 1024;

    private final String id;
    private final UrlDownload download;
    private final Downloads owner;
    private Optional<SpoolReader> reader = Optional.empty();

    OpenJob(String id, UrlDownload download, Downloads owner) {
        this.id = id;
        this.download = download;
        this.owner = owner;
    }

    UrlDownload download() {
        return download;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public JobStatus status() {
        return download.board().status();
    }

    @Override
    public JobStatus await(long version, Duration atMost) throws InterruptedException {
        return download.board().await(version, atMost);
    }

    @Override
    public void read(ByteRange range, WritableByteChannel to) throws IOException {
        try {
            Optional<StoredContent> stored = download.stored();
            if (stored.isPresent()) {
                readStored(stored.get(), range, to);
            } else {
                readSpool(range, to);
            }
        } catch (StoreException e) {
            throw switch (e.kind()) {
                case NOT_HELD, ABANDONED -> new MovedException(String.valueOf(e.getMessage()), e);
                default -> new IOException(e.getMessage(), e);
            };
        } catch (IllegalStateException e) {
            // The content was let go of meanwhile, for another that took its place.
            throw new MovedException(
                    String.valueOf(e.getMessage()), new StoreException(StoreException.Kind.NOT_HELD, "it is gone"));
        }
    }

    private static void readStored(StoredContent stored, ByteRange range, WritableByteChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, range.length()));
        for (long at = range.offset(); at < range.end(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), range.end() - at));
            stored.read(at, buffer);
            to.write(buffer.flip());
        }
    }

    private synchronized void readSpool(ByteRange range, WritableByteChannel to) throws IOException {
        if (reader.filter(r -> r.position() == range.offset()).isEmpty()) {
            reader.ifPresent(SpoolReader::close);
            reader = Optional.of(download.newReader());
        }
        SpoolReader from = reader.orElseThrow();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.position() < range.end()) {
                long skip = range.offset() - from.position();
                long most = skip > 0 ? skip : range.end() - from.position();
                from.read(buffer.clear().limit((int) Math.min(BUFFER, most)));
                buffer.flip();
                while (skip <= 0 && buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What was read so far is given from another place now: the old one is not kept open for this job. */
    synchronized void letGo() {
        reader.ifPresent(SpoolReader::close);
        reader = Optional.empty();
    }

    @Override
    public void close() {
        synchronized (this) {
            reader.ifPresent(SpoolReader::close);
            reader = Optional.empty();
        }
        owner.close(this);
    }
}
