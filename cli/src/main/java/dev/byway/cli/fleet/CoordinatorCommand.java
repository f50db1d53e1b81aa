package dev.byway.cli.fleet;

import dev.byway.agent.OriginSetup;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.EndWithInput;
import dev.byway.cli.command.Ending;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Version;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.coordinator.Coordinator;
import dev.byway.coordinator.CoordinatorConfig;
import dev.byway.coordinator.learning.LearnConfig;
import dev.byway.coordinator.teredo.TeredoAddresses;
import dev.byway.core.fleet.EgressRule;
import dev.byway.core.learning.LearnLimits;
import dev.byway.core.learning.LearnedOrigins;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.origin.EgressCheck;
import dev.byway.origin.OriginSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code byway coordinator}: runs the fleet's service in the foreground. */
@Command(
        name = "coordinator",
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Run the fleet's coordinator in the foreground: who belongs to the fleet, what is published, who is near whom.",
            "It founds the fleet at its first start. Prints one line that starts with 'ready' and its URLs when it serves."
                    + " Ends cleanly on Ctrl-C and SIGTERM."
        },
        footer = {
            "",
            "Examples:",
            "  byway coordinator --set listen.port=8443 --url https://byway.example.org:8443",
            "  byway coordinator token --uses 500 --valid 30d > join.token",
            "  byway join join.token              on each device",
            "  byway publish FILE --url URL --coordinator https://byway.example.org:8443"
        })
public final class CoordinatorCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "How devices reach it: https://HOST[:PORT]; repeatable (default: the machine's addresses).")
    private List<String> urls = new ArrayList<>();

    @Option(names = "--end-with-input", hidden = true, description = "End when standard input does.")
    private boolean endWithInput;

    private CoordinatorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its subcommands. */
    public static CommandLine line(Invocation invocation) {
        return new CommandLine(new CoordinatorCommand(invocation))
                .addSubcommand(new TokenCommand(invocation))
                .addSubcommand(PublishersCommand.line(invocation));
    }

    @Override
    public Integer call() throws InterruptedException {
        CoordinatorConfig config = config(invocation.settings());
        try (Coordinator coordinator = Coordinator.start(config);
                Ending _ = new Ending(coordinator::close)) {
            if (endWithInput) {
                EndWithInput.watch(invocation.console().in());
            }
            invocation.console().out().println("ready " + String.join(" ", coordinator.urls()));
            invocation.console().out().flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.DONE.number();
    }

    private CoordinatorConfig config(EffectiveSettings settings) {
        InetAddress everywhere = new InetSocketAddress(0).getAddress();
        Optional<Path> certificate = settings.get(Settings.TLS_CERTIFICATE).map(this::path);
        Optional<Path> key = settings.get(Settings.TLS_KEY).map(this::path);
        if (certificate.isPresent() != key.isPresent()) {
            throw CommandException.wrongUsage("tls.certificate and tls.key belong together: set both, or none");
        }
        try {
            return new CoordinatorConfig(
                    StateFolder.make(invocation.state()),
                    settings.get(Settings.LISTEN_ADDRESS).orElse(everywhere),
                    settings.get(Settings.LISTEN_PORT),
                    urls,
                    certificate.flatMap(chain -> key.map(secret -> new CoordinatorConfig.Tls(chain, secret))),
                    settings.get(Settings.SITE_PREFIXES),
                    settings.get(Settings.SITE_IPV6_LENGTH),
                    teredo(settings),
                    learning(settings),
                    CoordinatorConfig.Limits.DEFAULT,
                    Version.text());
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("--url: " + e.getMessage());
        }
    }

    private Optional<TeredoAddresses> teredo(EffectiveSettings settings) {
        List<InetAddress> bound = settings.get(Settings.TEREDO_ADDRESSES);
        List<InetAddress> advertised = settings.get(Settings.TEREDO_ADVERTISED);
        if (bound.isEmpty() && advertised.isEmpty()) {
            return Optional.empty();
        }
        TeredoAddresses addresses;
        try {
            addresses = new TeredoAddresses(bound, advertised.isEmpty() ? bound : advertised);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
        if (!addresses.areTwo()) {
            invocation
                    .console()
                    .warn(
                            "teredo.server.addresses has one address: devices get their addresses and reach each other, but "
                                    + "cannot tell what kind of NAT they are behind, nor can byway doctor; name a second one");
        }
        return Optional.of(addresses);
    }

    private Optional<LearnConfig> learning(EffectiveSettings settings) {
        LearnedOrigins origins;
        try {
            origins = new LearnedOrigins(settings.get(Settings.LEARN_ORIGINS));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
        OriginSettings http = OriginSetup.settings(
                        settings, invocation.surroundings().variables(), Version.text())
                .with(EgressCheck.by(new EgressRule(settings.get(Settings.EGRESS_ALLOW))));
        LearnLimits limits = LearnLimits.DEFAULT.withBytes(
                settings.get(Settings.LEARN_LONGEST).bytes(),
                settings.get(Settings.LEARN_A_DAY).bytes());
        return Optional.of(new LearnConfig(origins, limits, http))
                .filter(config -> !config.origins().hosts().isEmpty());
    }

    private Path path(String text) {
        return invocation.surroundings().resolve(Path.of(text));
    }
}
