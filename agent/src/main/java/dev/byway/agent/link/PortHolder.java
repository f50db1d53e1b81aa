package dev.byway.agent.link;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which program listens on a TCP port, from Linux's {@code /proc}; elsewhere nobody tells. */
public final class PortHolder {
    private static final String LISTEN = "0A";
    private static final int FIELD_ADDRESS = 1;
    private static final int FIELD_STATE = 3;
    private static final int FIELD_INODE = 9;

    private PortHolder() {}

    /** For people: {@code nginx (process 812)}; empty when it cannot be told, as for another user's process. */
    public static Optional<String> find(int port) {
        return find(port, Path.of("/proc"));
    }

    static Optional<String> find(int port, Path proc) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            try {
                sockets.addAll(listening(Files.readAllLines(proc.resolve(table)), port));
            } catch (IOException e) {
                // Not Linux, or no such protocol.
            }
        }
        return sockets.isEmpty() ? Optional.empty() : process(proc, sockets);
    }

    /** The sockets that listen on {@code port}, as links in {@code /proc/PID/fd} name them; format of proc(5). */
    static Set<String> listening(List<String> table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (String line : table) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > FIELD_INODE
                    && fields[FIELD_STATE].equals(LISTEN)
                    && fields[FIELD_ADDRESS].endsWith(suffix)) {
                sockets.add("socket:[" + fields[FIELD_INODE] + "]");
            }
        }
        return sockets;
    }

    private static Optional<String> process(Path proc, Set<String> sockets) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    String name = Files.readString(process.resolve("comm")).strip();
                    return Optional.of(name + " (process " + process.getFileName() + ")");
                }
            }
        } catch (IOException e) {
            // The process has just ended.
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
        }
        return false;
    }
}
