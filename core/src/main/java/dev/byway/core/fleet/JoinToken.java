package dev.byway.core.fleet;

import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a device needs to join a fleet, in one text: where the coordinator is, how to recognize it, whom to believe about
 * content, and the right to join.
 *
 * <p>The device trusts the coordinator because the token names the key of the certification authority above it, not a leaf;
 * so the coordinator's own certificate may change every week. Expiry, uses and groups are repeated here for people; what
 * counts is what the coordinator has stored.
 *
 * <p>Text: {@code byway-join-} and base64url of: version 1 (1 byte), id (8), secret (32), authority (32), publishers'
 * root (32), expiry in seconds since 1970 (8), uses (4), number of URLs (1) and each with its length (1), number of groups
 * (1) and each with its length (1), checksum (4).
 *
 * @param id names the token to the coordinator; no secret
 * @param secret the right to join
 * @param urls {@code https://host:port}, 1 to {@link FleetLimits#TOKEN_URLS}, tried in order
 * @param authority SHA-256 of the SubjectPublicKeyInfo of the certification authority
 * @param publishersRoot Ed25519 public key that signs the fleet's list of publishers, 32 bytes
 * @param expires when it ends
 * @param uses how many devices may join with it
 * @param groups what each of them is granted
 */
public record JoinToken(
        ByteString id,
        Secret secret,
        List<String> urls,
        Digest authority,
        ByteString publishersRoot,
        Instant expires,
        int uses,
        List<AccessGroup> groups) {

    /** Bytes of {@link #id()}. */
    public static final int ID_BYTES = 8;

    private static final String WHAT = "a join token";
    private static final String PREFIX = "byway-join-";
    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 32;

    public JoinToken {
        urls = List.copyOf(urls);
        groups = List.copyOf(new TreeSet<>(groups));
        if (id.length() != ID_BYTES || publishersRoot.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a token's id has 8 bytes and its publishers' root 32");
        }
        if (urls.isEmpty() || urls.size() > FleetLimits.TOKEN_URLS) {
            throw new IllegalArgumentException("a join token names 1 to " + FleetLimits.TOKEN_URLS + " coordinators");
        }
        urls.forEach(JoinToken::requireServiceUrl);
        if (groups.size() > FleetLimits.ACCESS_GROUPS || uses < 1) {
            throw new IllegalArgumentException("a join token grants at most " + FleetLimits.ACCESS_GROUPS
                    + " groups and can be used at least once");
        }
    }

    /**
     * The text to hand over.
     *
     * @throws IllegalArgumentException when it had more than {@link FleetLimits#TOKEN_TEXT} characters
     */
    public String text() {
        ByteBuffer out = ByteBuffer.allocate(4096).put(VERSION);
        id.write(out);
        secret.bytes().write(out);
        authority.write(out);
        publishersRoot.write(out);
        out.putLong(expires.getEpochSecond()).putInt(uses);
        writeAll(out, urls);
        writeAll(out, groups);
        String text = TokenText.write(PREFIX, out.flip());
        if (text.length() > FleetLimits.TOKEN_TEXT) {
            throw new IllegalArgumentException("the join token would have " + text.length() + " characters, more than "
                    + FleetLimits.TOKEN_TEXT + ": name fewer or shorter coordinator URLs or groups");
        }
        return text;
    }

    /**
     * Reads what {@link #text()} wrote; white space is skipped.
     *
     * @throws MalformedMessageException when it is no join token, has a typing error, or is of a newer Byway
     */
    public static JoinToken parse(String text) {
        ByteBuffer in = TokenText.read(WHAT, PREFIX, text, FleetLimits.TOKEN_TEXT);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new MalformedMessageException(
                        "the join token is of version " + version + ", made by a newer Byway: update this one");
            }
            return read(in);
        } catch (BufferUnderflowException | DateTimeException | IllegalArgumentException e) {
            throw new MalformedMessageException("the join token makes no sense: ask for a new one");
        }
    }

    private static JoinToken read(ByteBuffer in) {
        ByteString id = ByteString.read(in, ID_BYTES);
        Secret secret = new Secret(ByteString.read(in, Secret.BYTES));
        Digest authority = Digest.read(in);
        ByteString root = ByteString.read(in, KEY_BYTES);
        Instant expires = Instant.ofEpochSecond(in.getLong());
        int uses = in.getInt();
        List<String> urls = readAll(in);
        List<AccessGroup> groups = readAll(in).stream().map(AccessGroup::new).toList();
        return new JoinToken(id, secret, urls, authority, root, expires, uses, groups);
    }

    private static <T> void writeAll(ByteBuffer out, List<T> items) {
        out.put((byte) items.size());
        for (T item : items) {
            byte[] bytes = item.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 255) {
                throw new IllegalArgumentException("too long for a join token: " + item);
            }
            out.put((byte) bytes.length).put(bytes);
        }
    }

    private static List<String> readAll(ByteBuffer in) {
        List<String> items = new ArrayList<>();
        for (int left = Byte.toUnsignedInt(in.get()); left > 0; left--) {
            byte[] bytes = ByteString.read(in, Byte.toUnsignedInt(in.get())).toArray();
            items.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return items;
    }

    /**
     * Returns {@code url}, which is {@code https://host} or {@code https://host:port} and no more.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static String requireServiceUrl(String url) {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !uri.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("a coordinator's URL is https://HOST or https://HOST:PORT, not " + url);
        }
        return url;
    }
}
