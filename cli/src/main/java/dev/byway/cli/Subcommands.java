package dev.byway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name, each made when it is needed: to describe all of them to the parser takes longer than most of them
 * run. All are described where a command line asks about the program itself, or names none of them.
 */
final class Subcommands {
    private static final Set<String> WITH_VALUE = Set.of("--state", "--set", "--config", "--profile");

    /** Those that tell about all the others. */
    private static final Set<String> OF_ALL = Set.of("completion", "help");

    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    /**
     * One more command.
     *
     * @param command an annotated object, or a {@link CommandLine} that has commands of its own
     */
    Subcommands add(String name, Supplier<Object> command) {
        commands.put(name, command);
        return this;
    }

    /** Describes to {@code line} what {@code arguments} may be about. */
    void describe(CommandLine line, String... arguments) {
        Optional<String> only = named(arguments);
        commands.forEach((name, command) -> {
            if (only.isEmpty() || only.get().equals(name)) {
                line.addSubcommand(name, command.get());
            }
        });
    }

    /** The command that is named, with nothing before it but the options that every command takes. */
    private Optional<String> named(String... arguments) {
        boolean value = false;
        for (String word : arguments) {
            if (value) {
                value = false;
            } else if (WITH_VALUE.contains(word)) {
                value = true;
            } else if (!word.equals("--json") && !WITH_VALUE.contains(word.split("=", 2)[0])) {
                return Optional.of(word).filter(commands::containsKey).filter(name -> !OF_ALL.contains(name));
            }
        }
        return Optional.empty();
    }
}
