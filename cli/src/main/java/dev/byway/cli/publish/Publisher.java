package dev.byway.cli.publish;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.cli.keys.KeyRing;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.Words;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SidecarUrls;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.core.torrent.Torrent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Hashes, signs, writes and sends what is to be published. One thread. */
final class Publisher {
    private final Invocation invocation;
    private final Order order;
    private final Hashing hashing;
    private final OriginProbe probe;

    /**
     * How to publish.
     *
     * @param origins where it is served
     * @param signer whose word it is
     * @param visibility who may have it from peers
     * @param issued now
     * @param expires from when on it says nothing any more
     * @param sidecars whether to write {@code FILE.byway}
     * @param torrent whether to write {@code FILE.torrent}
     * @param fleet the coordinator to tell
     */
    record Order(
            List<URI> origins,
            KeyRing.Entry signer,
            Visibility visibility,
            Instant issued,
            Optional<Instant> expires,
            boolean sidecars,
            boolean torrent,
            Optional<FleetDoor> fleet) {}

    Publisher(Invocation invocation, Order order, Hashing hashing, OriginProbe probe) {
        this.invocation = invocation;
        this.order = order;
        this.hashing = hashing;
        this.probe = probe;
    }

    /** Publishes one file. */
    void publishFile(Path file, Optional<Path> output) {
        warnOfPlainHttp();
        HashedContent hashed = hashing.hash(file);
        SafeName name = name(String.valueOf(file.getFileName()));
        Validators validators = probe.of(order.origins().getFirst(), hashed.id().length());
        Manifest manifest = manifest(hashed, name, order.origins(), validators);
        Envelope envelope = Envelope.sign(manifest, order.signer().key());
        Optional<Path> sidecar = order.sidecars()
                ? Optional.of(output.orElseGet(() -> file.resolveSibling(file.getFileName() + SidecarUrls.SUFFIX)))
                : Optional.empty();
        sidecar.ifPresent(path -> Sidecar.write(path, envelope, hashed.layer()));
        Optional<Path> torrent = Optional.of(file.resolveSibling(file.getFileName() + ".torrent"))
                .filter(_ -> order.torrent());
        torrent.ifPresent(path -> Sidecar.write(path, new Torrent(name, hashed.layer(), order.origins()).write()));
        send(List.of(envelope), Map.of(hashed.id(), hashed.layer()));
        tell(manifest, file, sidecar, torrent);
    }

    /** Publishes a folder with all its files. */
    void publishFolder(Path folder) {
        warnOfPlainHttp();
        List<ManifestSet.Entry> entries = new ArrayList<>();
        Map<ContentId, PieceLayer> layers = new HashMap<>();
        List<PublishedFolder.Member> members = PublishedFolder.members(folder, invocation.console());
        for (PublishedFolder.Member member : members) {
            HashedContent hashed = hashing.hash(member.file());
            ManifestSet.Entry entry = new ManifestSet.Entry(
                    member.name(),
                    hashed.id(),
                    hashed.sha256().orElseThrow(),
                    hashed.layer().layout().pieceLength());
            entries.add(entry);
            layers.put(hashed.id(), hashed.layer());
        }
        List<ManifestSet> sets = sets(entries);
        if (order.sidecars()) {
            Map<SafeName, Path> files = members.stream()
                    .collect(Collectors.toMap(PublishedFolder.Member::name, PublishedFolder.Member::file));
            sets.forEach(set -> writeSidecars(set, files, layers));
        }
        send(sets.stream().map(set -> Envelope.sign(set, order.signer().key())).toList(), layers);
        tell(folder, entries);
    }

    private void writeSidecars(ManifestSet set, Map<SafeName, Path> files, Map<ContentId, PieceLayer> layers) {
        for (ManifestSet.Entry entry : set.entries()) {
            Path file = Objects.requireNonNull(files.get(entry.name()));
            Sidecar.write(
                    file.resolveSibling(file.getFileName() + SidecarUrls.SUFFIX),
                    Envelope.sign(set.manifest(entry), order.signer().key()),
                    layerOf(layers, entry.id()));
        }
    }

    private static PieceLayer layerOf(Map<ContentId, PieceLayer> layers, ContentId id) {
        return Optional.ofNullable(layers.get(id)).orElseThrow();
    }

    private List<ManifestSet> sets(List<ManifestSet.Entry> entries) {
        try {
            return ManifestSet.ofFolder(order.origins(), entries, order.visibility(), order.issued(), order.expires());
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private Manifest manifest(HashedContent hashed, SafeName name, List<URI> origins, Validators validators) {
        PieceLayout layout = hashed.layer().layout();
        try {
            return new Manifest(
                    hashed.id(),
                    hashed.sha256().orElseThrow(),
                    layout.pieceLength(),
                    name,
                    origins,
                    validators,
                    order.visibility(),
                    order.issued(),
                    order.expires());
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private static SafeName name(String local) {
        try {
            return SafeName.ofLocal(local);
        } catch (IllegalArgumentException e) {
            throw CommandException.failed("NAME", e.getMessage() + ": rename the file");
        }
    }

    private void warnOfPlainHttp() {
        boolean plain = order.origins().stream().anyMatch(url -> url.getScheme().equalsIgnoreCase("http"));
        if (plain && order.fleet().isEmpty() && order.sidecars()) {
            invocation
                    .console()
                    .warn("plain http vouches for nothing: devices do not believe a FILE.byway from there. Serve it by"
                            + " https, publish at a coordinator, or hand it out for byway get --manifest");
        }
    }

    private void send(List<Envelope> envelopes, Map<ContentId, PieceLayer> layers) {
        if (order.fleet().isPresent()) {
            try (FleetDoor door = order.fleet().get()) {
                if (door.publish(envelopes, order.signer().publicKey(), layers)) {
                    invocation
                            .console()
                            .err()
                            .println("Added the key " + order.signer().name()
                                    + " to the fleet's publishers: its devices believe it now.");
                }
            }
        }
    }

    private void tell(Manifest manifest, Path file, Optional<Path> sidecar, Optional<Path> torrent) {
        Console console = invocation.console();
        if (invocation.json()) {
            ObjectNode node = Json.object();
            node.put("file", file.toString())
                    .put("contentId", manifest.id().toString())
                    .put("sha256", manifest.sha256().toString())
                    .put("bytes", manifest.id().length())
                    .put("manifest", sidecar.map(Path::toString).orElse(null))
                    .put("torrent", torrent.map(Path::toString).orElse(null))
                    .put("key", order.signer().publicKey().toString())
                    .put("coordinator", order.fleet().isPresent());
            Json.print(console, node);
            return;
        }
        console.out()
                .println("Published " + file.getFileName() + ", "
                        + Words.size(manifest.id().length()) + ", as " + manifest.id());
        sidecar.ifPresent(path -> console.out()
                .println("Put " + path + " beside the file at its origin: "
                        + SidecarUrls.manifest(order.origins().getFirst())
                                .map(URI::toString)
                                .orElse("its URL with .byway behind it")));
        torrent.ifPresent(path ->
                console.out().println("Wrote " + path + ", for byway get and BitTorrent clients of version 2."));
        if (order.fleet().isPresent()) {
            console.out()
                    .println("The fleet's devices find it at " + order.origins().getFirst());
        }
    }

    private void tell(Path folder, List<ManifestSet.Entry> entries) {
        long bytes = entries.stream().mapToLong(entry -> entry.id().length()).sum();
        Console console = invocation.console();
        if (invocation.json()) {
            ObjectNode node = Json.object();
            node.put("folder", folder.toString()).put("bytes", bytes);
            node.put("key", order.signer().publicKey().toString())
                    .put("coordinator", order.fleet().isPresent());
            node.set(
                    "files",
                    Json.array(
                            entries,
                            (one, entry) -> one.put("name", entry.name().value())
                                    .put("contentId", entry.id().toString())
                                    .put("sha256", entry.sha256().toString())
                                    .put("bytes", entry.id().length())));
            Json.print(console, node);
            return;
        }
        console.out().println("Published " + Words.count(entries.size(), "file", "files") + ", " + Words.size(bytes));
        if (order.sidecars()) {
            console.out()
                    .println("Put each FILE.byway beside its file at the origin, under "
                            + order.origins().getFirst());
        }
        if (order.fleet().isPresent()) {
            console.out()
                    .println("The fleet's devices find them under "
                            + order.origins().getFirst());
        }
    }
}
