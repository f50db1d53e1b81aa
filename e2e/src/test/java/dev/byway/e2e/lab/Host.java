package dev.byway.e2e.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A host of the lab: a network namespace with one address. */
public final class Host {
    /** Seen from the host. */
    public enum Direction {
        IN,
        OUT
    }

    private final String namespace;
    private final String name;
    private final String address;
    private final Path logs;
    private final AtomicInteger spawned = new AtomicInteger();

    Host(String namespace, String name, String address, Path logs) {
        this.namespace = namespace;
        this.name = name;
        this.address = address;
        this.logs = logs;
    }

    /** The lab's own name of it, which its port at the switch has: {@code d1}. */
    public String port() {
        return name.substring(0, name.indexOf('.'));
    }

    /** How other hosts call it. */
    public String name() {
        return name;
    }

    public String address() {
        return address;
    }

    /** Its network namespace, as programs other than {@code ip} name it. */
    public Path network() {
        return Path.of("/run/netns", namespace);
    }

    /**
     * Runs a short command here and returns what it printed.
     *
     * @throws LabException when it fails
     */
    public String exec(String... command) {
        return Shell.run(inside(List.of(command)));
    }

    /** Starts a program here. */
    public Running spawn(List<String> command) {
        String log = name + "-" + spawned.incrementAndGet();
        Path out = logs.resolve(log + ".out");
        Path err = logs.resolve(log + ".err");
        try {
            Process process = new ProcessBuilder(inside(command))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            return new Running(process, out, err);
        } catch (IOException e) {
            throw new LabException("cannot start " + command.getFirst() + " on " + name, e);
        }
    }

    /** Kills all that runs here. */
    public void killAll() {
        Namespaces.killAll(namespace);
    }

    /** Bytes that came in over its cable so far. */
    public long received() {
        return Long.parseLong(
                exec("cat", "/sys/class/net/eth0/statistics/rx_bytes").strip());
    }

    /** Drops packets to a TCP port, as a firewall on this host does. */
    public void block(Direction direction, int tcpPort) {
        String word = direction.name().toLowerCase(Locale.ROOT);
        exec(
                "nft",
                "table inet lab { chain %1$s { type filter hook %1$sput priority 0; policy accept; tcp dport %2$d drop; }; }"
                        .formatted(word, tcpPort));
    }

    /** Drops UDP on its cable, as a firewall on this host does: what is sent so fails with "operation not permitted". */
    public void blockUdp(Direction direction) {
        blockUdp(direction, "meta l4proto udp");
    }

    /** As {@link #blockUdp(Direction)}, but only what goes to that port, of this host (in) or of others (out). */
    public void blockUdp(Direction direction, int port) {
        blockUdp(direction, "udp dport " + port);
    }

    private void blockUdp(Direction direction, String what) {
        String word = direction.name().toLowerCase(Locale.ROOT);
        exec(
                "nft",
                "table inet lab { chain %1$s { type filter hook %1$sput priority 0; policy accept; %2$sifname eth0 %3$s drop; }; }"
                        .formatted(word, word.charAt(0), what));
    }

    /** Takes back every {@code block…} of this host. */
    public void unblock() {
        exec("nft", "add table inet lab; delete table inet lab");
    }

    /** Gives this host a copy of its own of a folder of {@code /etc}, so that programs here change nothing of the machine's. */
    public void ownSettings(String folder) {
        Shell.run(List.of("cp", "-a", "/etc/" + folder, "/etc/netns/" + namespace + "/" + folder));
    }

    private List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        return all;
    }
}
