package dev.byway.e2e.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands to their end. */
public final class Shell {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Shell() {}

    /** What a command said, and how it ended. */
    record Outcome(int exitCode, String output) {}

    /**
     * Runs a command and returns what it printed, on both outputs.
     *
     * @throws LabException when it fails
     */
    public static String run(List<String> command) {
        Outcome outcome = outcome(command);
        if (outcome.exitCode() != 0) {
            throw new LabException(
                    String.join(" ", command) + " failed with " + outcome.exitCode() + ": " + outcome.output());
        }
        return outcome.output();
    }

    static Outcome outcome(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException(String.join(" ", command) + " did not end within " + PATIENCE);
            }
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            throw new LabException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted in " + String.join(" ", command), e);
        }
    }
}
