package dev.byway.coordinator;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the program that listens on a TCP port, from Linux's /proc; elsewhere, and without the right to look, nobody. */
final class PortHolder {
    private static final String LISTEN = "0A";

    private PortHolder() {}

    /** For example {@code nginx (pid 812)}. */
    static Optional<String> of(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)))
                .flatMap(line -> inode(line, port).stream())
                .flatMap(inode -> holder("socket:[" + inode + "]").stream())
                .findFirst();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Columns: number, local address:port in hexadecimal, remote, state, …, and the inode as the tenth. */
    private static Optional<String> inode(String line, int port) {
        List<String> columns = List.of(line.strip().split("\\s+"));
        if (columns.size() < 10 || !columns.get(3).equals(LISTEN)) {
            return Optional.empty();
        }
        String local = columns.get(1);
        int found = HexFormat.fromHexDigits(local.substring(local.indexOf(':') + 1));
        return found == port ? Optional.of(columns.get(9)) : Optional.empty();
    }

    private static Optional<String> holder(String socket) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, socket)) {
                    return Optional.of(name(process) + " (pid " + process.getFileName() + ")");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return "a program";
        }
    }
}
