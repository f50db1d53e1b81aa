package dev.byway.cli.setting;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.GlobalOptions;
import dev.byway.cli.command.Surroundings;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Provenance;
import dev.byway.core.policy.SettingValue;
import dev.byway.core.policy.SettingsException;
import dev.byway.core.policy.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the settings of this machine from their layers: file, environment, command line. */
public final class SettingLayers {
    /** Name of the configuration file in the state folder that is read when none is given. */
    public static final String FILE = "byway.yaml";

    /** The configuration file of the agent that the system runs as a service, on Linux. */
    public static final Path OF_SERVICE = Path.of("/etc/byway/agent.yaml");

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SettingLayers() {}

    /**
     * The settings that result.
     *
     * @throws SettingsException with everything that is wrong with them
     * @throws CommandException when the file cannot be read, or shows a secret to other users
     */
    public static EffectiveSettings read(GlobalOptions options, Path state, Surroundings surroundings) {
        SettingsReader reader = new SettingsReader(surroundings.platform());
        options.profile().ifPresent(reader::profile);
        file(options, state, surroundings)
                .map(ConfigurationFile::read)
                .ifPresent(file -> reader.file(file.path().toString(), file.values(), file.lines()));
        EffectiveSettings settings = reader.environment(surroundings.variables())
                .commandLine(options.assignments())
                .read();
        settings.all().forEach(SettingLayers::mustBeHidden);
        return settings;
    }

    private static Optional<Path> file(GlobalOptions options, Path state, Surroundings surroundings) {
        return options.config()
                .or(() -> surroundings.variable("BYWAY_CONFIG").map(Path::of))
                .map(surroundings::resolve)
                .or(() -> Stream.concat(ofService(state, surroundings).stream(), Stream.of(state.resolve(FILE)))
                        .filter(Files::exists)
                        .findFirst());
    }

    /** Where the system's agent runs, commands that look at its state go by its settings. */
    private static Optional<Path> ofService(Path state, Surroundings surroundings) {
        return surroundings.platform() == Platform.LINUX && state.equals(StateFolder.ofSystem(surroundings))
                ? Optional.of(surroundings.resolve(OF_SERVICE))
                : Optional.empty();
    }

    private static void mustBeHidden(SettingValue<?> value) {
        if (value.setting().isSecret()
                && value.from() instanceof Provenance.File(String path, var _)
                && othersMayRead(Path.of(path))) {
            throw CommandException.wrongUsage(value.setting() + " in " + path
                    + " is secret, and other users may read that file: run chmod 600 " + path);
        }
    }

    private static boolean othersMayRead(Path file) {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
