package dev.byway.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file of the local system.
 *
 * <p>A {@link FileChannel} closes itself when a thread that uses it is interrupted, for all its users. Here the file is
 * opened again, the operation repeated, and the interrupt kept for whoever waits next.
 */
final class LocalFile implements DiskFile {
    /** Bytes given to the system at once: the JDK keeps a native copy of this size for each carrier thread. */
    private static final int CHUNK = 128 * 1024;

    private static final int MAX_REOPENINGS = 100;

    private final Path path;
    private final Set<OpenOption> again;
    private FileChannel channel;
    private boolean closed;

    LocalFile(Path path, FileChannel channel, Disk.Access access) {
        this.path = path;
        this.channel = channel;
        this.again = switch (access) {
            case READ -> Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        };
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        ByteBuffer part = into.slice(into.position(), Math.min(CHUNK, into.remaining()));
        int count = uninterrupted(open -> open.read(part, position));
        into.position(into.position() + Math.max(0, count));
        return count;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            ByteBuffer part = from.slice(from.position(), Math.min(CHUNK, from.remaining()));
            long to = at;
            int count = uninterrupted(open -> open.write(part, to));
            from.position(from.position() + count);
            at += count;
        }
    }

    @Override
    public void force() throws IOException {
        uninterrupted(open -> {
            open.force(false);
            return 0;
        });
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private interface Operation<T> {
        T on(FileChannel channel) throws IOException;
    }

    private <T> T uninterrupted(Operation<T> operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 0; ; attempt++) {
                FileChannel open = channel();
                try {
                    return operation.on(open);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    if (attempt == MAX_REOPENINGS) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized FileChannel channel() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, again);
        }
        return channel;
    }
}
