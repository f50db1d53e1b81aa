package dev.byway.cli.doctor;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.Remembered;
import dev.byway.cli.local.Report;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Examination;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code byway doctor}: why this device still uses the internet. */
@Command(
        name = "doctor",
        description = "Find out, by trying, what keeps this device from sharing with its neighbours.",
        footer = {
            "",
            "All checks run at the same time, in under 15 seconds. Exit status 0 when none",
            "failed, else 1. As root it also reads the firewall.",
            "",
            "Examples:",
            "  sudo byway doctor              everything",
            "  byway doctor --all             also what passed",
            "  byway doctor https://example.org/big.iso",
            "                                 also: the way to that origin, and whether anybody holds this file",
            "  byway doctor --json | jq '.checks[] | select(.result==\"fail\")'"
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final AgentDoor door;

    @Option(names = "--all", description = "Show every check, also those that passed or do not apply.")
    private boolean all;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description = "A URL, the last part of one, or a content id (default: the last download).")
    private Optional<String> which = Optional.empty();

    public DoctorCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() throws InterruptedException {
        CompletableFuture<Optional<Report>> subject = CompletableFuture.supplyAsync(
                () -> new Remembered(invocation.state(), door).find(which), DoctorCommand::start);
        Patient patient =
                new Patient(invocation, which, subject, subject.thenApplyAsync(this::examine, DoctorCommand::start));
        Diagnosis diagnosis = Doctor.diagnose(List.of(
                new AgentLook(patient),
                new FirewallLook(patient),
                new CoordinatorLook(patient),
                new OriginLook(patient),
                new ContentLook(patient),
                new CacheLook(patient),
                new MachineLook(patient),
                new PathLook(patient)));
        Console console = invocation.console();
        if (invocation.json()) {
            Json.print(console, DiagnosisListing.json(diagnosis));
        } else {
            DiagnosisListing.print(console, diagnosis, all);
        }
        return (diagnosis.isHealthy() ? ExitCode.DONE : ExitCode.FAILED).number();
    }

    private Optional<Examination> examine(Optional<Report> subject) {
        return door.running().map(open -> {
            try (OpenAgent agent = open) {
                return agent.agent().examine(subject.flatMap(Report::content));
            }
        });
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("byway-examination").start(task);
    }
}
