package dev.byway.cli.setting;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.GlobalOptions;
import dev.byway.cli.command.Surroundings;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.SettingsException;
import dev.byway.core.policy.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of the program: what it was told, where it writes, what it may know.
 *
 * @param options the global ones, filled in once the command line is parsed
 * @param console its streams
 * @param surroundings its machine and user
 */
public record Invocation(GlobalOptions options, Console console, Surroundings surroundings) {
    /** The state folder; absolute, need not exist. */
    public Path state() {
        return StateFolder.of(options.state(), surroundings);
    }

    /** The settings from file, environment and command line. */
    public EffectiveSettings settings() {
        return SettingLayers.read(options, state(), surroundings);
    }

    /** The settings of an agent that was given these values; this command's when one of them is not known here. */
    public EffectiveSettings settings(Map<String, String> given) {
        List<String> assignments = given.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        try {
            return new SettingsReader(surroundings.platform())
                    .commandLine(assignments)
                    .read();
        } catch (SettingsException e) {
            return settings(); // an agent of another release
        }
    }

    /**
     * Reads the settings once before the command runs. Warnings go to standard error.
     *
     * @throws dev.byway.core.policy.SettingsException with everything that is wrong
     * @throws dev.byway.cli.command.CommandException when the file cannot be read, or shows a secret to other users
     */
    public void checkSettings() {
        settings().warnings().forEach(warning -> console.warn(warning.message()));
    }

    /** Whether the answer is for a script. */
    public boolean json() {
        return options.json();
    }
}
