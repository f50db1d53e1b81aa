package dev.byway.e2e.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The network namespaces of one lab and the cables between them. Every interface is made inside a namespace, and names start
 * with a prefix of the lab's own: nothing touches the machine's network, and labs run side by side. {@link #close} kills what
 * runs in them and removes them all, also when the program that made them ends. For one thread.
 */
public final class Namespaces implements AutoCloseable {
    private static final List<Path> FOLDERS = Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/bin")
            .map(Path::of)
            .toList();

    private final String prefix =
            "bw" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    private final Path logs;
    private final String known;
    private final List<String> namespaces = new ArrayList<>();
    private final Map<String, Host> hosts = new HashMap<>();

    private Namespaces(Path logs, String known) {
        this.logs = logs;
        this.known = known;
    }

    /**
     * None yet.
     *
     * @param logs an existing folder for what programs print
     * @param known names that every host knows, as lines of {@code /etc/hosts}
     */
    public static Namespaces open(Path logs, String known) {
        Namespaces opened = new Namespaces(logs, known);
        Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
        return opened;
    }

    /**
     * Skips the test, and says why, where no namespaces can be made or a tool is missing.
     *
     * @param packages which bring the tools
     */
    public static void assumePossible(String packages, String... tools) {
        Assumptions.assumeTrue(
                System.getProperty("os.name", "").equals("Linux"), "network namespaces need Linux: skipped");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root: skipped");
        for (String tool : tools) {
            Assumptions.assumeTrue(
                    FOLDERS.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(tool))),
                    tool + " is not installed (apt install " + packages + "): skipped");
        }
        String probe = "bwprobe" + ProcessHandle.current().pid();
        Shell.Outcome made = Shell.outcome(List.of("ip", "netns", "add", probe));
        Assumptions.assumeTrue(made.exitCode() == 0, "this machine makes no network namespaces: " + made.output());
        Shell.run(List.of("ip", "netns", "del", probe));
    }

    /**
     * Makes one.
     *
     * @param name in the lab, short
     * @param fullName what the host is called by itself: {@code d1.lab}
     * @param address that it will have
     */
    public Host add(String name, String fullName, String address) {
        String namespace = prefix + name;
        Shell.run(List.of("ip", "netns", "add", namespace));
        namespaces.add(namespace);
        writeNames(namespace, fullName, address);
        ip(name, "link set lo up");
        Host host = new Host(namespace, fullName, address, logs);
        hosts.put(name, host);
        return host;
    }

    private void writeNames(String namespace, String name, String address) {
        Path folder = folder(namespace);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n" + known + address + " " + name + "\n");
            Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
        } catch (IOException e) {
            throw new LabException("cannot write " + folder, e);
        }
    }

    /** The one that {@link #add} made under that name. */
    public Host host(String name) {
        Host host = hosts.get(name);
        if (host == null) {
            throw new LabException("the lab has no host " + name);
        }
        return host;
    }

    /** A cable: its near end gets the address, its far end is brought up. */
    public void connect(String near, String nearName, String address, String far, String farName) {
        ip(near, "link add " + nearName + " type veth peer name " + farName + " netns " + prefix + far);
        ip(near, "addr add " + address + " dev " + nearName);
        ip(near, "link set " + nearName + " up");
        ip(far, "link set " + farName + " up");
    }

    /** Runs {@code ip} in one of them. */
    public void ip(String name, String command) {
        List<String> all = new ArrayList<>(List.of("ip", "-n", prefix + name));
        all.addAll(List.of(command.split(" ")));
        Shell.run(all);
    }

    @Override
    public synchronized void close() {
        namespaces.forEach(Namespaces::killAll);
        namespaces.forEach(Namespaces::remove);
        namespaces.clear();
    }

    static void killAll(String namespace) {
        Shell.outcome(List.of("ip", "netns", "pids", namespace))
                .output()
                .lines()
                .filter(line -> line.matches("[0-9]+"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static void remove(String namespace) {
        Shell.outcome(List.of("ip", "netns", "del", namespace));
        try (Stream<Path> files = Files.walk(folder(namespace))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            // Others' labs may have theirs in the folder above.
        } catch (IOException e) {
            System.err.println("cannot remove " + folder(namespace) + ": " + e);
        }
    }

    private static Path folder(String namespace) {
        return Path.of("/etc/netns", namespace);
    }
}
