package dev.byway.agent.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A disk in memory that keeps exactly what {@link Disk} promises and no more.
 *
 * <p>Every file and folder is there twice: as programs see it, and as it is safe on the disk. After {@link #restart} only
 * the safe one is left, with an arbitrary part of what had not been forced: of a file any 512-byte sectors of any writes,
 * some of them garbage; of a folder the first so many changes.
 *
 * <p>Every operation that changes something or forces is a <i>step</i>. Power can be cut at a step, which throws {@link
 * PowerCut} then and ever after; a step can be made to fail. A failed force throws away what it should have made safe, as
 * Linux does: programs still see it, the next force succeeds, and it is not on the disk.
 */
final class SimulatedDisk implements Disk {
    static final int SECTOR = 512;

    /** The machine has no power: nothing works until {@link #restart}. */
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Decides about a step before it happens. */
    interface Fault {
        Optional<IOException> at(int step, String operation);
    }

    private sealed interface Node {}

    private static final class FileNode implements Node {
        private byte[] seen = new byte[0];
        private byte[] safe = new byte[0];
        private List<Write> unforced = new ArrayList<>();
    }

    private static final class Write {
        private final int position;
        private final byte[] bytes;

        Write(int position, byte[] bytes) {
            this.position = position;
            this.bytes = bytes;
        }
    }

    private static final class FolderNode implements Node {
        private Map<String, Node> seen = new HashMap<>();
        private Map<String, Node> safe = new HashMap<>();
        private List<Change> unforced = new ArrayList<>();

        void change(Change change) {
            change.applyTo(seen);
            unforced.add(change);
        }
    }

    private interface Change {
        void applyTo(Map<String, Node> names);
    }

    private final FolderNode root = new FolderNode();
    private Fault fault = (step, operation) -> Optional.empty();
    private volatile Runnable beforeWrite = () -> {};
    private int steps;
    private int cutAt = Integer.MAX_VALUE;
    private boolean off;
    private boolean locked;
    private int openFiles;
    private int maxOpenFiles;

    int steps() {
        return steps;
    }

    int maxOpenFiles() {
        return maxOpenFiles;
    }

    boolean isOff() {
        return off;
    }

    void cutPowerAt(int step) {
        cutAt = step;
    }

    void failWith(Fault how) {
        fault = how;
    }

    /** Runs before each write, outside the disk's own lock. */
    void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    void work() {
        fault = (step, operation) -> Optional.empty();
    }

    /** Power is back; what was not safe is there in part. */
    synchronized void restart(Random random) {
        settle(root, random);
        off = false;
        locked = false;
        cutAt = Integer.MAX_VALUE;
        work();
    }

    /** Turns bits of a file where it lies, as bad sectors do. */
    synchronized void rot(Path path, int position) throws IOException {
        FileNode file = file(path);
        file.seen[position] ^= 1;
        if (position < file.safe.length) {
            file.safe[position] ^= 1;
        }
        for (Write write : file.unforced) {
            if (position >= write.position && position < write.position + write.bytes.length) {
                write.bytes[position - write.position] ^= 1;
            }
        }
    }

    /** Puts bytes into a file, safely. */
    synchronized void plant(Path path, byte[] bytes) throws IOException {
        FileNode file = file(path);
        file.seen = bytes.clone();
        file.safe = bytes.clone();
        file.unforced.clear();
    }

    synchronized byte[] bytes(Path path) throws IOException {
        return file(path).seen.clone();
    }

    private static void settle(FolderNode folder, Random random) {
        int kept = random.nextInt(folder.unforced.size() + 1);
        folder.unforced.subList(0, kept).forEach(change -> change.applyTo(folder.safe));
        folder.unforced = new ArrayList<>();
        folder.seen = new HashMap<>(folder.safe);
        for (Node node : folder.seen.values()) {
            switch (node) {
                case FolderNode inner -> settle(inner, random);
                case FileNode file -> settle(file, random);
            }
        }
    }

    private static void settle(FileNode file, Random random) {
        for (Write write : file.unforced) {
            switch (random.nextInt(4)) {
                case 0 -> file.safe = written(file.safe, write.position, write.bytes, 0, write.bytes.length);
                case 1 -> tear(file, write, random);
                default -> {}
            }
        }
        file.unforced = new ArrayList<>();
        file.seen = file.safe.clone();
    }

    private static void tear(FileNode file, Write write, Random random) {
        for (int from = 0; from < write.bytes.length; ) {
            int to = Math.min(write.bytes.length, from + SECTOR - (write.position + from) % SECTOR);
            byte[] bytes = write.bytes.clone();
            switch (random.nextInt(5)) {
                case 0, 1 -> file.safe = written(file.safe, write.position, bytes, from, to);
                case 2 -> {
                    random.nextBytes(bytes);
                    file.safe = written(file.safe, write.position, bytes, from, to);
                }
                default -> {}
            }
            from = to;
        }
    }

    private static byte[] written(byte[] old, int position, byte[] bytes, int from, int to) {
        byte[] result = Arrays.copyOf(old, Math.max(old.length, position + to));
        System.arraycopy(bytes, from, result, position + from, to - from);
        return result;
    }

    private void step(String operation) throws IOException {
        requirePower();
        steps++;
        if (steps >= cutAt) {
            off = true;
            throw new PowerCut();
        }
        Optional<IOException> failure = fault.at(steps, operation);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** A change that fails does not happen; one at which power is cut may have. */
    private void change(FolderNode folder, Change change, String operation) throws IOException {
        requirePower();
        try {
            step(operation);
        } catch (PowerCut cut) {
            folder.change(change);
            throw cut;
        }
        folder.change(change);
    }

    private void requirePower() {
        if (off) {
            throw new PowerCut();
        }
    }

    @Override
    public synchronized Path prepareRoot(Path folder) throws IOException {
        requirePower();
        if (!root.seen.containsKey(folder.toString())) {
            root.change(names -> names.put(folder.toString(), new FolderNode()));
            root.safe = new HashMap<>(root.seen);
            root.unforced.clear();
        }
        return folder;
    }

    @Override
    public synchronized Lock lock(Path file) {
        requirePower();
        if (locked) {
            return new Lock.Busy("process 4711");
        }
        locked = true;
        Closeable release = () -> locked = false;
        return new Lock.Held(release);
    }

    @Override
    public synchronized boolean createFolder(Path path) throws IOException {
        FolderNode parent = parent(path);
        Node there = parent.seen.get(name(path));
        if (there instanceof FileNode) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (there == null) {
            FolderNode fresh = new FolderNode();
            change(parent, names -> names.put(name(path), fresh), "create folder " + path);
        }
        return there == null;
    }

    @Override
    public synchronized List<Entry> list(Path folder) throws IOException {
        requirePower();
        return folder(folder).seen.entrySet().stream()
                .map(e -> new Entry(e.getKey(), e.getValue() instanceof FolderNode))
                .toList();
    }

    @Override
    public synchronized OptionalLong size(Path path) throws IOException {
        requirePower();
        return parent(path).seen.get(name(path)) instanceof FileNode file
                ? OptionalLong.of(file.seen.length)
                : OptionalLong.empty();
    }

    @Override
    public synchronized DiskFile open(Path path, Access access) throws IOException {
        requirePower();
        FolderNode parent = parent(path);
        if (access == Access.WRITE && !parent.seen.containsKey(name(path))) {
            FileNode fresh = new FileNode();
            change(parent, names -> names.put(name(path), fresh), "create " + path);
        }
        openFiles++;
        maxOpenFiles = Math.max(maxOpenFiles, openFiles);
        return new OpenFile(path, file(path));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        FolderNode parent = parent(from);
        Node node = parent.seen.get(name(from));
        if (node == null) {
            throw new NoSuchFileException(from.toString());
        }
        if (parent.seen.get(name(to)) instanceof FolderNode) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Change move = names -> {
            names.remove(name(from));
            names.put(name(to), node);
        };
        change(parent, move, "rename " + from);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        requirePower();
        FolderNode parent = parent(path);
        Node node = parent.seen.get(name(path));
        if (node instanceof FolderNode folder && !folder.seen.isEmpty()) {
            throw new IOException(path + " is not empty");
        }
        if (node != null) {
            change(parent, names -> names.remove(name(path)), "delete " + path);
        }
    }

    @Override
    public synchronized void forceFolder(Path path) throws IOException {
        FolderNode folder = folder(path);
        step("force " + path);
        folder.safe = new HashMap<>(folder.seen);
        folder.unforced.clear();
    }

    @Override
    public long usableSpace(Path folder) {
        return 1L << 40;
    }

    private FolderNode parent(Path path) throws IOException {
        return folder(SmallFiles.folderOf(path));
    }

    private FolderNode folder(Path path) throws IOException {
        Node top = root.seen.get(path.toString());
        if (top instanceof FolderNode folder) {
            return folder;
        }
        if (path.getParent() == null) {
            throw new NoSuchFileException(path.toString());
        }
        Node node = parent(path).seen.get(name(path));
        return switch (node) {
            case FolderNode folder -> folder;
            case FileNode _ -> throw new NotDirectoryException(path.toString());
            case null -> throw new NoSuchFileException(path.toString());
        };
    }

    private FileNode file(Path path) throws IOException {
        if (parent(path).seen.get(name(path)) instanceof FileNode file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private final class OpenFile implements DiskFile {
        private final Path path;
        private final FileNode file;
        private boolean closed;

        OpenFile(Path path, FileNode file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requirePower();
                requireOpen();
                if (position >= file.seen.length) {
                    return -1;
                }
                int count = (int) Math.min(into.remaining(), file.seen.length - position);
                into.put(file.seen, (int) position, count);
                return count;
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            beforeWrite.run();
            synchronized (SimulatedDisk.this) {
                requirePower();
                requireOpen();
                byte[] bytes = new byte[from.remaining()];
                from.get(bytes);
                Optional<IOException> failure = Optional.empty();
                try {
                    step("write " + path);
                } catch (PowerCut cut) {
                    file.unforced.add(new Write((int) position, bytes));
                    throw cut;
                } catch (IOException e) {
                    bytes = Arrays.copyOf(bytes, bytes.length / 2);
                    failure = Optional.of(e);
                }
                file.seen = written(file.seen, (int) position, bytes, 0, bytes.length);
                file.unforced.add(new Write((int) position, bytes));
                if (failure.isPresent()) {
                    throw failure.get();
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                try {
                    step("force " + path);
                } catch (IOException e) {
                    file.unforced.clear();
                    throw e;
                }
                for (Write write : file.unforced) {
                    file.safe = written(file.safe, write.position, write.bytes, 0, write.bytes.length);
                }
                file.unforced.clear();
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                return file.seen.length;
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedDisk.this) {
                if (!closed) {
                    closed = true;
                    openFiles--;
                }
            }
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new IOException(path + " is closed");
            }
        }
    }
}
