package dev.byway.cli.command;

import dev.byway.core.policy.Platform;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a command may know of the machine and the user it runs for.
 *
 * @param platform the operating system
 * @param variables of the environment
 * @param home the user's folder
 * @param privileged whether the user is the system's administrator
 * @param folder that relative paths start from
 */
public record Surroundings(
        Platform platform, Map<String, String> variables, Path home, boolean privileged, Path folder) {
    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                platform(System.getProperty("os.name", "")),
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                "root".equals(System.getProperty("user.name")),
                Path.of("").toAbsolutePath());
    }

    private static Platform platform(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return Platform.WINDOWS;
        }
        return lower.startsWith("mac") ? Platform.MACOS : Platform.LINUX;
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** {@code path} as an absolute one. */
    public Path resolve(Path path) {
        return folder.resolve(path).normalize();
    }
}
