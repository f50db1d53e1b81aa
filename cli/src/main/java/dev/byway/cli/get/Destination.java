package dev.byway.cli.get;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.content.SafeName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a download ends.
 *
 * @param file absolute
 * @param base the folder that must exist; folders below it are made
 * @param replace whether a file of that name may be replaced
 */
record Destination(Path file, Path base, boolean replace) {
    /** What is written until the download is done ends so. */
    static final String PART = ".part";

    /**
     * The destination for {@code url}.
     *
     * @param output {@code -o}: a file, or a folder when it is one or ends in a slash; empty for the current folder
     * @param name from a list; else the URL's last segment
     * @param folder that relative paths start from
     */
    static Destination of(URI url, Optional<String> output, Optional<SafeName> name, Path folder, boolean replace) {
        Optional<Path> target = output.map(text -> folder.resolve(text).normalize());
        boolean intoFolder = output.isEmpty() || isFolder(output.get(), folder) || name.isPresent();
        if (!intoFolder) {
            Path file = target.orElseThrow();
            return new Destination(file, Optional.ofNullable(file.getParent()).orElse(file), replace);
        }
        String last = name.map(SafeName::value)
                .or(() -> UrlText.fileName(url))
                .orElseThrow(() -> CommandException.wrongUsage(
                        "the URL ends in no name that a file can have: give one with -o FILE"));
        Path base = target.orElse(folder);
        return new Destination(base.resolve(last).normalize(), base, replace);
    }

    /** Whether what the user gave with {@code -o} is a folder, seen from the folder that he is in. */
    static boolean isFolder(String given, Path here) {
        return given.endsWith("/")
                || given.endsWith("\\")
                || Files.isDirectory(here.resolve(given).normalize());
    }

    /** The file that is written first, in the same folder. */
    Path part() {
        return file.resolveSibling(file.getFileName() + PART);
    }

    /**
     * Checks what can be checked before anything is fetched.
     *
     * @throws CommandException when the folder is missing or takes no files, or the file is there already
     */
    void check() {
        if (!Files.isDirectory(base)) {
            throw CommandException.failed(
                    "NO_FOLDER", "the folder " + base + " does not exist: make it, or choose another with -o");
        }
        Path folder = folder();
        mustLieWithin(folder);
        makeFolder(folder);
        if (!Files.isWritable(folder)) {
            throw CommandException.failed(
                    "NOT_WRITABLE",
                    "cannot write into " + folder + ": choose another folder with -o, or change its rights");
        }
        if (Files.isDirectory(file)) {
            throw CommandException.failed("EXISTS", file + " is a folder: give a file's name with -o");
        }
        if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandException.failed(
                    "EXISTS", file + " exists: give another name with -o, or replace it with --force");
        }
    }

    /** A name from a list may be somebody else's: no link leads it out of the folder that the user chose. */
    private void mustLieWithin(Path folder) {
        try {
            Path there = folder;
            while (!Files.exists(there) && !there.equals(base)) {
                there = Optional.ofNullable(there.getParent()).orElse(base);
            }
            if (!there.toRealPath().startsWith(base.toRealPath())) {
                throw CommandException.failed(
                        "LINK", folder + " leads out of " + base + " by a link: give another name, or remove the link");
            }
        } catch (IOException e) {
            throw CommandException.failed("NOT_WRITABLE", "cannot look into " + folder + " (" + Trouble.of(e) + ")");
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw CommandException.failed(
                    "NOT_WRITABLE",
                    "cannot make the folder " + folder + " (" + Trouble.of(e) + "): choose another with -o");
        }
    }

    /** The folder of the file. */
    Path folder() {
        return Optional.ofNullable(file.getParent()).orElse(file);
    }
}
