package dev.byway.cli.doctor;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Program;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  byway doctor --peer 10.1.2.3   can this neighbour be reached, and reach this device?",
            "  byway doctor --system microsoft --peer 192.0.2.7",
            "                                 whether Windows' own service, and that neighbour's 7680, can be reached",
            "  byway doctor --json | jq '.checks[] | select(.result==\"fail\")'"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int PEER_PORT = 7680;

    private final Invocation invocation;
    private final AgentDoor door;

    @Option(names = "--all", description = "Show every check, also those that passed or do not apply.")
    private boolean all;

    @Option(
            names = "--peer",
            paramLabel = "HOST",
            description =
                    "The neighbour that matters, with :PORT if it is not 7680 (default: any). With --system microsoft: a neighbour to try, too.")
    private Optional<String> peer = Optional.empty();

    @Option(
            names = "--watch",
            description =
                    "Do it again every 20 s, and tell what has changed, until Ctrl-C. With --json: an object a line.")
    private boolean watch;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "Also write a zip archive for a colleague: findings, settings, status, downloads. No secrets.")
    private Optional<Path> bundle = Optional.empty();

    @Option(
            names = "--system",
            paramLabel = "byway|microsoft",
            description =
                    "What to look at: Byway, or whether Microsoft's Delivery Optimization can be reached from here"
                            + " (default: byway).")
    private Program system = Program.BYWAY;

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
        if (watch && bundle.isPresent()) {
            throw CommandException.wrongUsage("--watch has no end at which to write --bundle: give one of them");
        }
        Consultation consultation = consultation();
        Console console = invocation.console();
        if (watch) {
            new Watch(consultation, Watch.EVERY, invocation.json(), console, InstantSource.system()).run();
        }
        Diagnosis diagnosis = consultation.diagnose();
        if (invocation.json()) {
            Json.print(console, DiagnosisListing.json(diagnosis));
        } else {
            DiagnosisListing.print(console, diagnosis, all);
        }
        bundle.map(invocation.surroundings()::resolve).ifPresent(file -> {
            new Bundle(invocation, door, diagnosis).write(file);
            console.err()
                    .println("byway: wrote " + file + ": addresses, device ids and URLs without query are in it, no "
                            + "secrets; look through it before you pass it on");
        });
        return (diagnosis.isHealthy() ? ExitCode.DONE : ExitCode.FAILED).number();
    }

    private Consultation consultation() {
        Optional<PeerName> neighbour = peer.map(name -> PeerName.parse(name, PEER_PORT));
        return switch (system) {
            case BYWAY ->
                new OwnConsultation(
                        invocation,
                        door,
                        which,
                        neighbour.map(PeerName::resolve).orElse(List.of()));
            case MICROSOFT -> {
                if (which.isPresent()) {
                    throw CommandException.wrongUsage("--system microsoft asks Microsoft's own hosts: leave "
                            + which.get() + " out, or ask without --system");
                }
                if (neighbour.isPresent() && neighbour.get().port() != PEER_PORT) {
                    throw CommandException.wrongUsage("Microsoft's Delivery Optimization takes peers on port "
                            + PEER_PORT + " alone: give --peer without a port");
                }
                yield new MicrosoftConsultation(invocation, neighbour);
            }
        };
    }
}
