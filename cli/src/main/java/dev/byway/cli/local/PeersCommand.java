package dev.byway.cli.local;

import dev.byway.agent.job.AgentStatus.LinkStatus;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Table;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.Words;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** {@code byway peers}: the devices that the agent is linked to. */
@Command(
        name = "peers",
        description = "Show the devices that the agent of this machine is linked to.",
        footer = {"", "Examples:", "  byway peers", "  byway peers --json | jq '.links | length'"})
public final class PeersCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final AgentDoor door;

    public PeersCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenAgent open = door.required()) {
            List<LinkStatus> links = open.agent().status().links();
            if (invocation.json()) {
                Json.print(invocation.console(), node -> node.set("links", Json.array(links, PeersCommand::put)));
            } else if (links.isEmpty()) {
                invocation
                        .console()
                        .out()
                        .println("No links. A device links when it holds or wants shareable content.");
            } else {
                Table table = new Table().row("DEVICE", "ADDRESS", "RELATION", "DIALLED BY", "IN", "OUT", "SOFTWARE");
                links.forEach(link -> table.row(
                        link.device().substring(0, Math.min(12, link.device().length())),
                        link.address(),
                        link.relation(),
                        link.dialledHere() ? "this device" : "the peer",
                        Words.size(link.bytesIn()),
                        Words.size(link.bytesOut()),
                        link.software()));
                table.print(invocation.console());
            }
        }
        return ExitCode.DONE.number();
    }

    static void put(ObjectNode node, LinkStatus link) {
        node.put("device", link.device())
                .put("address", link.address())
                .put("dialledHere", link.dialledHere())
                .put("relation", link.relation())
                .put("software", link.software())
                .put("bytesIn", link.bytesIn())
                .put("bytesOut", link.bytesOut());
    }
}
