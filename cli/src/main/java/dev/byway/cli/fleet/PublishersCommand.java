package dev.byway.cli.fleet;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.fleet.Fleet;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.fleet.Publishers;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code byway coordinator publishers}: whose signatures the fleet's devices believe. */
@Command(
        name = "publishers",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Show or change whose signatures the devices of this state folder's fleet believe.",
        footer = {
            "",
            "Examples:",
            "  byway coordinator publishers",
            "  byway coordinator publishers add \"$(byway keys show release)\"",
            "  byway coordinator publishers remove KEY-ID"
        })
final class PublishersCommand implements Callable<Integer> {
    private final Invocation invocation;

    private PublishersCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    static CommandLine line(Invocation invocation) {
        return new CommandLine(new PublishersCommand(invocation))
                .addSubcommand(new Add(invocation))
                .addSubcommand(new Remove(invocation));
    }

    @Override
    public Integer call() {
        try (Fleet fleet = open(invocation)) {
            return print(invocation, fleet.publishers().current());
        }
    }

    private static Fleet open(Invocation invocation) {
        if (!Files.isDirectory(invocation.state())) {
            throw CommandException.failed("there is no fleet in " + invocation.state()
                    + ": start byway coordinator once, or name its folder with --state");
        }
        StateFolder.mustBeOwn(invocation.state());
        return Fleet.open(invocation.state(), InstantSource.system());
    }

    private static int print(Invocation invocation, Publishers publishers) {
        if (invocation.json()) {
            Json.print(
                    invocation.console(),
                    node -> node.put("version", publishers.version())
                            .set(
                                    "publishers",
                                    Json.array(
                                            publishers.keys(),
                                            (one, key) ->
                                                    one.put("id", key.id()).put("publicKey", key.toString()))));
        } else {
            publishers.keys().forEach(key -> invocation.console().out().println(key.id() + "  " + key));
        }
        return ExitCode.DONE.number();
    }

    @Command(name = "add", description = "Believe a publisher from now on.")
    private static final class Add implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(paramLabel = "KEY", description = "The line that byway keys show prints.")
        private String key = "";

        Add(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            try (Fleet fleet = open(invocation)) {
                return print(invocation, fleet.publishers().add(PublisherKey.parse(key)));
            } catch (KeyFormatException e) {
                throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
            }
        }
    }

    @Command(name = "remove", description = "Do not believe a publisher any more.")
    private static final class Remove implements Callable<Integer> {
        private final Invocation invocation;

        @Parameters(paramLabel = "KEY-ID", description = "As byway coordinator publishers shows it.")
        private String id = "";

        Remove(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public Integer call() {
            try (Fleet fleet = open(invocation)) {
                return print(invocation, fleet.publishers().remove(id));
            } catch (RefusedException e) {
                throw CommandException.failed(e.refusal().message());
            }
        }
    }
}
