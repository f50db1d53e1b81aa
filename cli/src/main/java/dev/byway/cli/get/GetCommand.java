package dev.byway.cli.get;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.RateText;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.History;
import dev.byway.cli.local.Report;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.content.Digest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.UrlPrivacy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
            "  byway get -i list.txt -o /srv/images/   one URL a line, and optionally a name",
            "  byway get URL --header @secret.txt      header fields that nobody else sees",
            "  byway why URL                           what each source gave, or why not"
        })
public final class GetCommand implements Callable<Integer> {
    private static final int MAX_LIST = 16 << 20;

    private final Invocation invocation;
    private final AgentDoor door;

    @Parameters(paramLabel = "URL", arity = "0..*", description = "What to download.")
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

    @Option(names = "--limit-rate", paramLabel = "RATE", description = "The most bytes a second: 500K, 1.5M, 2G.")
    private Optional<String> limit = Optional.empty();

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
        List<Wanted> all = wanted();
        ProgressView view = ProgressView.on(invocation.console(), quiet || invocation.json());
        ExitCode worst = ExitCode.DONE;
        try (Fetching fetching = new Fetching(door, invocation.console(), view);
                Interruption _ = new Interruption(() -> interrupted(fetching))) {
            for (Wanted one : all) {
                worst = fetch(fetching, one, all.size() > 1) ? worst : ExitCode.FAILED;
            }
        }
        return worst.number();
    }

    /** One file; of many, a failure does not keep the others from being fetched. */
    private boolean fetch(Fetching fetching, Wanted wanted, boolean many) throws InterruptedException {
        try {
            Report report = fetching.fetch(wanted);
            new History(invocation.state()).add(report);
            tell(report, wanted.label() + ": ", many);
            return report.state() == JobStatus.State.DONE;
        } catch (CommandException e) {
            Interruption.passUnlessEnding();
            if (!many || e.exitCode() == ExitCode.NOT_REACHABLE) {
                throw e;
            }
            invocation.console().err().println("byway: " + wanted.label() + ": " + e.getMessage());
            if (invocation.json()) {
                Json.print(
                        invocation.console(),
                        node -> node.put(
                                        "url",
                                        UrlPrivacy.redact(wanted.request().url())
                                                .toString())
                                .putObject("error")
                                .put("exit", e.exitCode().number())
                                .put("kind", e.kind())
                                .put("message", e.getMessage()));
            }
            return false;
        }
    }

    private void tell(Report report, String prefix, boolean many) {
        if (invocation.json()) {
            Json.print(invocation.console(), report.toJson());
        } else if (report.failure().isEmpty() && !quiet) {
            invocation.console().err().println(prefix + report.closingLine());
            report.faults()
                    .forEach(fault -> invocation
                            .console()
                            .warn((many ? prefix : "") + fault.detail() + " [" + fault.code()
                                    + "]; byway why tells what to do"));
        }
        report.failure()
                .ifPresent(failure -> invocation
                        .console()
                        .err()
                        .println("byway: " + (many ? prefix : "") + failure.message() + " [" + failure.kind() + "]"));
    }

    private void interrupted(Fetching fetching) {
        invocation.console().err().println("byway: " + fetching.stop());
        invocation.console().err().flush();
    }

    // ---- what was asked for

    private List<Wanted> wanted() {
        if (urls.isEmpty() == list.isEmpty()) {
            throw CommandException.wrongUsage(
                    "give one URL or more, or a list of them with -i LIST (byway get --help)");
        }
        List<ListFile.Line> lines = list.map(this::readList)
                .orElseGet(() -> urls.stream()
                        .map(url -> new ListFile.Line(UrlText.parse(url), Optional.empty()))
                        .toList());
        if (lines.size() > 1 && (sha256.isPresent() || manifest.isPresent())) {
            throw CommandException.wrongUsage("--sha256 and --manifest are about one file: give one URL with them");
        }
        headers.stream()
                .filter(HeaderText::showsSecret)
                .findFirst()
                .ifPresent(_ -> invocation
                        .console()
                        .warn("other users of this machine can read command lines; give such header fields with"
                                + " --header @FILE"));
        List<Wanted> all =
                lines.stream().map(line -> wanted(line, lines.size() > 1)).toList();
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

    private Wanted wanted(ListFile.Line line, boolean many) {
        Optional<String> target = many ? output.map(folder -> folder + "/") : output;
        Path folder = invocation.surroundings().folder();
        return new Wanted(request(line.url()), Destination.of(line.url(), target, line.name(), folder, force));
    }

    private JobRequest request(URI url) {
        return new JobRequest(
                url,
                HeaderText.parseAll(headers),
                sha256.map(GetCommand::digest),
                manifest.map(this::readManifest),
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

    private List<ListFile.Line> readList(String name) {
        try {
            byte[] bytes = readList(name.equals("-"), Path.of(name));
            if (bytes.length > MAX_LIST) {
                throw CommandException.wrongUsage(name + " is longer than " + MAX_LIST + " bytes: split it");
            }
            return ListFile.parse(name, new String(bytes, StandardCharsets.UTF_8));
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
