package dev.byway.core.content;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Files of a folder that was published as one: with relative names under the same base URLs, signed together.
 *
 * <p>A device that asks for one of the files gets the set that has it, so a set is small and a large folder becomes many: see
 * {@link #ofFolder}.
 *
 * <p>No name is a folder of another, and no two names are one file on a disk that does not tell upper from lower case.
 *
 * @param bases 1 to {@link Manifest#MAX_ORIGINS} URLs that end in a slash; a file's URL is a base with its name behind it
 * @param entries 1 to {@link #MAX_ENTRIES}
 * @param visibility who may have the files from a peer
 * @param issued when this was signed
 * @param expires from when on it says nothing any more
 */
public record ManifestSet(
        List<URI> bases, List<Entry> entries, Visibility visibility, Instant issued, Optional<Instant> expires)
        implements Published {
    /** Media type of the signed payload. */
    public static final String PAYLOAD_TYPE = "application/vnd.byway.manifest-set+json";

    /** Most files of a set. */
    public static final int MAX_ENTRIES = 64;

    /** Most files of a folder. */
    public static final int MAX_FOLDER = 100_000;

    /** Longest JSON of a set. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@";

    /**
     * One file.
     *
     * @param name relative to the set
     * @param id what it is
     * @param sha256 of the whole file
     * @param pieceLength bytes of a piece
     */
    public record Entry(SafeName name, ContentId id, Digest sha256, int pieceLength) {
        public Entry {
            Statement.layout(id, pieceLength);
            Statement.checkDigest(id, sha256);
        }
    }

    public ManifestSet {
        bases = Statement.checkOrigins(bases);
        entries = List.copyOf(entries);
        Statement.checkTimes(issued, expires);
        for (URI base : bases) {
            if (!base.getRawPath().endsWith("/")) {
                throw new IllegalArgumentException("the base URL of a set ends in a slash, unlike " + base);
            }
        }
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("a set has 1 to " + MAX_ENTRIES + " files, not " + entries.size());
        }
        checkNames(entries);
        checkUrls(bases, entries);
    }

    /**
     * The sets of a whole folder, in the order of its entries.
     *
     * @param entries 1 to {@link #MAX_FOLDER}; no two names in all of them may clash
     * @throws IllegalArgumentException when they are too many or too long, or names clash
     */
    public static List<ManifestSet> ofFolder(
            List<URI> bases, List<Entry> entries, Visibility visibility, Instant issued, Optional<Instant> expires) {
        if (entries.size() > MAX_FOLDER) {
            throw new IllegalArgumentException(
                    "a folder has at most " + MAX_FOLDER + " files, not " + entries.size() + ": publish it in parts");
        }
        checkNames(entries);
        List<ManifestSet> sets = new ArrayList<>();
        for (int from = 0; from < entries.size(); ) {
            int to = Math.min(from + MAX_ENTRIES, entries.size());
            ManifestSet set = new ManifestSet(bases, entries.subList(from, to), visibility, issued, expires);
            while (ManifestSetJson.length(set) > MAX_BYTES && to - from > 1) {
                to = from + (to - from) / 2;
                set = new ManifestSet(bases, entries.subList(from, to), visibility, issued, expires);
            }
            sets.add(set);
            from = to;
        }
        return sets;
    }

    /**
     * Reads what {@link #toBytes()} writes. Unknown fields are ignored, an unknown version is not.
     *
     * @throws UntrustedContentException when it is not a set, is too long, or breaks a limit
     */
    public static ManifestSet read(byte[] json) {
        return ManifestSetJson.read(json);
    }

    @Override
    public String payloadType() {
        return PAYLOAD_TYPE;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the set is longer than {@link #MAX_BYTES}
     */
    @Override
    public byte[] toBytes() {
        return ManifestSetJson.write(this);
    }

    /** The manifest of the file that has this URL, or empty. */
    public Optional<Manifest> manifestFor(URI url) {
        return bases.stream()
                .flatMap(base -> nameBelow(base, url).stream())
                .flatMap(name ->
                        entries.stream().filter(entry -> entry.name().value().equals(name)))
                .map(this::manifest)
                .filter(manifest -> manifest.names(url))
                .findFirst();
    }

    /** The manifest of the first file that {@code wanted} takes, or empty. */
    public Optional<Manifest> manifestFor(Predicate<Entry> wanted) {
        return entries.stream().filter(wanted).findFirst().map(this::manifest);
    }

    /** The manifest of one of the entries, as if it had been published alone. */
    public Manifest manifest(Entry entry) {
        List<URI> origins =
                bases.stream().map(base -> under(base, entry.name())).toList();
        return new Manifest(
                entry.id(),
                entry.sha256(),
                entry.pieceLength(),
                entry.name(),
                origins,
                Validators.NONE,
                visibility,
                issued,
                expires);
    }

    /** Whether {@code url} is one of the bases. */
    public boolean names(URI url) {
        return bases.stream().anyMatch(base -> WebOrigin.sameResource(base, url));
    }

    private static Optional<String> nameBelow(URI base, URI url) {
        String folder = base.getPath();
        return Optional.ofNullable(url.getPath())
                .filter(path -> path.startsWith(folder))
                .map(path -> path.substring(folder.length()));
    }

    /** The URL of the file {@code name} in the folder {@code base}: what RFC 3986 allows in a path as it is, all else escaped. */
    static URI under(URI base, SafeName name) {
        return URI.create(base + escaped(name));
    }

    private static String escaped(SafeName name) {
        return name.segments().stream().map(ManifestSet::escaped).collect(Collectors.joining("/"));
    }

    private static String escaped(String segment) {
        StringBuilder out = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && (Character.isLetterOrDigit(b) || PATH_MARKS.indexOf(b) >= 0)) {
                out.append((char) b);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return out.toString();
    }

    private static void checkUrls(List<URI> bases, List<Entry> entries) {
        int longest = entries.stream()
                .mapToInt(entry -> escaped(entry.name()).length())
                .max()
                .orElse(0);
        bases.forEach(base -> Statement.checkOriginLength(base.toString().length() + longest));
        Statement.checkOriginsLength(bases.stream()
                .mapToInt(base -> base.toString().length() + longest)
                .sum());
    }

    private static void checkNames(List<Entry> entries) {
        Map<String, SafeName> files = new HashMap<>();
        for (Entry entry : entries) {
            Optional.ofNullable(files.put(folded(entry.name()), entry.name())).ifPresent(other -> {
                throw new IllegalArgumentException(
                        "the names '" + other + "' and '" + entry.name() + "' are one file on disks that ignore case");
            });
        }
        for (String name : files.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                Optional.ofNullable(files.get(name.substring(0, slash))).ifPresent(file -> {
                    throw new IllegalArgumentException("'" + file + "' is both a file and a folder");
                });
            }
        }
    }

    private static String folded(SafeName name) {
        String folded = name.value().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
