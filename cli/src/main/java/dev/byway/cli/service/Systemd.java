package dev.byway.cli.service;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.ports.Tools;
import dev.byway.core.ports.Command;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** This machine's systemd, and the files that it reads. */
final class Systemd {
    /** It is there exactly if systemd runs the machine: sd_booted(3). */
    private static final Path BOOTED = Path.of("/run/systemd/system");

    private static final List<String> PACKAGED = List.of("/usr/lib/systemd/system", "/lib/systemd/system");

    private Systemd() {}

    /**
     * Does nothing where systemd runs the machine.
     *
     * @throws CommandException where it does not
     */
    static void mustRun(ServiceRole role) {
        if (!Files.isDirectory(BOOTED)) {
            throw CommandException.notReachable("systemd does not run here (there is no " + BOOTED
                    + ", as in a container): run 'byway " + role.command() + "' in the foreground instead");
        }
    }

    static ServiceState state(ServiceRole role) {
        return ServiceState.of(Tools.run(
                Command.of("systemctl show " + role.unit() + ".service --property=" + ServiceState.PROPERTIES),
                Optional.empty()));
    }

    /** The definition that a package of the distribution brought. */
    static Optional<Path> packaged(ServiceRole role) {
        return PACKAGED.stream()
                .map(folder -> Path.of(folder, role.unit() + ".service"))
                .filter(Files::exists)
                .findFirst();
    }

    static boolean hasUser(String name) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
            return true;
        } catch (UserPrincipalNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw CommandException.failed("cannot ask for the user " + name + " (" + Trouble.of(e) + ")");
        }
    }

    /** Does what a step says. */
    static void make(Step step) {
        switch (step) {
            case Step.Write(String file, String text) -> write(Path.of(file), text);
            case Step.WriteOnce(String file, String text) -> {
                if (!Files.exists(Path.of(file), LinkOption.NOFOLLOW_LINKS)) {
                    write(Path.of(file), text);
                }
            }
            case Step.Delete(String file) -> delete(Path.of(file));
            case Step.Run(Command command) -> Tools.run(command, Optional.empty());
        }
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.resolveSibling(".");
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                readable(folder, "rwxr-xr-x");
            }
            readable(Files.writeString(file, text), "rw-r--r--");
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + " (" + Trouble.of(e) + ")");
        }
    }

    private static void readable(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw CommandException.failed("cannot delete " + file + " (" + Trouble.of(e) + ")");
        }
    }

    /** Why a service's own user could not run a program, if so. */
    static Optional<String> hidden(Path program) {
        for (String home : List.of("/home", "/root", "/run/user")) {
            if (program.startsWith(home)) {
                return Optional.of(home + " is hidden from services");
            }
        }
        return Stream.iterate(program, path -> path != null, Path::getParent)
                .filter(path -> !othersMayRun(path))
                .findFirst()
                .map(path -> "other users may not use " + path);
    }

    private static boolean othersMayRun(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    .endsWith("x");
        } catch (IOException e) {
            return false;
        }
    }
}
