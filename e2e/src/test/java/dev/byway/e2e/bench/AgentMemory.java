package dev.byway.e2e.bench;

import dev.byway.e2e.Device;
import dev.byway.e2e.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Map<String, Double> parts = new TreeMap<>();
        Shell.run(List.of(jcmd, Long.toString(process), "System.map"))
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
