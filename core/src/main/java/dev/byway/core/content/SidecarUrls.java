package dev.byway.core.content;

import java.net.URI;
import java.util.Optional;

/** Where statements about a file lie beside it. None lies beside a URL with a query: there the path is not the file. */
public final class SidecarUrls {
    /** What the name of a sidecar adds to that of its file. */
    public static final String SUFFIX = ".byway";

    private SidecarUrls() {}

    /** {@code <url>.byway}: the signed manifest of a file, or the signed set of a folder (a URL that ends in a slash). */
    public static Optional<URI> manifest(URI url) {
        return withoutQuery(url).map(u -> appended(u, SUFFIX));
    }

    /** The file that is called as {@code url}'s with {@code suffix} added. */
    static Optional<URI> beside(URI url, String suffix) {
        return file(url).map(u -> appended(u, suffix));
    }

    /** A file in the folder of {@code url}'s. */
    static Optional<URI> inFolder(URI url, String name) {
        return folder(url).map(u -> u.resolve(name));
    }

    /** The folder of {@code url}'s file; empty where statements lie beside none. */
    public static Optional<URI> folder(URI url) {
        return file(url).map(u -> u.resolve("./"));
    }

    /** The decoded last segment of the URL's path, by which {@code SHA256SUMS} names the file. */
    public static Optional<String> fileName(URI url) {
        return file(url).map(URI::getPath).map(path -> path.substring(path.lastIndexOf('/') + 1));
    }

    private static Optional<URI> file(URI url) {
        return withoutQuery(url).filter(u -> !u.getRawPath().endsWith("/"));
    }

    private static Optional<URI> withoutQuery(URI url) {
        boolean usable = WebOrigin.of(url).isPresent()
                && url.getRawQuery() == null
                && !url.getRawPath().isEmpty();
        return usable ? Optional.of(UrlPrivacy.redact(url)) : Optional.empty();
    }

    private static URI appended(URI url, String suffix) {
        return URI.create(url + suffix);
    }
}
