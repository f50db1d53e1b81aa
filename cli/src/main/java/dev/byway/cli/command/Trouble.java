package dev.byway.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** What a failed call of the file system means, in a few words. */
public final class Trouble {
    private Trouble() {}

    /** The words, without the file's name. */
    public static String of(IOException trouble) {
        return switch (trouble) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "access denied";
            case NotDirectoryException _ -> "it is not a folder";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
        };
    }

    /** Whether the disk, or the user's quota, is full. */
    public static boolean isFull(IOException trouble) {
        String words = of(trouble).toLowerCase(Locale.ROOT);
        return words.contains("no space left") || words.contains("not enough space") || words.contains("quota");
    }
}
