package dev.byway.cli.get;

import dev.byway.agent.job.JobRequest;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.command.RateText;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.content.Digest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.SafeName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code byway get}: downloads URLs into files. */
@Command(
        name = "get",
        description = {
            "Download http and https URLs: from neighbours where the content can be proved, else from the origin.",
            "Needs no agent, no coordinator and no configuration. An agent that runs is used; else this command is one for"
                    + " the length of the download. What was fetched is kept, so the same command goes on after Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  byway get https://example.org/big.iso",
            "  byway get https://example.org/big.iso -o /srv/images/",
            "  byway get https://example.org/big.iso --limit-rate 5M --no-peers",
            "  byway get URL --sha256 HEX              only if it has this digest",
            "  byway get big.iso.torrent               a torrent of version 2 with web seeds, or a .meta4 file",
            "  byway get -i list.txt -o /srv/images/   one URL a line, and optionally a name",
            "  byway get URL --header @secret.txt      header fields that nobody else sees",
            "  byway why URL                           what each source gave, or why not"
        })
public final class GetCommand implements Callable<Integer> {
    private static final int MAX_LIST = 16 << 20;
    private static final int MOST_PARALLEL = 64;

    private final Invocation invocation;
    private final AgentDoor door;

    @Parameters(
            paramLabel = "URL",
            arity = "0..*",
            description = "What to download: a URL, or a file that says it (FILE.torrent, FILE.meta4).")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to put it: a file, or a folder when it ends in / or is one (default: the current folder,"
                            + " under the URL's last segment).")
    private Optional<String> output = Optional.empty();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "LIST",
            description = "A file of URLs, one a line, each with an optional name behind it; - is standard input.")
    private Optional<String> list = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "NAME: VALUE",
            description =
                    "Send this header field, or with @FILE those of a file; repeatable. Such a request is private:"
                            + " its bytes come from the origin alone.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--sha256", paramLabel = "HEX", description = "The digest that the file must have.")
    private Optional<String> sha256 = Optional.empty();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "A FILE.byway that you have, in place of one from the network. Its signer must be trusted.")
    private Optional<Path> manifest = Optional.empty();

    @Option(
            names = "--limit-rate",
            paramLabel = "RATE",
            description = "The most bytes a second: 500K, 1.5M, 2G. Files then come one after the other.")
    private Optional<String> limit = Optional.empty();

    @Option(
            names = {"-j", "--parallel"},
            paramLabel = "N",
            description = "How many files of a list are fetched at once (default: ${DEFAULT-VALUE}).")
    private int parallel = 8;

    @Option(names = "--no-peers", description = "Ask no neighbours.")
    private boolean noPeers;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress and no closing line.")
    private boolean quiet;

    public GetCommand(Invocation invocation, AgentDoor door) {
        this.invocation = invocation;
        this.door = door;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw CommandException.wrongUsage("--parallel takes 1 to " + MOST_PARALLEL);
        }
        List<Wanted> all = wanted();
        boolean many = all.size() > 1;
        ProgressView view = ProgressView.on(invocation.console(), quiet || invocation.json());
        Outcomes outcomes = new Outcomes(invocation, many, quiet);
        try (Batch batch = new Batch(door, invocation.console(), view);
                Interruption _ = new Interruption(() -> interrupted(batch))) {
            batch.run(all, limit.isPresent() ? 1 : parallel, outcomes);
        }
        outcomes.close();
        return outcomes.exitCode().number();
    }

    private void interrupted(Batch batch) {
        invocation.console().err().println("byway: " + batch.stop());
        invocation.console().err().flush();
    }

    // ---- what was asked for

    private List<Wanted> wanted() {
        if (urls.isEmpty() == list.isEmpty()) {
            throw CommandException.wrongUsage(
                    "give one URL or more, or a list of them with -i LIST (byway get --help)");
        }
        List<Order> orders = list.map(this::readList)
                .orElseGet(() ->
                        urls.stream().flatMap(word -> orders(word).stream()).toList());
        boolean one = orders.size() == 1;
        if (!one && (sha256.isPresent() || manifest.isPresent())) {
            throw CommandException.wrongUsage("--sha256 and --manifest are about one file: give one URL with them");
        }
        headers.stream()
                .filter(HeaderText::showsSecret)
                .findFirst()
                .ifPresent(_ -> invocation
                        .console()
                        .warn("other users of this machine can read command lines; give such header fields with"
                                + " --header @FILE"));
        List<Wanted> all = orders.stream().map(order -> wanted(order, !one)).toList();
        mustDiffer(all);
        return all;
    }

    private static void mustDiffer(List<Wanted> all) {
        Set<Path> files = new HashSet<>();
        for (Wanted one : all) {
            if (!files.add(one.destination().file())) {
                throw CommandException.wrongUsage("two URLs would be written to "
                        + one.destination().file() + ": give them names in a list (-i)");
            }
        }
    }

    private List<Order> orders(String word) {
        Optional<List<Order>> named =
                ContentFile.named(word, invocation.surroundings().resolve(pathOf(word)));
        if (named.isPresent() && !headers.isEmpty()) {
            throw CommandException.wrongUsage(
                    "header fields would go to whatever servers " + word + " names: give the URL of one with --header");
        }
        return named.orElseGet(() -> List.of(Order.of(UrlText.parse(word), Optional.empty())));
    }

    /** Any word may be a URL; what can be no path is none. */
    private static Path pathOf(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            return Path.of("");
        }
    }

    private Wanted wanted(Order order, boolean many) {
        Path here = invocation.surroundings().folder();
        Optional<String> target = many ? output.map(place -> place + "/") : output;
        boolean named = list.isEmpty()
                && target.filter(place -> !Destination.isFolder(place, here)).isPresent();
        Optional<SafeName> name = named ? Optional.empty() : order.name();
        return new Wanted(request(order), order.mirrors(), Destination.of(order.url(), target, name, here, force));
    }

    private JobRequest request(Order order) {
        if (order.tree().isPresent() && manifest.isPresent()) {
            throw CommandException.wrongUsage("a torrent says what the file is: leave out --manifest");
        }
        Optional<Digest> given = sha256.map(GetCommand::digest);
        if (given.isPresent()
                && order.sha256().filter(said -> !said.equals(given.get())).isPresent()) {
            throw CommandException.wrongUsage("--sha256 is another digest than the one that the file names");
        }
        return new JobRequest(
                order.url(),
                HeaderText.parseAll(headers),
                given.or(order::sha256),
                manifest.map(this::readManifest).or(order::tree),
                !noPeers,
                limit.map(text -> RateText.parse("--limit-rate", text)));
    }

    private static Digest digest(String hex) {
        try {
            return Digest.parse(hex.strip());
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("--sha256 takes 64 hexadecimal digits, as sha256sum prints them");
        }
    }

    private byte[] readManifest(Path file) {
        Path path = invocation.surroundings().resolve(file);
        try {
            if (Files.size(path) > ManifestFile.MAX_BYTES) {
                throw CommandException.wrongUsage("--manifest " + file + " is too long to be a manifest");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw CommandException.wrongUsage("cannot read --manifest " + file + " (" + Trouble.of(e) + ")");
        }
    }

    private List<Order> readList(String name) {
        try {
            byte[] bytes = readList(name.equals("-"), Path.of(name));
            if (bytes.length > MAX_LIST) {
                throw CommandException.wrongUsage(name + " is longer than " + MAX_LIST + " bytes: split it");
            }
            return ListFile.parse(name, new String(bytes, StandardCharsets.UTF_8)).stream()
                    .map(line -> Order.of(line.url(), line.name()))
                    .toList();
        } catch (IOException e) {
            throw CommandException.wrongUsage("cannot read the list " + name + " (" + Trouble.of(e) + ")");
        }
    }

    private byte[] readList(boolean fromStandardInput, Path file) throws IOException {
        if (fromStandardInput) {
            return invocation.console().in().readNBytes(MAX_LIST + 1);
        }
        try (InputStream in = Files.newInputStream(invocation.surroundings().resolve(file))) {
            return in.readNBytes(MAX_LIST + 1);
        }
    }
}
