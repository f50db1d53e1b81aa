package dev.byway.agent.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.Set;

/**
 * The lock that keeps a second program off a folder. The system drops it when the process ends, however it ends.
 *
 * <p>The process's number stands in the file for others to read; the locked byte lies far behind it, because on Windows
 * nobody else can read a locked one.
 */
final class FolderLock {
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int MAX_PID_BYTES = 20;

    /**
     * The locks of this process. POSIX locks belong to processes, and closing <i>any</i> open file of the same name
     * drops them: a second attempt in one process must not even open the file. So this set is as wide as the process.
     */
    private static final Set<Path> OURS = new HashSet<>();

    private FolderLock() {}

    static Disk.Lock take(Path file, FileAttribute<?>... rights) throws IOException {
        synchronized (OURS) {
            if (!OURS.add(file)) {
                return new Disk.Lock.Busy("this process");
            }
            Disk.Lock lock = new Disk.Lock.Busy("another process");
            try {
                lock = takeFromOthers(file, rights);
                return lock;
            } finally {
                if (lock instanceof Disk.Lock.Busy) {
                    OURS.remove(file);
                }
            }
        }
    }

    private static Disk.Lock takeFromOthers(Path file, FileAttribute<?>... rights) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        LinkOption.NOFOLLOW_LINKS),
                rights);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                return new Disk.Lock.Busy(holder(channel));
            }
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            taken = true;
            return new Disk.Lock.Held(release(file, channel));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static Closeable release(Path file, FileChannel channel) {
        return () -> {
            synchronized (OURS) {
                channel.close();
                OURS.remove(file);
            }
        };
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
        int count = channel.read(text, 0);
        String pid = new String(text.array(), 0, Math.max(0, count), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]{1,19}") ? "process " + pid : "another process";
    }
}
