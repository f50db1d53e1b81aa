package dev.byway.cli;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.GlobalOptions;
import dev.byway.cli.command.Surroundings;
import dev.byway.cli.local.AgentCommand;
import dev.byway.cli.local.MachineAgents;
import dev.byway.cli.local.PeersCommand;
import dev.byway.cli.local.StatusCommand;
import dev.byway.cli.setting.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A command line that needs no parser: {@code agent}, which stays and would keep the parser in memory, or {@code status} or
 * {@code peers}, which take less time to run than the parser takes to load; with no options but {@code --state}, {@code
 * --config}, {@code --set} and {@code --json}. All other lines are the parser's, also those that are wrong.
 *
 * <p>The parser's classes are of an old format, which the Java runtime cannot keep in a cache of loaded classes either.
 *
 * @param command its name
 * @param options what was given
 */
record PlainLine(String command, GlobalOptions options) {
    private static final Set<String> COMMANDS = Set.of("agent", "peers", "status");

    /** {@code words}, if they are of this kind. */
    static Optional<PlainLine> of(String... words) {
        Optional<String> command = Optional.empty();
        Optional<Path> state = Optional.empty();
        Optional<Path> config = Optional.empty();
        List<String> assignments = new ArrayList<>();
        boolean json = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            boolean hasValue = i + 1 < words.length && isPlain(words[i + 1]);
            if (command.isEmpty() && COMMANDS.contains(word)) {
                command = Optional.of(word);
            } else if (!json && word.equals("--json")) {
                json = true;
            } else if (hasValue && state.isEmpty() && word.equals("--state")) {
                state = Optional.of(Path.of(words[++i]));
            } else if (hasValue && config.isEmpty() && word.equals("--config")) {
                config = Optional.of(Path.of(words[++i]));
            } else if (hasValue && word.equals("--set")) {
                assignments.add(words[++i]);
            } else {
                return Optional.empty();
            }
        }
        GlobalOptions options = new GlobalOptions(state, assignments, config, json);
        return command.map(name -> new PlainLine(name, options));
    }

    /** Whether the parser would take it as it stands: as a value, and without quotes of its own. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && !value.startsWith("-") && value.indexOf('"') < 0 && value.indexOf('\0') < 0;
    }

    /** Runs it; the exit code. */
    int run(Console console, Surroundings surroundings) {
        Invocation invocation = new Invocation(options, console, surroundings);
        try {
            invocation.checkSettings();
            return command(invocation).call();
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            return new Failures(invocation).report(e);
        }
    }

    private Callable<Integer> command(Invocation invocation) {
        return switch (command) {
            case "agent" -> new AgentCommand(invocation);
            case "peers" -> new PeersCommand(invocation, new MachineAgents(invocation));
            default -> new StatusCommand(invocation, new MachineAgents(invocation));
        };
    }
}
