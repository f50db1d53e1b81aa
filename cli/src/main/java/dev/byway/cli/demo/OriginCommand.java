package dev.byway.cli.demo;

import dev.byway.agent.download.Pace;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.EndWithInput;
import dev.byway.cli.command.Ending;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.RateText;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.setting.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code byway demo-origin}: the web server of the demo. */
@Command(name = "demo-origin", hidden = true, description = "Serve one file over http, and count the bytes sent.")
public final class OriginCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--address", paramLabel = "ADDRESS", description = "A loopback address.")
    private String address = "127.0.0.1";

    @Option(names = "--uplink", paramLabel = "RATE", description = "The most that is sent, all requests together.")
    private Optional<String> uplink = Optional.empty();

    @Option(names = "--end-with-input", hidden = true, description = "End when standard input does.")
    private boolean endWithInput;

    public OriginCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        InetAddress loopback = InetAddress.ofLiteral(address);
        if (!loopback.isLoopbackAddress()) {
            throw CommandException.wrongUsage("the demo's origin listens on loopback only, not on " + address);
        }
        Pace pace = new Pace(uplink.map(text -> RateText.parse("--uplink", text)));
        try (RangeServer server = RangeServer.start(invocation.surroundings().resolve(file), loopback, pace);
                Ending _ = new Ending(server::close)) {
            if (endWithInput) {
                EndWithInput.watch(invocation.console().in());
            }
            invocation.console().out().println("ready " + server.url());
            invocation.console().out().flush();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw CommandException.failed("cannot serve " + file + " on " + address + " (" + Trouble.of(e) + ")");
        }
        return ExitCode.DONE.number();
    }
}
