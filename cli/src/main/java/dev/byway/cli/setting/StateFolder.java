package dev.byway.cli.setting;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Surroundings;
import dev.byway.cli.command.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where this user's Byway keeps its keys, cache and locks. */
public final class StateFolder {
    private static final String NAME = "byway";
    private static final String TITLE = "Byway";
    private static final String ROOT = "root";

    /** Kind of the failure to make one. */
    public static final String NO_STATE = "NO_STATE";

    private StateFolder() {}

    /** {@code --state}, else {@code BYWAY_STATE}, else what is usual on the platform; absolute. */
    public static Path of(Optional<Path> given, Surroundings surroundings) {
        return surroundings.resolve(
                given.or(() -> surroundings.variable("BYWAY_STATE").map(Path::of))
                        .orElseGet(() -> usual(surroundings)));
    }

    /** The folder of an agent that the system runs for all its users. */
    public static Path ofSystem(Surroundings surroundings) {
        return switch (surroundings.platform()) {
            case LINUX -> Path.of("/var/lib", NAME);
            case MACOS -> Path.of("/Library/Application Support", TITLE);
            case WINDOWS -> Path.of(surroundings.variable("ProgramData").orElse("C:\\ProgramData"), TITLE);
        };
    }

    private static Path usual(Surroundings surroundings) {
        if (surroundings.privileged()) {
            return ofSystem(surroundings);
        }
        Path home = surroundings.home();
        return switch (surroundings.platform()) {
            case LINUX ->
                surroundings
                        .variable("XDG_STATE_HOME")
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .orElseGet(() -> home.resolve(".local/state"))
                        .resolve(NAME);
            case MACOS -> home.resolve("Library/Application Support").resolve(TITLE);
            case WINDOWS ->
                surroundings
                        .variable("LOCALAPPDATA")
                        .map(Path::of)
                        .orElseGet(() -> home.resolve("AppData/Local"))
                        .resolve(TITLE);
        };
    }

    /**
     * Makes the folder, readable by its owner only, unless it is there.
     *
     * @throws CommandException when that fails, or as {@link #mustBeOwn}
     */
    public static Path make(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                boolean posix =
                        folder.getFileSystem().supportedFileAttributeViews().contains("posix");
                if (posix) {
                    Files.createDirectories(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectories(folder);
                }
            }
            mustBeOwn(folder);
            return folder;
        } catch (IOException e) {
            throw CommandException.failed(
                    NO_STATE,
                    "cannot make the state folder " + folder + " (" + Trouble.of(e)
                            + "): give another one with --state");
        }
    }

    /**
     * Refuses what would write as root into a folder that a service's user owns: that user could not read it afterwards.
     *
     * @throws CommandException naming the user
     */
    public static void mustBeOwn(Path folder) {
        try {
            String owner = Files.getOwner(folder).getName();
            if (ROOT.equals(System.getProperty("user.name")) && !ROOT.equals(owner)) {
                throw CommandException.failed(
                        NO_STATE,
                        "the state folder " + folder + " belongs to the user " + owner
                                + ", who could not read what root writes there: run the same command with 'sudo -u "
                                + owner
                                + "' and --state " + folder + ", or give another folder with --state");
            }
        } catch (IOException | UnsupportedOperationException e) {
            return; // nobody tells whose it is; what cannot be written is said later
        }
    }
}
