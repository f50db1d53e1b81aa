package dev.byway.e2e.deb;

import dev.byway.e2e.lab.LabException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A Debian that its own systemd has started in a container ({@code systemd-nspawn}), with the network of a host of the lab. Shut
 * down at {@link #close}.
 */
final class DebianMachine implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long POLL = Duration.ofMillis(100).toNanos();

    private final Process container;
    private final Path log;
    private final Path errors;

    private DebianMachine(Process container, Path log, Path errors) {
        this.container = container;
        this.log = log;
        this.errors = errors;
    }

    static DebianMachine boot(DebianRoot root) throws IOException {
        Path folder = root.folder();
        Path log = folder.resolveSibling("boot.log");
        Process container = new ProcessBuilder(
                        "systemd-nspawn",
                        "--quiet",
                        "--boot",
                        "--directory=" + folder,
                        "--machine=" + root.host().port(),
                        "--network-namespace-path=" + root.host().network(),
                        "--resolv-conf=off",
                        "--timezone=off",
                        "--register=no",
                        "--keep-unit",
                        "--console=pipe")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        DebianMachine machine = new DebianMachine(container, log, folder.resolveSibling("errors.txt"));
        machine.await(
                "systemd",
                () -> machine.attempt("systemctl", "is-system-running").output().matches("(running|degraded)\\s*"));
        return machine;
    }

    /** What a command printed, and how it ended. */
    record Outcome(int exitCode, String output, String errors) {}

    /** Runs a command as root to its end and returns what it printed. */
    String run(String... command) {
        Outcome outcome = attempt(command);
        if (outcome.exitCode() != 0) {
            throw new LabException(String.join(" ", command) + " failed with " + outcome.exitCode() + ": "
                    + outcome.output() + outcome.errors());
        }
        return outcome.output();
    }

    /** Runs a command as root to its end, however it ends. */
    Outcome attempt(String... command) {
        try {
            Optional<Long> init = init();
            return init.isEmpty() ? new Outcome(1, "", "no system yet") : attempt(init.get(), command);
        } catch (IOException e) {
            throw new LabException("cannot run " + command[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted in " + String.join(" ", command), e);
        }
    }

    private Outcome attempt(long init, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "timeout",
                Long.toString(PATIENCE.toSeconds()),
                "nsenter",
                "--target",
                Long.toString(init),
                "--all",
                "--root",
                "--wd",
                "env",
                "-i",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "DEBIAN_FRONTEND=noninteractive"));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all)
                .redirectInput(new File("/dev/null"))
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(errors));
    }

    /** Its first process, as this machine counts; empty while it starts. */
    private Optional<Long> init() throws IOException {
        if (!container.isAlive()) {
            throw new LabException("systemd-nspawn has ended: " + Files.readString(log));
        }
        return container.children().findFirst().map(ProcessHandle::pid);
    }

    /** Waits until something is so. */
    void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new LabException("no " + what + " within " + PATIENCE + ": " + attempt("journalctl", "-n", "50"));
            }
            LockSupport.parkNanos(POLL);
        }
    }

    @Override
    public void close() {
        container.destroy();
        try {
            if (!container.waitFor(30, TimeUnit.SECONDS)) {
                container.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
