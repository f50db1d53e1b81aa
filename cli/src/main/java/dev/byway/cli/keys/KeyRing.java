package dev.byway.cli.keys;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The signing keys in the folder {@code keys} of the state folder: {@code NAME.pem} holds a private key, readable by its owner
 * only.
 */
public final class KeyRing {
    /** The name of the key that is made when none is named. */
    public static final String DEFAULT_NAME = "publisher";

    private static final String SUFFIX = ".pem";
    private static final int MAX_BYTES = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String OWNER_ONLY_FILE = "rw-------";
    private static final String OWNER_ONLY_FOLDER = "rwx------";

    private final Path folder;

    /** The keys of this state folder. */
    public KeyRing(Path state) {
        this.folder = state.resolve("keys");
    }

    /**
     * A key and what it is called.
     *
     * @param name in the ring, or the path of a key elsewhere
     * @param file where it lies
     */
    public record Entry(String name, Path file, SigningKey key) {
        /** The public half, with its name for people. */
        public PublisherKey publicKey() {
            return key.publicKey(NAME.matcher(name).matches() ? name : "");
        }
    }

    /**
     * Makes a key.
     *
     * @throws CommandException when there is one of that name, or the folder cannot be written
     */
    public Entry create(String name) {
        mustBeName(name);
        byte[] secret = new byte[SigningKey.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        SigningKey key = SigningKey.ofSecret(secret);
        Path file = file(name);
        try {
            Files.createDirectories(folder, rights(OWNER_ONLY_FOLDER));
            Path fresh = Files.createTempFile(folder, ".new-", SUFFIX, rights(OWNER_ONLY_FILE));
            try {
                Files.writeString(fresh, key.toPem(), StandardCharsets.US_ASCII);
                moveWithoutReplacing(fresh, file);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return new Entry(name, file, key);
        } catch (FileAlreadyExistsException e) {
            throw CommandException.failed("there is a key '" + name
                    + "' already: choose another name, or see it with byway" + " keys show " + name);
        } catch (IOException e) {
            throw CommandException.failed(
                    "cannot write the key file " + file + " (" + Trouble.of(e) + "): is the state folder writable?");
        }
    }

    /** A link fails when the name is taken, where a move would replace it. */
    private static void moveWithoutReplacing(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (UnsupportedOperationException e) {
            Files.move(fresh, file, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /**
     * The key that {@code given} names: one of this ring, or the path of a PEM file.
     *
     * @throws CommandException when there is none, or others may read it
     */
    public Entry open(String given) {
        boolean named = NAME.matcher(given).matches() && Files.exists(file(given));
        Path file = named ? file(given) : Path.of(given);
        return read(named ? given : file.toString(), file).orElseThrow(() -> {
            String known = String.join(", ", list().stream().map(Entry::name).toList());
            return CommandException.failed("there is no key '" + given + "', neither in " + folder + " nor as a file: "
                    + (known.isEmpty() ? "make one with byway keys create" : "known are " + known));
        });
    }

    /** The key of this name in the ring, or empty. */
    public Optional<Entry> find(String name) {
        mustBeName(name);
        return read(name, file(name));
    }

    /** All keys of the ring, by name. */
    public List<Entry> list() {
        List<Entry> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                read(name.substring(0, name.length() - SUFFIX.length()), file).ifPresent(all::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw CommandException.failed("cannot read the keys in " + folder + " (" + Trouble.of(e) + ")");
        }
        all.sort((a, b) -> a.name().compareTo(b.name()));
        return all;
    }

    private static Optional<Entry> read(String name, Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandException.failed(file + " is no signing key: it is longer than " + MAX_BYTES + " bytes");
            }
            mustBePrivate(file);
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            return Optional.of(new Entry(name, file, SigningKey.parsePem(pem)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandException.failed("cannot read the key " + file + " (" + Trouble.of(e) + ")");
        } catch (KeyFormatException e) {
            throw CommandException.failed(file + ": " + e.getMessage());
        }
    }

    private static void mustBePrivate(Path file) throws IOException {
        if (!posix(file)) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ)) {
            throw CommandException.failed("other users may read the private key " + file + ": run chmod 600 " + file);
        }
    }

    private FileAttribute<?>[] rights(String text) {
        return posix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static void mustBeName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw CommandException.wrongUsage(
                    "a key's name consists of 1 to 64 letters, digits, '.', '_' and '-', unlike '" + name + "'");
        }
    }
}
