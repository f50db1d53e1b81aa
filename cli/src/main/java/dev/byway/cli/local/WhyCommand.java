package dev.byway.cli.local;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code byway why}: what every source gave, or why not, and which setting is behind it. */
@Command(
        name = "why",
        description =
                "Explain a download: what every source gave, or why it gave nothing, and which setting to change.",
        footer = {
            "",
            "Examples:",
            "  byway why                               the last download",
            "  byway why https://example.org/big.iso",
            "  byway why big.iso --json | jq -r '.reasons[].code'",
            "docs/reasons.md lists all codes."
        })
public final class WhyCommand implements Callable<Integer> {
    private static final int WIDTH = 80;

    private final Invocation invocation;
    private final AgentDoor door;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description = "A URL, the last part of one, or a content id (default: the last download).")
    private Optional<String> which = Optional.empty();

    public WhyCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() {
        Report report = new Remembered(invocation.state(), door)
                .find(which)
                .orElseThrow(() -> CommandException.failed(
                        "NOT_FOUND",
                        which.map(name -> "no download of " + name + " is remembered in " + invocation.state())
                                        .orElse("no download is remembered in " + invocation.state())
                                + ": name another URL, or another state folder with --state"));
        if (invocation.json()) {
            Json.print(invocation.console(), report.toJson());
        } else {
            print(report);
        }
        return ExitCode.DONE.number();
    }

    private void print(Report report) {
        Console console = invocation.console();
        console.out().println(report.url());
        report.failure()
                .ifPresentOrElse(
                        failure -> console.out().println("  FAILED  " + failure.kind() + ": " + failure.message()),
                        () -> console.out().println("  " + report.state() + "  " + report.closingLine()));
        for (SourceKind kind : SourceKind.values()) {
            if (report.sources().from(kind) > 0) {
                console.out()
                        .printf(
                                "  %-10s gave %,d bytes%n",
                                kind.field(), report.sources().from(kind));
            }
        }
        if (report.wasted() > 0) {
            console.out().printf("  %,d bytes came in vain%n", report.wasted());
        }
        report.reasons().stream().filter(WhyCommand::isCourse).forEach(this::printCourse);
        List<Reason> trouble =
                report.reasons().stream().filter(reason -> !isCourse(reason)).toList();
        trouble.forEach(this::print);
        if (trouble.isEmpty()) {
            console.out().println("  Nothing stood in the way of any source.");
        }
    }

    /** The ordinary course of things takes one line each. */
    private static boolean isCourse(Reason reason) {
        return switch (reason.code()) {
            case USED, NOT_NEEDED, WAITED -> true;
            default -> false;
        };
    }

    private void printCourse(Reason reason) {
        String line = switch (reason.code()) {
            case USED -> reason.source() + " gave " + reason.detail();
            case WAITED -> "waited " + reason.detail();
            default -> reason.source() + ": " + reason.detail();
        };
        Wrapped.lines(line, "  ", "    ", WIDTH).forEach(invocation.console().out()::println);
    }

    private void print(Reason reason) {
        Console console = invocation.console();
        ReasonCode code = reason.code();
        console.out().println();
        console.out().println("  " + reason.source() + ": " + code);
        say(reason.detail().isEmpty() ? code.meaning() : reason.detail());
        reason.setting().ifPresent(setting -> console.out().println("    setting: " + setting));
        reason.timing().map(WhyCommand::when).ifPresent(this::say);
        say("what to do: " + code.remedy());
    }

    private void say(String text) {
        Wrapped.lines(text, "    ", "      ", WIDTH)
                .forEach(invocation.console().out()::println);
    }

    private static String when(Reason.Timing timing) {
        String first =
                String.format(Locale.ROOT, "when: after %.1f s", timing.first().toMillis() / 1e3);
        return timing.times() < 2
                ? first
                : String.format(
                        Locale.ROOT,
                        "%s, %d times until %.1f s",
                        first,
                        timing.times(),
                        timing.last().toMillis() / 1e3);
    }
}
