package dev.byway.cli.ports;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.ports.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the system's own tools: fixed arguments, no shell, bounded output and time. */
public final class Tools {
    private static final int MAX_OUTPUT = 16 << 20;
    private static final long SECONDS = 60;

    private Tools() {}

    /**
     * Runs a command to its end and returns what it printed.
     *
     * @throws CommandException when it cannot be run, fails, or takes too long
     */
    public static String run(Command command, Optional<String> input) {
        try {
            return run(command, input, Files.createTempFile("byway-", ".in"), Files.createTempFile("byway-", ".out"));
        } catch (IOException e) {
            throw CommandException.failed(
                    "cannot run " + command.arguments().getFirst() + " (" + Trouble.of(e) + "): is it installed?");
        }
    }

    private static String run(Command command, Optional<String> input, Path in, Path out) throws IOException {
        try {
            Files.writeString(in, input.orElse(""));
            ProcessBuilder builder = new ProcessBuilder(command.arguments())
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile());
            builder.environment().putAll(Map.of("LC_ALL", "C", "LANG", "C"));
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw CommandException.failed(command + " did not end within " + SECONDS + " seconds");
            }
            String output = read(out);
            if (process.exitValue() != 0) {
                throw CommandException.failed(command + " failed: " + output.strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted in " + command);
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
        }
    }

    private static String read(Path out) throws IOException {
        try (InputStream stream = Files.newInputStream(out)) {
            byte[] bytes = stream.readNBytes(MAX_OUTPUT + 1);
            if (bytes.length > MAX_OUTPUT) {
                throw new IOException("it printed more than " + MAX_OUTPUT + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
