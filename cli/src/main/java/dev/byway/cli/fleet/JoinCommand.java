package dev.byway.cli.fleet;

import dev.byway.agent.fleet.CallLimits;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.policy.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code byway join}: makes this device one of a fleet. */
@Command(
        name = "join",
        description = {
            "Join a fleet with a token from its administrator (byway coordinator token).",
            "The token comes from standard input or a file, never from the command line, which every user can read."
        },
        footer = {"", "Examples:", "  byway join - < join.token", "  byway join /etc/byway/join.token --name till-4"})
public final class JoinCommand implements Callable<Integer> {
    private static final int MAX_TOKEN = 16 * 1024;
    private static final String TOKEN_START = "byway-join-";

    private final Invocation invocation;
    private final AgentDoor door;

    @Parameters(paramLabel = "FILE", description = "A file with the token; - is standard input.")
    private String from = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "How the administrator sees it (default: the host's name).")
    private Optional<String> name = Optional.empty();

    public JoinCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() {
        JoinToken token = token();
        JoinedFleet fleet = JoinedFleet.join(
                StateFolder.make(invocation.state()),
                token,
                invocation.settings().get(Settings.PEER_ADDRESS),
                name.orElseGet(JoinCommand::hostName),
                CallLimits.PATIENT);
        boolean running = door.running()
                .map(open -> {
                    try (OpenAgent _ = open) {
                        return true;
                    }
                })
                .orElse(false);
        if (invocation.json()) {
            Json.print(invocation.console(), node -> {
                node.put("state", invocation.state().toString()).put("restartAgent", running);
                var urls = node.putArray("coordinators");
                fleet.urls().forEach(urls::add);
            });
        } else {
            invocation.console().out().println("Joined the fleet at " + String.join(" ", fleet.urls()) + ".");
            if (running) {
                invocation
                        .console()
                        .out()
                        .println("Restart the agent that runs here: it joins in from its next start.");
            }
        }
        return ExitCode.DONE.number();
    }

    private JoinToken token() {
        if (from.startsWith(TOKEN_START)) {
            throw CommandException.wrongUsage(
                    "a join token is secret, and every user of this machine can read command"
                            + " lines: give it on standard input (byway join -) or in a file; ask for a new one, this one is known");
        }
        try {
            return JoinToken.parse(new String(read(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CommandException.wrongUsage("cannot read the token from " + from + " (" + Trouble.of(e) + ")");
        } catch (MalformedMessageException e) {
            throw CommandException.wrongUsage((from.equals("-") ? "standard input" : from) + ": " + e.getMessage());
        }
    }

    private byte[] read() throws IOException {
        if (from.equals("-")) {
            return invocation.console().in().readNBytes(MAX_TOKEN);
        }
        try (InputStream in = Files.newInputStream(invocation.surroundings().resolve(Path.of(from)))) {
            return in.readNBytes(MAX_TOKEN);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }
}
