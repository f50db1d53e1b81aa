package dev.byway.cli.fleet;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.DurationText;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.cli.terminal.Words;
import dev.byway.coordinator.fleet.Fleet;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.TokenOrder;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code byway coordinator token}: makes a join token. */
@Command(
        name = "token",
        description = {
            "Make a token with which devices join the fleet of this state folder, and print it.",
            "It is a secret: hand it over in a file that only its owner can read, or through a pipe."
        },
        footer = {
            "",
            "Examples:",
            "  byway coordinator token > join.token; chmod 600 join.token",
            "  byway coordinator token --uses 1 | ssh device byway join -",
            "  byway coordinator token --group finance --valid 2h"
        })
final class TokenCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            description = "How long it can be used (default: ${DEFAULT-VALUE}).")
    private String valid = "7d";

    @Option(
            names = "--uses",
            paramLabel = "N",
            description = "How many devices can use it (default: ${DEFAULT-VALUE}).")
    private int uses = 1000;

    @Option(names = "--group", paramLabel = "NAME", description = "An access group to grant; repeatable.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where devices find the coordinator; repeatable (default: where it served last).")
    private List<String> urls = new ArrayList<>();

    TokenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(invocation.state())) {
            throw CommandException.failed("there is no fleet in " + invocation.state()
                    + ": start byway coordinator once, or name its folder with --state");
        }
        StateFolder.mustBeOwn(invocation.state());
        TokenOrder order = order();
        try (Fleet fleet = Fleet.open(invocation.state(), InstantSource.system())) {
            JoinToken token = fleet.createToken(order, urls);
            if (invocation.json()) {
                Json.print(
                        invocation.console(),
                        node -> node.put("token", token.text())
                                .put("expires", token.expires().toString())
                                .put("uses", token.uses()));
            } else {
                invocation.console().out().println(token.text());
                invocation
                        .console()
                        .err()
                        .println("Good for " + Words.count(token.uses(), "device", "devices") + " until "
                                + token.expires() + ", at " + String.join(" ", token.urls()) + ".");
            }
        }
        return ExitCode.DONE.number();
    }

    private TokenOrder order() {
        try {
            return new TokenOrder(
                    DurationText.parse("--valid", valid),
                    uses,
                    groups.stream().map(AccessGroup::new).toList());
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
    }
}
