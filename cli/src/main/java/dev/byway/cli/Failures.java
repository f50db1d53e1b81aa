package dev.byway.cli;

import dev.byway.agent.api.ApiException;
import dev.byway.agent.api.ApiStartException;
import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.command.Json;
import dev.byway.cli.setting.Invocation;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.policy.SettingsException;
import dev.byway.origin.OriginSettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into a message and an exit code. A stack trace goes to a file, never to the terminal. */
final class Failures {
    private record Failure(ExitCode exitCode, String kind, String message) {}

    private final Invocation invocation;

    Failures(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command line cannot be parsed. */
    int wrongUsage(ParameterException trouble, String[] arguments) {
        CommandLine command = trouble.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = trouble instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().getFirst(), command.getCommandSpec())
                : String.valueOf(trouble.getMessage());
        boolean json = List.of(arguments).contains("--json");
        return tell(new Failure(ExitCode.WRONG_USAGE, "WRONG_USAGE", message + " (" + name + " --help)"), json);
    }

    private static String unknown(String word, CommandSpec command) {
        boolean option = word.startsWith("-");
        List<String> known = option
                ? List.copyOf(command.optionsMap().keySet())
                : command.subcommands().entrySet().stream()
                        .filter(one ->
                                !one.getValue().getCommandSpec().usageMessage().hidden())
                        .map(Map.Entry::getKey)
                        .toList();
        String what = option
                ? "there is no option " + word
                : command.subcommands().isEmpty()
                        ? "too many arguments, from '" + word + "' on"
                        : "there is no command '" + word + "'";
        List<String> near = Spelling.near(word.split("=", 2)[0], known);
        return near.isEmpty() ? what : what + "; did you mean " + String.join(" or ", near) + "?";
    }

    /** A command threw. */
    int report(Throwable trouble) {
        Interruption.passUnlessEnding();
        return tell(explain(trouble), invocation.json());
    }

    private int tell(Failure failure, boolean json) {
        failure.message().lines().forEach(line -> invocation.console().err().println("byway: " + line));
        invocation.console().err().flush();
        if (json) {
            Json.print(
                    invocation.console(),
                    node -> node.putObject("error")
                            .put("exit", failure.exitCode().number())
                            .put("kind", failure.kind())
                            .put("message", failure.message()));
        }
        return failure.exitCode().number();
    }

    private Failure explain(Throwable trouble) {
        return switch (trouble) {
            case CommandException e -> new Failure(e.exitCode(), e.kind(), message(e));
            case SettingsException e -> new Failure(ExitCode.WRONG_USAGE, "SETTING", message(e));
            case OriginSettingException e -> new Failure(ExitCode.WRONG_USAGE, "SETTING", message(e));
            case JobRefusedException e -> new Failure(ExitCode.WRONG_USAGE, "REFUSED", message(e));
            case StoreException e -> new Failure(ExitCode.FAILED, e.kind().name(), message(e));
            case IdentityException e -> new Failure(ExitCode.FAILED, "IDENTITY", message(e));
            case KeyFormatException e -> new Failure(ExitCode.WRONG_USAGE, "KEY", message(e));
            case UntrustedContentException e -> new Failure(ExitCode.FAILED, "UNTRUSTED", message(e));
            case MalformedMessageException e -> new Failure(ExitCode.FAILED, "MALFORMED", message(e));
            case CoordinatorException e -> new Failure(ExitCode.FAILED, "COORDINATOR", message(e));
            case CoordinatorRefusedException e ->
                new Failure(ExitCode.FAILED, e.refusal().reason().name(), message(e));
            case CoordinatorUnreachableException e ->
                new Failure(ExitCode.NOT_REACHABLE, "COORDINATOR_UNREACHABLE", message(e));
            case ApiStartException e -> new Failure(ExitCode.FAILED, "LOCAL_API", message(e));
            case ApiException e -> api(e);
            default -> defect(trouble);
        };
    }

    private static Failure api(ApiException trouble) {
        return switch (trouble.kind()) {
            case GONE -> new Failure(ExitCode.NOT_REACHABLE, "AGENT_GONE", message(trouble));
            case NOT_FOUND, REFUSED, NOT_UNDERSTOOD ->
                new Failure(ExitCode.FAILED, trouble.kind().name(), message(trouble));
        };
    }

    private static String message(Throwable trouble) {
        return Optional.ofNullable(trouble.getMessage())
                .orElseGet(() -> trouble.getClass().getSimpleName());
    }

    private Failure defect(Throwable trouble) {
        String where =
                write(trouble).map(file -> "; the details are in " + file).orElse("");
        String what = trouble instanceof UncheckedIOException || trouble instanceof IOException
                ? message(trouble)
                : trouble.getClass().getSimpleName() + ": " + message(trouble);
        return new Failure(ExitCode.FAILED, "DEFECT", "unexpected trouble (" + what + "): please report this" + where);
    }

    private static Optional<Path> write(Throwable trouble) {
        try {
            Path file = Files.createTempFile("byway-trouble-", ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardOpenOption.WRITE))) {
                trouble.printStackTrace(writer);
            }
            return Optional.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
