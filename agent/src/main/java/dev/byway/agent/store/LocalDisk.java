package dev.byway.agent.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The file system of this machine. On POSIX systems files are 0600 and folders 0700, whatever the umask allows. */
final class LocalDisk implements Disk {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final boolean posix;

    LocalDisk(Path anywhere) {
        this.posix = anywhere.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public Path prepareRoot(Path folder) throws IOException {
        Files.createDirectories(folder, rights(FOLDER));
        Path real = folder.toRealPath();
        if (posix) {
            requireOurs(real);
            Files.setPosixFilePermissions(real, FOLDER);
        }
        return real;
    }

    /** Who we are is whoever owns what we make: no look-up by name, right also in containers. */
    private static void requireOurs(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "owner", ".probe");
        UserPrincipal us = Files.getOwner(probe);
        Files.delete(probe);
        UserPrincipal owner = Files.getOwner(folder);
        if (!owner.equals(us)) {
            throw new StoreException(
                    StoreException.Kind.FOLDER_NOT_OURS,
                    "the state folder " + folder + " belongs to " + owner + ", not to " + us
                            + ": choose another one with --state or cache.dir, or change its owner");
        }
    }

    @Override
    public Lock lock(Path file) throws IOException {
        return FolderLock.take(file, rights(FILE));
    }

    @Override
    public boolean createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, rights(FOLDER));
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public List<Entry> list(Path folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            for (Path name : names) {
                boolean isFolder = Files.isDirectory(name, LinkOption.NOFOLLOW_LINKS);
                entries.add(new Entry(name.getFileName().toString(), isFolder));
            }
        }
        return entries;
    }

    @Override
    public OptionalLong size(Path file) throws IOException {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return facts.isRegularFile() ? OptionalLong.of(facts.size()) : OptionalLong.empty();
        } catch (NoSuchFileException _) {
            return OptionalLong.empty();
        }
    }

    @Override
    public DiskFile open(Path file, Access access) throws IOException {
        Set<OpenOption> options = switch (access) {
            case READ -> Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            case WRITE ->
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.SPARSE,
                        LinkOption.NOFOLLOW_LINKS);
        };
        FileAttribute<?>[] attributes = access == Access.WRITE ? rights(FILE) : new FileAttribute<?>[0];
        return new LocalFile(file, FileChannel.open(file, options, attributes), access);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            throw new IOException(path + " is not empty: something else put a file there", e);
        }
    }

    /** Windows has no such call, and its journal keeps names in order. */
    @Override
    public void forceFolder(Path folder) throws IOException {
        if (posix) {
            try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
                open.force(true);
            }
        }
    }

    @Override
    public long usableSpace(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private FileAttribute<?>[] rights(Set<PosixFilePermission> rights) {
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)} : new FileAttribute<?>[0];
    }
}
