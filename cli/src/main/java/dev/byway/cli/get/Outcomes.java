package dev.byway.cli.get;

import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.command.Json;
import dev.byway.cli.local.History;
import dev.byway.cli.local.Report;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.ClosingLine;
import dev.byway.cli.terminal.Words;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.content.UrlPrivacy;
import java.time.Duration;

/** Tells what each file of a command came to, keeps it for {@code why}, and sums up. One thread. */
final class Outcomes implements Batch.Listener {
    private final Invocation invocation;
    private final Console console;
    private final boolean many;
    private final boolean quiet;
    private final long began = System.nanoTime();
    private int done;
    private int failed;
    private long length;
    private long held;
    private SourceBytes sources = SourceBytes.NONE;

    /** Of {@code many} files or one; {@code quiet} tells of trouble alone. */
    Outcomes(Invocation invocation, boolean many, boolean quiet) {
        this.invocation = invocation;
        this.console = invocation.console();
        this.many = many;
        this.quiet = quiet;
    }

    @Override
    public void ended(Wanted wanted, Report report) {
        new History(invocation.state()).add(report);
        String prefix = wanted.label() + ": ";
        if (invocation.json()) {
            Json.print(console, report.toJson());
        } else if (report.failure().isEmpty() && !quiet) {
            console.err().println(prefix + report.closingLine());
            report.faults()
                    .forEach(fault -> console.warn((many ? prefix : "") + fault.detail() + " [" + fault.code()
                            + "]; byway why tells what to do"));
        }
        report.failure()
                .ifPresent(failure -> console.err()
                        .println("byway: " + (many ? prefix : "") + failure.message() + " [" + failure.kind() + "]"));
        count(report);
    }

    private void count(Report report) {
        if (report.state() == JobStatus.State.DONE) {
            done++;
            length += report.length();
            held += report.held();
        } else {
            failed++;
        }
        sources = sources.plus(report.sources());
    }

    /** Of many, the failure of one does not keep the others from being fetched, unless there is no agent to fetch them with. */
    @Override
    public void failed(Wanted wanted, RuntimeException trouble) {
        Interruption.passUnlessEnding();
        if (!(trouble instanceof CommandException e) || !many || e.exitCode() == ExitCode.NOT_REACHABLE) {
            throw trouble;
        }
        failed++;
        console.err().println("byway: " + wanted.label() + ": " + e.getMessage());
        if (invocation.json()) {
            Json.print(
                    console,
                    node -> node.put(
                                    "url",
                                    UrlPrivacy.redact(wanted.request().url()).toString())
                            .putObject("error")
                            .put("exit", e.exitCode().number())
                            .put("kind", e.kind())
                            .put("message", e.getMessage()));
        }
    }

    /** Sums up, where there is more than one. */
    void close() {
        if (many && !quiet && !invocation.json()) {
            Duration time = Duration.ofMillis((System.nanoTime() - began) / 1_000_000);
            console.err()
                    .println(Words.count(done, "file", "files") + ", "
                            + ClosingLine.of(length, time, held, sources, 0)
                            + (failed == 0 ? "" : "; " + failed + " failed"));
        }
    }

    /** Whether each of them came. */
    ExitCode exitCode() {
        return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
