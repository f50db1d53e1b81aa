package dev.byway.cli.get;

import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.Metalink;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.torrent.Torrent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files on this machine that say what is to be fetched, and from where: {@code FILE.torrent} and {@code FILE.meta4}. */
final class ContentFile {
    private static final String TORRENT = ".torrent";
    private static final String METALINK = ".meta4";

    private ContentFile() {}

    /** What a word of the command line asks for, if it names such a file that is there. */
    static Optional<List<Order>> named(String word, Path path) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean torrent = lower.endsWith(TORRENT);
        if (word.contains("://") || (!torrent && !lower.endsWith(METALINK))) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            if (word.indexOf('/') < 0) {
                throw CommandException.wrongUsage(
                        "there is no file " + path + " here; if it is at a server, write https://HOST/PATH");
            }
            return Optional.empty();
        }
        try {
            byte[] bytes = read(path, torrent ? ManifestFile.MAX_BYTES : Metalink.MAX_BYTES);
            return Optional.of(torrent ? List.of(ofTorrent(bytes)) : ofMetalink(bytes));
        } catch (UntrustedContentException | IllegalArgumentException e) {
            throw CommandException.wrongUsage(word + ": " + e.getMessage());
        }
    }

    private static byte[] read(Path path, int most) {
        try {
            if (Files.size(path) > most) {
                throw new IllegalArgumentException("it is longer than " + most + " bytes");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw CommandException.wrongUsage("cannot read " + path + " (" + Trouble.of(e) + ")");
        }
    }

    private static Order ofTorrent(byte[] bytes) {
        Torrent torrent = Torrent.read(bytes);
        List<URI> seeds = torrent.webSeeds();
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException(
                    "the torrent names no HTTP server that has the file (BEP 19), and Byway does not"
                            + " ask BitTorrent clients: give its URL, byway get URL --manifest FILE.torrent");
        }
        return new Order(
                seeds.getFirst(),
                seeds.subList(1, seeds.size()),
                Optional.of(torrent.name()),
                Optional.empty(),
                Optional.of(bytes));
    }

    private static List<Order> ofMetalink(byte[] bytes) {
        List<Order> orders = new ArrayList<>();
        for (Metalink.File file : Metalink.read(bytes).files()) {
            SafeName name = new SafeName(file.name());
            if (file.urls().isEmpty()) {
                throw new IllegalArgumentException("the file " + name + " has no http or https URL");
            }
            orders.add(new Order(
                    file.urls().getFirst(),
                    file.urls().subList(1, file.urls().size()),
                    Optional.of(name),
                    file.sha256(),
                    Optional.empty()));
        }
        if (orders.isEmpty()) {
            throw new IllegalArgumentException("the Metalink document names no file");
        }
        return orders;
    }
}
