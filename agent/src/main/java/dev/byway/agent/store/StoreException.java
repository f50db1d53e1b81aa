package dev.byway.agent.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The disk, or what is on it, did not do what was asked. The message says what, where and what to do; the store stays
 * readable, and nothing durable is lost.
 */
public final class StoreException extends RuntimeException {
    /** What went wrong, for those who act on it. */
    public enum Kind {
        /** Another program uses the folder. */
        FOLDER_IN_USE,
        /** The folder belongs to another user. */
        FOLDER_NOT_OURS,
        /** No space, or over quota. */
        DISK_FULL,
        /** The file system takes no writes. */
        READ_ONLY,
        /** The system refuses access. */
        DENIED,
        /** The folder or a file in it is not there any more. */
        VANISHED,
        /** A piece is not held, or not any more. */
        NOT_HELD,
        /** There is no piece layer to judge by. */
        NO_LAYER,
        /** Something uses the content in another way. */
        IN_USE,
        /** A growing file will not grow to its end. */
        ABANDONED,
        /** Any other trouble with the disk. */
        FAILED;

        /** Whether the disk is the trouble, so that without the cache things might go on. */
        public boolean isOfTheDisk() {
            return switch (this) {
                case DISK_FULL, READ_ONLY, DENIED, VANISHED, FAILED -> true;
                case FOLDER_IN_USE, FOLDER_NOT_OURS, NOT_HELD, NO_LAYER, IN_USE, ABANDONED -> false;
            };
        }

        /** The kind of this name. */
        public static Optional<Kind> named(String name) {
            return Stream.of(values()).filter(kind -> kind.name().equals(name)).findFirst();
        }
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The same trouble, met again by another caller. */
    StoreException again() {
        return new StoreException(kind, String.valueOf(getMessage()), this);
    }

    /** What {@code trouble} with {@code where} means, for example {@code of("write", path, e)}. */
    static StoreException of(String verb, Path where, IOException trouble) {
        Kind kind = kind(trouble);
        String advice = switch (kind) {
            case DISK_FULL -> "the disk is full: free some space, or lower DOMaxCacheSize";
            case READ_ONLY -> "the file system is read-only: mount it writable, or move cache.dir";
            case DENIED -> "access denied: check owner and rights of the cache folder";
            case VANISHED -> "it is not there any more: check that the disk of cache.dir is mounted";
            default -> "the disk failed (" + reason(trouble) + "): check the disk, or move cache.dir";
        };
        return new StoreException(kind, "cannot " + verb + " " + where + ": " + advice, trouble);
    }

    private static Kind kind(IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return Kind.VANISHED;
        }
        if (trouble instanceof AccessDeniedException) {
            return Kind.DENIED;
        }
        if (trouble.getCause() instanceof ReadOnlyFileSystemException) {
            return Kind.READ_ONLY;
        }
        String reason = reason(trouble).toLowerCase(Locale.ROOT);
        if (reason.contains("no space left")
                || reason.contains("not enough space")
                || reason.contains("quota")
                || reason.contains("file too large")) {
            return Kind.DISK_FULL;
        }
        return reason.contains("read-only") ? Kind.READ_ONLY : Kind.FAILED;
    }

    private static String reason(IOException trouble) {
        String reason = trouble instanceof FileSystemException f ? f.getReason() : trouble.getMessage();
        return reason == null ? trouble.getClass().getSimpleName() : reason;
    }
}
