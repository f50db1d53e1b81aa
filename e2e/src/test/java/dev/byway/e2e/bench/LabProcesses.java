package dev.byway.e2e.bench;

import dev.byway.e2e.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work and memory of the programs on some hosts of a lab, from {@code /proc} (proc(5)). A host's programs are those in its
 * network namespace; work of programs that have ended is what their parents, this one among them, were told of their children.
 */
final class LabProcesses {
    private static final Path PROC = Path.of("/proc");

    /** {@code USER_HZ}, the same on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code stat} behind the program's name: user and system time of its own, then those of its dead children. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final int DEAD_USER_TICKS = 13;
    private static final int DEAD_SYSTEM_TICKS = 14;

    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<Host, Long> peaks = new HashMap<>();

    LabProcesses(List<Host> hosts) {
        for (Host host : hosts) {
            this.hosts.put("net:[" + inode(host) + "]", host);
        }
    }

    private static Object inode(Host host) {
        try {
            return Files.getAttribute(host.network(), "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that they used since they began, seconds; differences count. Looks at their memory as well. */
    double seconds() {
        long[] ticks = {ticks(PROC.resolve("self"), DEAD_USER_TICKS, DEAD_SYSTEM_TICKS)};
        look((process, _) -> ticks[0] += ticks(process, USER_TICKS, SYSTEM_TICKS, DEAD_USER_TICKS, DEAD_SYSTEM_TICKS));
        return ticks[0] / TICKS_PER_SECOND;
    }

    /** Looks at their memory, for {@link #peakBytes}. */
    void look() {
        look((_, _) -> {});
    }

    /** The most that programs which lived at one moment on one of these hosts have ever had resident, as far as somebody looked. */
    long peakBytes(List<Host> of) {
        return of.stream().mapToLong(host -> peaks.getOrDefault(host, 0L)).max().orElse(0) << 10;
    }

    private interface Visitor {
        void visit(Path process, Host host);
    }

    private void look(Visitor visitor) {
        Map<Host, Long> now = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                hostOf(process).ifPresent(host -> {
                    visitor.visit(process, host);
                    now.merge(host, residentKib(process), Long::sum);
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        now.forEach((host, kib) -> peaks.merge(host, kib, Math::max));
    }

    private Optional<Host> hostOf(Path process) {
        try {
            return Optional.ofNullable(
                    hosts.get(Files.readSymbolicLink(process.resolve("ns/net")).toString()));
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    private static long residentKib(Path process) {
        String status = read(process.resolve("status"));
        if (status.startsWith("Name:\tbash\n")) {
            return 0; // a wrapper of this bench
        }
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static long ticks(Path process, int... fields) {
        String stat = read(process.resolve("stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" +", -1);
        long ticks = 0;
        for (int field : fields) {
            ticks += Long.parseLong(words[field]);
        }
        return ticks;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
