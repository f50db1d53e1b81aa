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
     * @throws CommandException when that fails
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
            return folder;
        } catch (IOException e) {
            throw CommandException.failed(
                    NO_STATE,
                    "cannot make the state folder " + folder + " (" + Trouble.of(e)
                            + "): give another one with --state");
        }
    }
}
