package dev.byway.core.content;

import dev.byway.core.unit.ByteString;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The public half of a publisher's Ed25519 key. Two are equal when they are the same key, whatever they are called.
 *
 * <p>Written as one line: {@code byway-publisher-ed25519:}, the 32 bytes in base64url without padding, and optionally a
 * space and a name for people.
 */
public final class PublisherKey {
    /** What every such line starts with. */
    public static final String PREFIX = "byway-publisher-ed25519:";

    /** Longest name, in characters. */
    public static final int MAX_NAME = 128;

    /** Most keys in one list. */
    public static final int MAX_LIST = 1024;

    private static final Pattern LINE =
            Pattern.compile(Pattern.quote(PREFIX) + "([A-Za-z0-9_-]{43})(?: +(\\P{Cntrl}{1," + MAX_NAME + "}))?");

    private final ByteString raw;
    private final String name;
    private final PublicKey key;
    private final String id;

    private PublisherKey(ByteString raw, String name) {
        this.raw = raw;
        this.name = name;
        this.key = Ed25519.publicKey(raw.toArray());
        this.id = idOf(raw);
    }

    /**
     * The key with these bytes.
     *
     * @param name for people, may be empty
     * @throws KeyFormatException unless there are 32 bytes that are a point of the curve, and the name fits a line
     */
    public static PublisherKey of(ByteString raw, String name) {
        if (raw.length() != Ed25519.KEY_BYTES) {
            throw new KeyFormatException("an Ed25519 public key has 32 bytes, not " + raw.length());
        }
        if (name.length() > MAX_NAME
                || !name.strip().equals(name)
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new KeyFormatException("the name of a key has at most " + MAX_NAME
                    + " characters, none of them a control character, and no space at either end");
        }
        return new PublisherKey(raw, name);
    }

    /**
     * Reads the line that {@link #toString()} writes; space around it does not matter.
     *
     * @throws KeyFormatException for anything else
     */
    public static PublisherKey parse(String line) {
        var match = LINE.matcher(line.strip());
        if (!match.matches()) {
            throw new KeyFormatException("a publisher key is one line '" + PREFIX
                    + "' with 43 characters of base64url and a name, as" + " 'byway keys' prints it"
                    + (line.contains("PRIVATE KEY") ? "; this is a private key" : ""));
        }
        PublisherKey key = of(
                ByteString.of(Base64.getUrlDecoder().decode(match.group(1))),
                match.group(2) == null ? "" : match.group(2).strip());
        if (!key.base64().equals(match.group(1))) {
            throw new KeyFormatException("the publisher key has stray bits in its last character: copy it again");
        }
        return key;
    }

    /**
     * Reads a list of keys, one a line; empty lines and lines that start with {@code #} are skipped.
     *
     * @throws KeyFormatException naming the line that is not a key, or when there are more than {@link #MAX_LIST}
     */
    public static List<PublisherKey> parseList(String text) {
        List<PublisherKey> keys = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (keys.size() == MAX_LIST) {
                throw new KeyFormatException("a list has at most " + MAX_LIST + " publisher keys");
            }
            try {
                keys.add(parse(line));
            } catch (KeyFormatException e) {
                throw new KeyFormatException("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        return List.copyOf(keys);
    }

    /** The 32 bytes. */
    public ByteString raw() {
        return raw;
    }

    /** For people; may be empty. */
    public String name() {
        return name;
    }

    /** SHA-256 of the 32 bytes, in hexadecimal: the {@code keyid} of signatures. */
    public String id() {
        return id;
    }

    /** Whether this key signed {@code message}. */
    boolean verifies(byte[] message, ByteString signature) {
        return signature.length() == Ed25519.SIGNATURE_BYTES && Ed25519.verifies(key, message, signature.toArray());
    }

    private String base64() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw.toArray());
    }

    private static String idOf(ByteString raw) {
        return Digest.sha256(raw.toArray()).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublisherKey o && raw.equals(o.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** The line that {@link #parse} reads. */
    @Override
    public String toString() {
        return PREFIX + base64() + (name.isEmpty() ? "" : " " + name);
    }
}
