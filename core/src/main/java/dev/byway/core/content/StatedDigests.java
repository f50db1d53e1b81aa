package dev.byway.core.content;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the SHA-256 that an origin states, from the forms in which origins state it. */
public final class StatedDigests {
    /** Longest header value that is read, in characters. */
    public static final int MAX_HEADER = 4096;

    /** Longest {@code SHA256SUMS} or {@code .sha256} file that is read, in characters. */
    public static final int MAX_FILE = 4 * 1024 * 1024;

    private static final int MAX_LINE = 4096;
    private static final Pattern REPR = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):(?:;.*)?");
    private static final Pattern DIGEST = Pattern.compile("(?i:sha-256)=([A-Za-z0-9+/]{43}=)");
    private static final Pattern BASE64 = Pattern.compile("([A-Za-z0-9+/]{43}=)");
    private static final Pattern ALONE = Pattern.compile("([0-9A-Fa-f]{64})");
    private static final Pattern GNU = Pattern.compile("([0-9A-Fa-f]{64}) [ *](.+)");
    private static final Pattern BSD = Pattern.compile("SHA256 ?\\((.+)\\) ?= ?([0-9A-Fa-f]{64})");

    private record Line(String name, Digest sha256) {}

    private StatedDigests() {}

    /**
     * The SHA-256 in a {@code Repr-Digest} header (RFC 9530); empty when it states none.
     *
     * @throws UntrustedContentException when it states two different ones
     */
    public static Optional<Digest> inReprDigest(String header) {
        return inBase64(header, REPR);
    }

    /**
     * The SHA-256 in a {@code Digest} header (RFC 3230); empty when it states none.
     *
     * @throws UntrustedContentException when it states two different ones
     */
    static Optional<Digest> inDigest(String header) {
        return inBase64(header, DIGEST);
    }

    /**
     * The SHA-256 that a header is, in base 64; empty when it is none.
     *
     * @throws UntrustedContentException when there are two different ones
     */
    static Optional<Digest> inBase64(String header) {
        return inBase64(header, BASE64);
    }

    /**
     * The SHA-256 that a header is, in hexadecimal; empty when it is none.
     *
     * @throws UntrustedContentException when there are two different ones
     */
    static Optional<Digest> inHex(String header) {
        return onlyOne(members(header, ALONE).map(Digest::parse).toList());
    }

    private static Optional<Digest> inBase64(String header, Pattern pattern) {
        return onlyOne(members(header, pattern)
                .map(text -> Digest.of(Base64.getDecoder().decode(text)))
                .toList());
    }

    private static Stream<String> members(String header, Pattern pattern) {
        return header.length() > MAX_HEADER
                ? Stream.of()
                : Stream.of(header.split(","))
                        .map(member -> pattern.matcher(member.strip()))
                        .filter(Matcher::matches)
                        .map(match -> match.group(1));
    }

    /** Whether a text has any digest in one of the forms that {@code .sha256} files and {@code SHA256SUMS} have. */
    static boolean hasAny(String text) {
        return text.length() <= MAX_FILE
                && (ALONE.matcher(text.strip()).matches() || !lines(text).isEmpty());
    }

    /**
     * The SHA-256 of {@code fileName} in a {@code .sha256} file: a digest alone, or lines as in {@code SHA256SUMS} whose names
     * may have folders before them.
     *
     * @throws UntrustedContentException when it states two different ones
     */
    public static Optional<Digest> inSha256File(String text, String fileName) {
        if (text.length() > MAX_FILE) {
            return Optional.empty();
        }
        Matcher alone = ALONE.matcher(text.strip());
        return alone.matches()
                ? Optional.of(Digest.parse(alone.group(1)))
                : onlyOne(lines(text).stream()
                        .filter(line ->
                                line.name().equals(fileName) || line.name().endsWith("/" + fileName))
                        .map(Line::sha256)
                        .toList());
    }

    /**
     * The SHA-256 of {@code fileName} in a {@code SHA256SUMS} file of the same folder, as {@code sha256sum} or {@code shasum
     * --tag} writes it.
     *
     * @throws UntrustedContentException when it states two different ones
     */
    public static Optional<Digest> inSha256Sums(String text, String fileName) {
        return text.length() > MAX_FILE
                ? Optional.empty()
                : onlyOne(lines(text).stream()
                        .filter(line ->
                                line.name().equals(fileName) || line.name().equals("./" + fileName))
                        .map(Line::sha256)
                        .toList());
    }

    private static List<Line> lines(String text) {
        return text.lines()
                .filter(line -> line.length() <= MAX_LINE)
                .flatMap(line -> line(line.strip()).stream())
                .toList();
    }

    private static Optional<Line> line(String line) {
        Matcher gnu = GNU.matcher(line);
        if (gnu.matches()) {
            return Optional.of(new Line(gnu.group(2), Digest.parse(gnu.group(1))));
        }
        Matcher bsd = BSD.matcher(line);
        return bsd.matches() ? Optional.of(new Line(bsd.group(1), Digest.parse(bsd.group(2)))) : Optional.empty();
    }

    private static Optional<Digest> onlyOne(List<Digest> digests) {
        List<Digest> different = digests.stream().distinct().toList();
        if (different.size() > 1) {
            throw new UntrustedContentException("the origin states " + different.size()
                    + " different SHA-256 digests for one file: ask its operator which one is right");
        }
        return different.stream().findFirst();
    }
}
