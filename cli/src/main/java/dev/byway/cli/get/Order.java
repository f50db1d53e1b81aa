package dev.byway.cli.get;

import dev.byway.core.content.Digest;
import dev.byway.core.content.SafeName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked for in one word or line.
 *
 * @param url where it is
 * @param mirrors where it is too, the better ones first
 * @param name of the file, where something else than the URL names it
 * @param sha256 that it must have, where something says so
 * @param tree a torrent that says what it is
 */
record Order(URI url, List<URI> mirrors, Optional<SafeName> name, Optional<Digest> sha256, Optional<byte[]> tree) {
    Order {
        mirrors = List.copyOf(mirrors);
    }

    /** A URL, and perhaps a name. */
    static Order of(URI url, Optional<SafeName> name) {
        return new Order(url, List.of(), name, Optional.empty(), Optional.empty());
    }
}
