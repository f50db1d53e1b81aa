package dev.byway.cli.doctor;

import dev.byway.agent.OriginSetup;
import dev.byway.agent.origin.OriginSettings;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Version;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.Remembered;
import dev.byway.cli.local.Report;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Program;
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
            "  byway doctor --system microsoft --peer 192.0.2.7",
            "                                 whether Windows' own service, and that neighbour's 7680, can be reached",
            "  byway doctor --json | jq '.checks[] | select(.result==\"fail\")'"
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final AgentDoor door;

    @Option(names = "--all", description = "Show every check, also those that passed or do not apply.")
    private boolean all;

    @Option(
            names = "--system",
            paramLabel = "byway|microsoft",
            description =
                    "What to look at: Byway, or whether Microsoft's Delivery Optimization can be reached from here"
                            + " (default: byway).")
    private Program system = Program.BYWAY;

    @Option(
            names = "--peer",
            paramLabel = "HOST",
            description = "With --system microsoft: a neighbour whose port 7680 is tried too.")
    private Optional<String> peer = Optional.empty();

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
        Diagnosis diagnosis = Doctor.diagnose(
                system,
                switch (system) {
                    case BYWAY -> own();
                    case MICROSOFT -> microsoft();
                });
        Console console = invocation.console();
        if (invocation.json()) {
            Json.print(console, DiagnosisListing.json(diagnosis));
        } else {
            DiagnosisListing.print(console, diagnosis, all);
        }
        return (diagnosis.isHealthy() ? ExitCode.DONE : ExitCode.FAILED).number();
    }

    private List<Look> own() {
        if (peer.isPresent()) {
            throw CommandException.wrongUsage("--peer names a neighbour to try with --system microsoft: add that");
        }
        CompletableFuture<Optional<Report>> subject = CompletableFuture.supplyAsync(
                () -> new Remembered(invocation.state(), door).find(which), DoctorCommand::start);
        Patient patient =
                new Patient(invocation, which, subject, subject.thenApplyAsync(this::examine, DoctorCommand::start));
        return List.of(
                new AgentLook(patient),
                new FirewallLook(patient),
                new CoordinatorLook(patient),
                new OriginLook(patient),
                new ContentLook(patient),
                new CacheLook(patient),
                new MachineLook(patient),
                new PathLook(patient));
    }

    private List<Look> microsoft() {
        if (which.isPresent()) {
            throw CommandException.wrongUsage("--system microsoft asks Microsoft's own hosts: leave " + which.get()
                    + " out, or ask without --system");
        }
        OriginSettings settings = OriginSetup.settings(
                invocation.settings(), invocation.surroundings().variables(), Version.text());
        return List.of(
                new MicrosoftServiceLook(settings),
                new MicrosoftHttpLook(settings),
                new MicrosoftPeerLook(peer),
                new TeredoLook());
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
