package dev.byway.cli.local;

import dev.byway.agent.api.ApiClient;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code byway dashboard}: a link that opens the agent's page in a browser, once. */
@Command(
        name = "dashboard",
        description = "Print a link that opens the agent's dashboard in a browser of this machine, once.",
        footer = {"", "Example:", "  xdg-open \"$(byway dashboard)\""})
public final class DashboardCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final AgentDoor door;

    public DashboardCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenAgent open = door.required()) {
            if (!(open.agent() instanceof ApiClient client)) {
                throw CommandException.notReachable("no agent with a dashboard runs: start one with byway agent");
            }
            ApiClient.DashboardLink link = client.dashboardLink();
            if (invocation.json()) {
                Json.print(
                        invocation.console(),
                        node -> node.put("url", link.url())
                                .put("seconds", link.life().toSeconds()));
            } else {
                invocation.console().out().println(link.url());
                invocation.console().err().println("It works once, within " + Words.time(link.life()) + ".");
            }
        }
        return ExitCode.DONE.number();
    }
}
