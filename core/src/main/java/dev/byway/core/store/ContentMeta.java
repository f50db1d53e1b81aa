package dev.byway.core.store;

import dev.byway.core.content.Digest;
import dev.byway.core.json.JsonTree;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cache remembers of a content beside its bytes: the file {@code meta}.
 *
 * @param origin where it came from, without query and userinfo
 * @param created when the first byte was expected
 * @param lastUsed when it was last downloaded, delivered or asked for
 * @param completed when its last piece became durable
 * @param expires when it stops being of use, as its publisher says
 * @param pinned kept until somebody says otherwise
 * @param open whether neighbours may have it although nobody signed it: its user named it by its tree, or its origin by its digest
 * @param sha256 of the whole file, as this device found it itself
 */
public record ContentMeta(
        Optional<String> origin,
        Instant created,
        Instant lastUsed,
        Optional<Instant> completed,
        Optional<Instant> expires,
        boolean pinned,
        boolean open,
        Optional<Digest> sha256) {
    /** Longest record that is read. */
    public static final int MAX_BYTES = 64 * 1024;

    /** A content that nobody has said anything about yet. */
    public static ContentMeta startedAt(Instant now) {
        return new ContentMeta(
                Optional.empty(), now, now, Optional.empty(), Optional.empty(), false, false, Optional.empty());
    }

    /** {@code url} without query, fragment and userinfo; empty when it names no host. */
    public static Optional<String> redacted(URI url) {
        if (url.getHost() == null || url.getScheme() == null) {
            return Optional.empty();
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return Optional.of(url.getScheme() + "://" + url.getHost() + port + path);
    }

    /** The same, coming from {@code url}, of which query and userinfo are forgotten. */
    public ContentMeta withOrigin(URI url) {
        return new ContentMeta(redacted(url), created, lastUsed, completed, expires, pinned, open, sha256);
    }

    public ContentMeta withLastUsed(Instant when) {
        return new ContentMeta(origin, created, when, completed, expires, pinned, open, sha256);
    }

    public ContentMeta withCompleted(Optional<Instant> when) {
        return new ContentMeta(origin, created, lastUsed, when, expires, pinned, open, sha256);
    }

    public ContentMeta withExpires(Optional<Instant> when) {
        return new ContentMeta(origin, created, lastUsed, completed, when, pinned, open, sha256);
    }

    public ContentMeta withPinned(boolean pin) {
        return new ContentMeta(origin, created, lastUsed, completed, expires, pin, open, sha256);
    }

    /** The same, that neighbours may have. */
    public ContentMeta opened() {
        return new ContentMeta(origin, created, lastUsed, completed, expires, pinned, true, sha256);
    }

    /** The same, whose whole has this SHA-256: neighbours that seek it may have it. */
    public ContentMeta provedBy(Digest found) {
        return new ContentMeta(origin, created, lastUsed, completed, expires, pinned, true, Optional.of(found));
    }

    /** The same with no event later than {@code now}, for a clock that was ahead when the record was written. */
    public ContentMeta notAfter(Instant now) {
        return new ContentMeta(
                origin,
                earlier(created, now),
                earlier(lastUsed, now),
                completed.map(c -> earlier(c, now)),
                expires,
                pinned,
                open,
                sha256);
    }

    /** The record as JSON. */
    public byte[] encode() {
        ObjectNode json = JsonTree.object();
        origin.ifPresent(o -> json.put("origin", o));
        json.put("created", created.toString());
        json.put("lastUsed", lastUsed.toString());
        completed.ifPresent(c -> json.put("completed", c.toString()));
        expires.ifPresent(e -> json.put("expires", e.toString()));
        json.put("pinned", pinned);
        json.put("open", open);
        sha256.ifPresent(found -> json.put("sha256", found.toString()));
        return JsonTree.write(json);
    }

    /** The record in {@code bytes}; empty when they are none. Unknown members are passed over. */
    public static Optional<ContentMeta> decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonTree.read(bytes);
            Optional<Instant> created = instant(json, "created");
            Optional<Instant> lastUsed = instant(json, "lastUsed");
            if (created.isEmpty() || lastUsed.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ContentMeta(
                    text(json, "origin"),
                    created.get(),
                    lastUsed.get(),
                    instant(json, "completed"),
                    instant(json, "expires"),
                    json.path("pinned").booleanValue(false),
                    json.path("open").booleanValue(false),
                    text(json, "sha256").map(Digest::parse)));
        } catch (JacksonException | DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode json, String name) {
        return text(json, name).map(Instant::parse);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
