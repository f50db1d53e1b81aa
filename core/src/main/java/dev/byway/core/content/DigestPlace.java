package dev.byway.core.content;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where an origin states the SHA-256 of a file, most telling first. Which of them speak about a URL follows from the URL alone; whether
 * one does, only asking tells. Places with a name of a file are looked for only beside URLs without a query.
 */
public enum DigestPlace {
    /** RFC 9530. */
    REPR_DIGEST(Kind.FIELD, "Repr-Digest"),
    /** RFC 3230, as Metalink servers send it (RFC 6249 section 6). */
    DIGEST(Kind.FIELD, "Digest"),
    /** Amazon S3 and those that speak like it. */
    AMZ_CHECKSUM(Kind.FIELD, "x-amz-checksum-sha256"),
    /** Artifactory and Nexus. */
    CHECKSUM(Kind.FIELD, "x-checksum-sha256"),
    SHA256_FILE(Kind.BESIDE, ".sha256"),
    SHA256SUM_FILE(Kind.BESIDE, ".sha256sum"),
    /** RFC 5854. */
    META4_FILE(Kind.BESIDE, ".meta4"),
    SHA256SUMS(Kind.IN_FOLDER, "SHA256SUMS"),
    SHA256SUMS_TXT(Kind.IN_FOLDER, "SHA256SUMS.txt"),
    SHA256SUM_TXT(Kind.IN_FOLDER, "sha256sum.txt"),
    LOWER_SHA256SUMS_TXT(Kind.IN_FOLDER, "sha256sums.txt"),
    SHA256SUM(Kind.IN_FOLDER, "SHA256SUM"),
    CHECKSUM_FILE(Kind.IN_FOLDER, "CHECKSUM"),
    SHASUMS256_TXT(Kind.IN_FOLDER, "SHASUMS256.txt"),
    CHECKSUMS_TXT(Kind.IN_FOLDER, "checksums.txt");

    /** Longest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private enum Kind {
        FIELD,
        BESIDE,
        IN_FOLDER
    }

    private final Kind kind;
    private final String name;

    DigestPlace(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** Places in the head of an answer about the file itself, in this order. */
    public static List<DigestPlace> fields() {
        return all(Kind.FIELD);
    }

    /** Files of which each speaks about one other file, in this order. */
    public static List<DigestPlace> beside() {
        return all(Kind.BESIDE);
    }

    /** Files that speak about all files of their folder, in this order. */
    public static List<DigestPlace> inFolder() {
        return all(Kind.IN_FOLDER);
    }

    private static List<DigestPlace> all(Kind kind) {
        return Arrays.stream(values()).filter(place -> place.kind == kind).toList();
    }

    /** The header field, the suffix or the file's name. */
    public String place() {
        return name;
    }

    /** The URL at which a statement about {@code url} belongs; empty when {@code url} can have none. */
    public Optional<URI> of(URI url) {
        return switch (kind) {
            case FIELD -> Optional.of(url);
            case BESIDE -> SidecarUrls.beside(url, name);
            case IN_FOLDER -> SidecarUrls.inFolder(url, name);
        };
    }

    /**
     * What a file at this place states about {@code fileName}. Pages for people that a server sends instead of "not found" state
     * nothing: they are no lists of digests.
     *
     * @throws UntrustedContentException when it states two different digests
     */
    public Optional<Digest> inFile(byte[] bytes, String fileName) {
        if (kind == Kind.FIELD || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        if (this == META4_FILE) {
            return inMetalink(bytes, fileName);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return SoftNotFound.isPage(bytes)
                ? Optional.empty()
                : kind == Kind.BESIDE
                        ? StatedDigests.inSha256File(text, fileName)
                        : StatedDigests.inSha256Sums(text, fileName);
    }

    /** Whether a file at this place can be what it seems to be: a server may send a page for people instead of "not found". */
    public boolean isPlausible(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return this == META4_FILE
                ? text.contains("<metalink")
                : !SoftNotFound.isPage(bytes) && StatedDigests.hasAny(text);
    }

    private static Optional<Digest> inMetalink(byte[] bytes, String fileName) {
        try {
            return Metalink.read(bytes).files().stream()
                    .filter(file -> file.name().equals(fileName))
                    .flatMap(file -> file.sha256().stream())
                    .findFirst();
        } catch (UntrustedContentException _) {
            return Optional.empty();
        }
    }

    /**
     * What the values of this header field state, if this is one.
     *
     * @throws UntrustedContentException when they state two different digests
     */
    public Optional<Digest> inField(List<String> values) {
        String value = String.join(", ", values);
        return switch (this) {
            case REPR_DIGEST -> StatedDigests.inReprDigest(value);
            case DIGEST -> StatedDigests.inDigest(value);
            case AMZ_CHECKSUM -> StatedDigests.inBase64(value);
            case CHECKSUM -> StatedDigests.inHex(value);
            default -> Optional.empty();
        };
    }
}
