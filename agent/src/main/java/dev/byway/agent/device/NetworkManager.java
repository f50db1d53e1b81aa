package dev.byway.agent.device;

import dev.byway.core.device.Metered;
import dev.byway.core.policy.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks NetworkManager's own command, where it is installed, whether a network is metered. */
final class NetworkManager {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 4096;

    private NetworkManager() {}

    /** Waits two seconds at the most. */
    static Answer metered(String adapter) {
        return printed(List.of("nmcli", "-t", "-g", "GENERAL.METERED", "device", "show", adapter))
                .map(Metered::ofNetworkManager)
                .orElse(Answer.UNKNOWN);
    }

    private static Optional<String> printed(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return ended && process.exitValue() == 0
                        ? Optional.of(
                                new String(process.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.UTF_8))
                        : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) { // Not installed.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
