package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The memory of a running agent, as Linux and its Java runtime count it.
 *
 * @param process its id
 */
record AgentMemory(long process) {
    /** The flag that makes the Java runtime count what its memory is for. It takes 1 to 2 MiB itself. */
    static final String COUNTED = "-XX:NativeMemoryTracking=summary";

    private static final double MIB = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern MAPPING =
            Pattern.compile("0x\\S+ +\\d+ +\\S+ +(\\d+) +\\d+ +\\S+ +\\S+ +(\\S+) +(\\S+) *");

    /** Used parts of the generations of a serial heap; but not of class metadata. */
    private static final Pattern HEAP_USED = Pattern.compile("(?:DefNew|Tenured) .*used (\\d+)K");

    private static final Pattern VIRTUAL = Pattern.compile("\"virtual\": *true");

    /** That of the agent of {@code device}, which runs. */
    static AgentMemory of(Device device) throws IOException {
        return new AgentMemory(MAPPER.readTree(Files.readString(device.state().resolve("api.json")))
                .path("pid")
                .asLong());
    }

    /** A line of {@code /proc/PID/status} that is an amount of memory, in MiB; proc_pid_status(5). */
    double mib(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                        .filter(line -> line.startsWith(name + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    /** Processor time since its start, in seconds; proc_pid_stat(5). */
    double processorSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** What lives in its heap: MiB after a full collection, which this makes. */
    double liveHeapMib() {
        jcmd("GC.run");
        return HEAP_USED
                        .matcher(jcmd("GC.heap_info"))
                        .results()
                        .mapToLong(used -> Long.parseLong(used.group(1)))
                        .sum()
                / 1024.0;
    }

    /** Its threads, as the system counts them. */
    int threads() {
        return count("task");
    }

    /** Its virtual threads. */
    int tasks() throws IOException {
        Path folder = Files.createTempDirectory("byway-threads");
        Path dump = folder.resolve("dump.json"); // jcmd writes no file that is there
        try {
            jcmd("Thread.dump_to_file", "-format=json", dump.toString());
            return (int) VIRTUAL.matcher(Files.readString(dump)).results().count();
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    /** Files and sockets that it has open. */
    int openFiles() {
        return count("fd");
    }

    /** What its flight recording says of the methods whose calls it counts, up to now. */
    String timedMethods() throws IOException {
        Path folder = Files.createTempDirectory("byway-calls");
        Path dump = folder.resolve("calls.jfr");
        try {
            jcmd("JFR.dump", "filename=" + dump); // ends a part of the recording: only then are they counted
            return jcmd("JFR.view", "maxage=1d", "width=200", "truncate=beginning", "method-timing");
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    private int count(String folder) {
        String[] all = Path.of("/proc", Long.toString(process), folder).toFile().list();
        if (all == null) {
            throw new IllegalStateException("process " + process + " has ended");
        }
        return all.length;
    }

    private String jcmd(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process)));
        command.addAll(List.of(arguments));
        return Shell.run(command);
    }

    /** {@code resident 80.1 MiB (52.0 anonymous, most so far 95.3)}. */
    String resident() throws IOException {
        return String.format(
                Locale.ROOT,
                "resident %.1f MiB (%.1f anonymous, most so far %.1f)",
                mib("VmRSS"),
                mib("RssAnon"),
                mib("VmHWM"));
    }

    /** Resident MiB by what they are for, the largest first; of an agent that runs with {@link #COUNTED}. */
    String parts() {
        Map<String, Double> parts = new TreeMap<>();
        jcmd("System.map")
                .lines()
                .map(MAPPING::matcher)
                .filter(Matcher::matches)
                .forEach(line -> parts.merge(
                        part(line.group(2), line.group(3)), Double.parseDouble(line.group(1)) / MIB, Double::sum));
        StringBuilder text = new StringBuilder();
        parts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(part -> part.getValue() >= 0.5)
                .forEach(part -> text.append(text.isEmpty() ? "" : ", ")
                        .append(part.getKey())
                        .append(String.format(Locale.ROOT, " %.1f", part.getValue())));
        return text.toString();
    }

    private static String part(String kind, String file) {
        return switch (kind) {
            case "JAVAHEAP" -> "Java heap";
            case "META", "CLASS" -> "classes";
            case "CDS" -> "classes from the archive";
            case "CODE" -> "compiled code";
            default -> file.startsWith("/") ? file.substring(file.lastIndexOf('/') + 1) : "malloc and stacks";
        };
    }
}
