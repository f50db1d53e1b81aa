package dev.byway.cli.demo;

import dev.byway.cli.command.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes of the demo: other runs of this program. They end with this one, however it ends. Any thread. */
final class Children implements AutoCloseable {
    /** The launcher says where it is, so that others can be started by it. */
    private static final String LAUNCHER = "byway.launcher";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Path folder;
    private final List<Process> running = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Logs go to {@code folder}. */
    Children(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts a service.
     *
     * @param name for its log and for messages
     * @return what follows {@code ready} in its first line
     * @throws CommandException when it does not come up
     */
    String serve(String name, List<String> arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--end-with-input");
        Process process = start(name, all);
        CompletableFuture<Optional<String>> first = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read(process, first));
        try {
            Optional<String> line = first.get(START.toSeconds(), TimeUnit.SECONDS);
            return line.filter(text -> text.startsWith("ready "))
                    .map(text -> text.substring("ready ".length()))
                    .orElseThrow(() -> failed(name));
        } catch (ExecutionException | TimeoutException e) {
            throw failed(name);
        }
    }

    private static void read(Process process, CompletableFuture<Optional<String>> first) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            first.complete(Optional.ofNullable(lines.readLine()));
            lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            first.complete(Optional.empty());
        }
    }

    /**
     * Runs a command to its end.
     *
     * @return what it wrote to standard output
     * @throws CommandException when it fails
     */
    String run(String name, List<String> arguments) throws InterruptedException {
        Process process = start(name, arguments);
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failed(name);
            }
            return out;
        } catch (IOException e) {
            throw failed(name);
        } finally {
            running.remove(process);
        }
    }

    private Process start(String name, List<String> arguments) {
        List<String> command = new ArrayList<>(program());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("BYWAY_"));
        builder.environment().put("BYWAY_NO_BUILD", "1");
        builder.redirectError(log(name).toFile());
        try {
            Process process = builder.start();
            running.add(process);
            if (closed) {
                process.destroyForcibly();
            }
            return process;
        } catch (IOException e) {
            throw CommandException.failed("cannot start " + command.getFirst() + ": " + e.getMessage());
        }
    }

    /** The launcher, else the Java runtime and class path of this process. */
    private static List<String> program() {
        String launcher = System.getProperty(LAUNCHER, "");
        if (!launcher.isEmpty()) {
            return launcher.toLowerCase(Locale.ROOT).endsWith(".cmd")
                    ? List.of("cmd.exe", "/c", launcher)
                    : List.of(launcher);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.byway.cli.Main");
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private CommandException failed(String name) {
        String said = "";
        try {
            List<String> lines = Files.readAllLines(log(name));
            said = lines.isEmpty() ? "" : ": " + lines.getLast();
        } catch (IOException e) {
            said = "";
        }
        return CommandException.failed("the demo's " + name + " does not come up" + said);
    }

    /** Ends all, gently first. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Process::destroy);
        long deadline = System.nanoTime() + STOP.toNanos();
        for (Process process : running) {
            try {
                if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
    }
}
