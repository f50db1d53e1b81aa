package dev.byway.cli.publish;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.DurationText;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.get.UrlText;
import dev.byway.cli.keys.KeyRing;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.content.Visibility;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code byway publish}: signs what a file or a folder is, and where it is served. */
@Command(
        name = "publish",
        description = {
            "Say, signed, what the file at a URL is, so that devices can prove every byte and take it from each other.",
            "Writes FILE.byway to put beside the file at its https origin; with --coordinator, tells the fleet."
                    + " A folder is published with all its files. The first use makes a signing key."
        },
        footer = {
            "",
            "Examples:",
            "  byway publish big.iso --url https://example.org/big.iso",
            "  byway publish big.iso --url https://example.org/big.iso --torrent",
            "  byway publish dist/ --url https://example.org/dist/ --expires 90d",
            "  byway publish big.iso --url http://mirror.lan/big.iso --coordinator https://byway.example.org"
        })
public final class PublishCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "PATH", description = "The file or folder, as it is served.")
    private Path path = Path.of("");

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Where it is served; for a folder the URL of the folder. Repeatable for mirrors.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The signing key: a name of byway keys, or a PEM file (default: " + KeyRing.DEFAULT_NAME + ").")
    private Optional<String> key = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the signed manifest of a file (default: PATH.byway).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--no-sidecar", description = "Write no FILE.byway; for use with --coordinator or --torrent.")
    private boolean noSidecar;

    @Option(
            names = "--torrent",
            description = "Write PATH.torrent too, of one file: BitTorrent version 2, with the URLs as web seeds.")
    private boolean torrent;

    @Option(names = "--expires", paramLabel = "TIME", description = "From when on it says nothing any more: 90d, 12h.")
    private Optional<String> expires = Optional.empty();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Only devices with this access group get it from peers; repeatable (default: anybody).")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--coordinator", paramLabel = "URL", description = "Publish at this coordinator.")
    private Optional<String> coordinator = Optional.empty();

    @Option(
            names = "--admin-token",
            paramLabel = "FILE",
            description = "The administrator's token (default: admin.token in the state folder, if it is there).")
    private Optional<Path> adminToken = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    public PublishCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Path from = invocation.surroundings().resolve(path);
        boolean folder = Files.isDirectory(from);
        if (!folder && !Files.isRegularFile(from)) {
            throw CommandException.wrongUsage("there is no file or folder " + from + " to publish");
        }
        if (noSidecar && coordinator.isEmpty() && !torrent) {
            throw CommandException.wrongUsage("--no-sidecar without --coordinator or --torrent would publish nowhere");
        }
        if (folder && torrent) {
            throw CommandException.wrongUsage("--torrent is for one file: publish each file of the folder by itself");
        }
        if (torrent && !groups.isEmpty()) {
            throw CommandException.wrongUsage("a torrent is for anybody: leave out --torrent or --group");
        }
        if (folder && output.isPresent()) {
            throw CommandException.wrongUsage("-o is for one file: a folder's manifests lie beside its files");
        }
        Publisher.Order order = order(folder);
        ProgressView view = ProgressView.on(invocation.console(), quiet || invocation.json());
        try (OriginProbe probe = new OriginProbe(invocation, invocation.settings())) {
            Publisher publisher = new Publisher(invocation, order, new Hashing(view), probe);
            if (folder) {
                publisher.publishFolder(from);
            } else {
                publisher.publishFile(from, output.map(invocation.surroundings()::resolve));
            }
        }
        return ExitCode.DONE.number();
    }

    private Publisher.Order order(boolean folder) {
        List<URI> origins = urls.stream()
                .map(url -> UrlText.parse(folder && !url.endsWith("/") ? url + "/" : url))
                .toList();
        Instant now = Instant.now();
        return new Publisher.Order(
                origins,
                signer(),
                visibility(),
                now,
                expires.map(text -> now.plus(DurationText.parse("--expires", text))),
                !noSidecar,
                torrent,
                coordinator.map(url -> FleetDoor.open(invocation, url, adminToken)));
    }

    private Visibility visibility() {
        try {
            return groups.isEmpty() ? new Visibility.Public() : new Visibility.Groups(groups);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("--group: " + e.getMessage());
        }
    }

    private KeyRing.Entry signer() {
        KeyRing ring = new KeyRing(StateFolder.make(invocation.state()));
        if (key.isPresent()) {
            return ring.open(key.get());
        }
        return ring.find(KeyRing.DEFAULT_NAME).orElseGet(() -> {
            KeyRing.Entry made = ring.create(KeyRing.DEFAULT_NAME);
            invocation.console().err().println("Made a signing key, " + made.file() + "; keep a copy in a safe place.");
            invocation.console().err().println("Devices that shall believe it need its public half:");
            invocation.console().err().println("  " + made.publicKey());
            return made;
        });
    }
}
