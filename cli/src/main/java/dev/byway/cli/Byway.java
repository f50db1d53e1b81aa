package dev.byway.cli;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.GlobalOptions;
import dev.byway.cli.command.Surroundings;
import dev.byway.cli.command.Version;
import dev.byway.cli.demo.DemoCommand;
import dev.byway.cli.demo.OriginCommand;
import dev.byway.cli.doctor.DoctorCommand;
import dev.byway.cli.fleet.CoordinatorCommand;
import dev.byway.cli.fleet.JoinCommand;
import dev.byway.cli.get.GetCommand;
import dev.byway.cli.keys.KeysCommand;
import dev.byway.cli.local.AgentCommand;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.CacheCommand;
import dev.byway.cli.local.DashboardCommand;
import dev.byway.cli.local.MachineAgents;
import dev.byway.cli.local.PeersCommand;
import dev.byway.cli.local.StatusCommand;
import dev.byway.cli.local.WhyCommand;
import dev.byway.cli.ports.PortsCommand;
import dev.byway.cli.publish.PublishCommand;
import dev.byway.cli.service.ServiceCommand;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.policy.SettingsException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "byway",
        scope = CommandLine.ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 1)
final class Byway implements Runnable {
    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // the parser sets it before anything runs
    private CommandSpec spec;

    private Byway() {}

    /** Runs one command line; its exit code. */
    static int run(String[] arguments, Console console, Surroundings surroundings) {
        Optional<PlainLine> plain = PlainLine.of(arguments);
        return plain.isPresent() ? plain.get().run(console, surroundings) : parse(arguments, console, surroundings);
    }

    private static int parse(String[] arguments, Console console, Surroundings surroundings) {
        Byway root = new Byway();
        Invocation invocation = new Invocation(root.options, console, surroundings);
        Failures failures = new Failures(invocation);
        try {
            return root.commandLine(invocation, failures, arguments).execute(arguments);
        } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
            return failures.report(e);
        }
    }

    private CommandLine commandLine(Invocation invocation, Failures failures, String... arguments) {
        Console console = invocation.console();
        CommandLine line = new CommandLine(this);
        AgentDoor door = new MachineAgents(invocation);
        new Subcommands()
                .add("get", () -> new GetCommand(invocation, door))
                .add("publish", () -> new PublishCommand(invocation))
                .add("agent", () -> new AgentCommand(invocation))
                .add("coordinator", () -> CoordinatorCommand.line(invocation))
                .add("join", () -> new JoinCommand(invocation, door))
                .add("status", () -> new StatusCommand(invocation, door))
                .add("peers", () -> new PeersCommand(invocation, door))
                .add("why", () -> new WhyCommand(invocation, door))
                .add("cache", () -> CacheCommand.line(invocation, door))
                .add("dashboard", () -> new DashboardCommand(invocation, door))
                .add("keys", () -> KeysCommand.line(invocation))
                .add("ports", () -> new PortsCommand(invocation, door))
                .add("doctor", () -> new DoctorCommand(invocation, door))
                .add("service", () -> ServiceCommand.line(invocation))
                .add("demo", () -> new DemoCommand(invocation))
                .add("demo-origin", () -> new OriginCommand(invocation))
                .add("completion", () -> new Completion(console))
                .add("help", HelpCommand::new)
                .describe(line, arguments);
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setParameterExceptionHandler(failures::wrongUsage);
        line.setExecutionExceptionHandler((trouble, _, _) -> failures.report(trouble));
        line.setExecutionStrategy(parsed -> execute(parsed, invocation, failures));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // --header @FILE is our own
        return line;
    }

    /** What is wrong with a setting is said by every command, also by one that would not use it. */
    private static int execute(ParseResult parsed, Invocation invocation, Failures failures) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        try {
            invocation.checkSettings();
        } catch (SettingsException | CommandException e) {
            return failures.report(e);
        }
        return new RunLast().execute(parsed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "give a command");
    }

    /** Prints the completion script. */
    @Command(
            name = "completion",
            description = "Print a completion script for bash and zsh.",
            footer = {"", "Example:", "  source <(byway completion)"})
    private static final class Completion implements Runnable {
        private final Console console;

        Completion(Console console) {
            this.console = console;
        }

        @Spec
        @SuppressWarnings("NullAway.Init") // the parser sets it before anything runs
        private CommandSpec spec;

        @Override
        public void run() {
            console.out().println(AutoComplete.bash("byway", spec.root().commandLine()));
        }
    }
}
