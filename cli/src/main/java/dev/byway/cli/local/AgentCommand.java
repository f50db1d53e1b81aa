package dev.byway.cli.local;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.EndWithInput;
import dev.byway.cli.command.Ending;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.setting.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code byway agent}: runs this device's agent in the foreground. */
@Command(
        name = "agent",
        description = {
            "Run this device's agent in the foreground: it shares what it holds, and downloads for the commands of this"
                    + " machine.",
            "Prints one line that starts with 'ready' when it serves. Ends cleanly on Ctrl-C and SIGTERM."
        },
        footer = {
            "",
            "Examples:",
            "  byway agent",
            "  byway agent --set trust.publishers=/etc/byway/publishers.txt",
            "  byway agent --set peer.port=7681 --set DODownloadMode=1",
            "  byway agent --set coordinator.token-file=/etc/byway/join.token"
        })
public final class AgentCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--end-with-input", hidden = true, description = "End when standard input does.")
    private boolean endWithInput;

    public AgentCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (OwnAgent own = OwnAgent.start(invocation, invocation.settings());
                Ending _ = new Ending(own::close)) {
            if (endWithInput) {
                EndWithInput.watch(invocation.console().in());
            }
            tell(own);
            own.agent().awaitStop();
        }
        return ExitCode.DONE.number();
    }

    private void tell(OwnAgent own) {
        Console console = invocation.console();
        var status = own.agent().status();
        var port = status.peerPort();
        if (!port.note().isEmpty()) {
            console.warn(port.note());
        }
        console.out()
                .println("ready agent " + own.url() + " peers on "
                        + (port.port() == 0 ? "no port (outbound only)" : "port " + port.port()) + ", device "
                        + status.device() + ", state " + invocation.state());
        console.out().flush();
    }
}
