package dev.byway.cli.local;

import dev.byway.agent.job.AgentStatus;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Table;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.Words;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.account.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code byway status}: what the agent holds, where its bytes came from, how it is. */
@Command(
        name = "status",
        description = "Show what the agent of this machine holds, where its bytes came from, and its links.",
        footer = {"", "Examples:", "  byway status", "  byway status --json | jq .sources"})
public final class StatusCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final AgentDoor door;

    public StatusCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenAgent open = door.required()) {
            AgentStatus status = open.agent().status();
            if (invocation.json()) {
                Json.print(invocation.console(), json(status, Instant.now()));
            } else {
                print(status);
            }
        }
        return ExitCode.DONE.number();
    }

    private void print(AgentStatus status) {
        Console console = invocation.console();
        AgentStatus.PeerPort port = status.peerPort();
        new Table()
                .row(
                        "Agent",
                        status.version() + ", up " + Words.time(Duration.between(status.startedAt(), Instant.now())))
                .row("Device", status.device())
                .row("Peers", port.port() == 0 ? "outbound only: " + port.note() : "on port " + port.port())
                .row("Discovery", status.discovery())
                .row("Tunnel", status.tunnel())
                .row("Coordinator", status.coordinator().orElse("none"))
                .row("Memory", Words.size(status.residentBytes()))
                .row("Fetched", Words.size(status.sources().total()) + sources(status.sources()))
                .row("Wasted", Words.size(status.wasted()))
                .row("Given to peers", Words.size(status.uploaded()))
                .row("To the Internet", monthly(status.monthly()))
                .row("Links", Integer.toString(status.links().size()))
                .row("Contents", Integer.toString(status.contents().size()))
                .print(console);
        if (!status.contents().isEmpty()) {
            console.out().println();
            CacheCommand.table(status.contents(), Instant.now()).print(console);
        }
    }

    private static String monthly(AgentStatus.MonthlyUpload monthly) {
        String text = Words.size(monthly.bytes())
                + (monthly.cap().isPresent() ? " of " + Words.size(monthly.cap().getAsLong()) : "")
                + " in " + monthly.month();
        return monthly.assumed() ? text + ", assumed: the record was lost" : text;
    }

    private static String sources(SourceBytes sources) {
        StringBuilder text = new StringBuilder();
        sources.roundedPercentages().forEach((SourceKind kind, Integer percent) -> {
            if (percent > 0) {
                text.append(text.isEmpty() ? ": " : ", ")
                        .append(percent)
                        .append(" % ")
                        .append(kind.field());
            }
        });
        return text.toString();
    }

    /** The object that scripts read. */
    public static ObjectNode json(AgentStatus status, Instant now) {
        ObjectNode node = Json.object();
        node.put("version", status.version());
        node.put("device", status.device());
        node.put("startedAt", status.startedAt().toString());
        node.put(
                "uptimeSeconds",
                Math.max(0, Duration.between(status.startedAt(), now).toSeconds()));
        node.putObject("peerPort")
                .put("port", status.peerPort().port())
                .put("note", status.peerPort().note());
        node.set("contents", Json.array(status.contents(), CacheCommand::put));
        Report.putSources(node.putObject("sources"), status.sources());
        node.put("uploaded", status.uploaded());
        ObjectNode monthly = node.putObject("monthlyUpload");
        monthly.put("month", status.monthly().month().toString());
        monthly.put("bytes", status.monthly().bytes());
        status.monthly().cap().ifPresent(cap -> monthly.put("cap", cap));
        monthly.put("assumed", status.monthly().assumed());
        node.put("wasted", status.wasted());
        node.set("links", Json.array(status.links(), PeersCommand::put));
        node.put("residentBytes", status.residentBytes());
        node.put("coordinator", status.coordinator().orElse(null));
        node.put("discovery", status.discovery());
        node.put("tunnel", status.tunnel());
        return node;
    }
}
