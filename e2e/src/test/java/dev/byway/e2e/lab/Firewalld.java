package dev.byway.e2e.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** firewalld on a host, with a D-Bus of its own and a copy of its own of {@code /etc/firewalld}. */
public final class Firewalld implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Host host;
    private final List<String> starter;
    private final Running bus;
    private final Running daemon;

    private Firewalld(Host host, List<String> starter, Running bus, Running daemon) {
        this.host = host;
        this.starter = starter;
        this.bus = bus;
        this.daemon = daemon;
    }

    /**
     * Starts both, and returns when firewalld answers.
     *
     * @param folder an existing one
     */
    public static Firewalld start(Host host, Path folder) throws IOException {
        host.ownSettings("firewalld");
        String address = "unix:path=" + folder.resolve(host.port() + ".bus");
        Path settings = Files.writeString(folder.resolve(host.port() + ".bus.conf"), bus(address));
        Running bus = host.spawn(
                List.of("dbus-daemon", "--config-file=" + settings, "--nofork", "--nopidfile", "--print-address=1"));
        bus.awaitLine("unix:", START);
        List<String> starter = List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=" + address);
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of("firewalld", "--nofork", "--nopid", "--log-target", "console"));
        Firewalld started = new Firewalld(host, starter, bus, host.spawn(command));
        started.awaitAnswer();
        return started;
    }

    private static String bus(String address) {
        return """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>%s</listen>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_destination="*"/>
                <allow receive_sender="*"/>
              </policy>
            </busconfig>
            """.formatted(address);
    }

    private void awaitAnswer() {
        long until = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                exec("firewall-cmd", "--state");
                return;
            } catch (LabException e) {
                if (System.nanoTime() > until || !daemon.isAlive()) {
                    throw new LabException("firewalld does not answer: " + daemon.errors(), e);
                }
            }
        }
    }

    /** Runs a short command that may ask firewalld, and returns what it printed. */
    public String exec(String... command) {
        List<String> all = new ArrayList<>(starter);
        all.addAll(List.of(command));
        return host.exec(all.toArray(String[]::new));
    }

    /** What starts a program that may ask firewalld, before its own arguments. */
    public List<String> starter() {
        return starter;
    }

    @Override
    public void close() {
        daemon.close();
        bus.close();
    }
}
