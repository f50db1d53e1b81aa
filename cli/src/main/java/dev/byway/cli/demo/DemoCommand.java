package dev.byway.cli.demo;

import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.RateText;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.unit.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code byway demo}: an origin, a coordinator and devices on this machine, all fetching the same file at once. */
@Command(
        name = "demo",
        description = {
            "See the idea at work on this machine: starts a web server, a coordinator and some devices as processes of"
                    + " their own, publishes a file, and lets all devices fetch it in the same moment.",
            "The web server stands behind a line of 20M bytes a second, as an office stands behind its line to the"
                    + " internet. At the end stands how often the file crossed it. Nothing stays behind."
        },
        footer = {
            "",
            "Examples:",
            "  byway demo",
            "  byway demo big.iso --devices 8 --uplink 5M",
            "  byway demo --uplink unlimited",
            "  byway demo --json"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int MOST_DEVICES = 50;

    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "What to fetch (default: 256 MiB made on the spot).")
    private Optional<Path> given = Optional.empty();

    @Option(names = "--devices", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int devices = 4;

    @Option(
            names = "--uplink",
            paramLabel = "RATE",
            description = {
                "Bytes a second that the web server sends, to all devices together, such as 500K or 20M; or"
                        + " 'unlimited' (default: ${DEFAULT-VALUE})."
            })
    private String uplink = "20M";

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    public DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (devices < 1 || devices > MOST_DEVICES) {
            throw CommandException.wrongUsage("--devices takes 1 to " + MOST_DEVICES + ", not " + devices);
        }
        Optional<Rate> rate =
                uplink.equals("unlimited") ? Optional.empty() : Optional.of(RateText.parse("--uplink", uplink));
        Optional<Path> file = given.map(invocation.surroundings()::resolve);
        file.filter(path -> !Files.isRegularFile(path)).ifPresent(path -> {
            throw CommandException.wrongUsage("there is no file " + path);
        });
        try (DemoFolder folder = DemoFolder.make();
                Children children = new Children(folder.path());
                Interruption _ = new Interruption(() -> end(children, folder))) {
            DemoResult result = new Demo(invocation, folder, children, quiet).run(file, devices, rate);
            return tell(result).number();
        }
    }

    private static void end(Children children, DemoFolder folder) {
        children.close();
        folder.close();
    }

    private ExitCode tell(DemoResult result) {
        if (invocation.json()) {
            Json.print(invocation.console(), result.toJson());
        } else {
            result.print(invocation.console());
        }
        for (DemoResult.Device device : result.devices()) {
            device.report()
                    .failure()
                    .map(JobStatus.Failure::message)
                    .ifPresent(
                            message -> invocation.console().err().println("byway: " + device.name() + ": " + message));
        }
        return result.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
