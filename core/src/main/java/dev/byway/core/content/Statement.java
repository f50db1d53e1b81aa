package dev.byway.core.content;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules that a manifest and a set of manifests share. */
final class Statement {
    /** Version of both formats. */
    static final int VERSION = 1;

    static final int MAX_ORIGINS = 32;
    static final int MAX_ORIGIN_BYTES = 2048;
    static final int MAX_ORIGINS_BYTES = 32 * 1024;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Statement() {}

    static List<URI> checkOrigins(List<URI> origins) {
        if (origins.isEmpty() || origins.size() > MAX_ORIGINS) {
            throw new IllegalArgumentException("1 to " + MAX_ORIGINS + " origins are published, not " + origins.size());
        }
        checkOriginsLength(origins.stream().mapToInt(o -> o.toString().length()).sum());
        origins.forEach(Statement::checkOrigin);
        return List.copyOf(origins);
    }

    static void checkOriginLength(int bytes) {
        if (bytes > MAX_ORIGIN_BYTES) {
            throw new IllegalArgumentException("an origin URL has more than " + MAX_ORIGIN_BYTES + " bytes");
        }
    }

    static void checkOriginsLength(int bytes) {
        if (bytes > MAX_ORIGINS_BYTES) {
            throw new IllegalArgumentException("the origin URLs have more than " + MAX_ORIGINS_BYTES + " bytes in all");
        }
    }

    static void checkTimes(Instant issued, Optional<Instant> expires) {
        checkTime("issued", issued);
        expires.ifPresent(end -> {
            checkTime("expires", end);
            if (!end.isAfter(issued)) {
                throw new IllegalArgumentException("it expires at " + end + ", not after it is issued at " + issued);
            }
        });
    }

    /** The empty content is one thing; everything else cannot have its digest checked here. */
    static void checkDigest(ContentId id, Digest sha256) {
        if (id.length() == 0 && !sha256.equals(Digest.sha256(new byte[0]))) {
            throw new IllegalArgumentException("the SHA-256 is not that of empty content");
        }
    }

    static PieceLayout layout(ContentId id, int pieceLength) {
        return new PieceLayout(id.length(), pieceLength);
    }

    private static void checkOrigin(URI origin) {
        String text = origin.toString();
        boolean plain = WebOrigin.of(origin).isPresent()
                && !UrlPrivacy.hasUserInfo(origin)
                && UrlPrivacy.redact(origin).equals(origin)
                && !origin.getRawPath().isEmpty()
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!plain) {
            throw new IllegalArgumentException("an origin is an http or https URL with a host and a path, without user"
                    + " name, query or fragment, in ASCII; this is not: "
                    + shown(origin));
        }
        checkOriginLength(text.length());
    }

    private static String shown(URI origin) {
        String redacted = UrlPrivacy.redact(origin).toString();
        return redacted.length() <= 200 ? redacted : redacted.substring(0, 200) + "…";
    }

    private static void checkTime(String what, Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("'" + what + "' lies between the years 2000 and 9999, not at " + time);
        }
    }
}
