package dev.byway.core.content;

/**
 * What a file's bytes are, wherever they lie: the BEP 52 pieces root and the length.
 *
 * <p>Both, because the root alone does not bind the length: a 64-byte file made of two digests can have the root of the
 * 32 KiB file whose two blocks have these digests. Written {@code root:length}. A file of length 0 is always {@link
 * #EMPTY} and is never shared.
 *
 * @param root pieces root, BEP 52
 * @param length bytes, at least 0
 */
public record ContentId(Digest root, long length) {
    /** Longest content that Byway takes: 2^50 bytes (1 PiB). */
    public static final long MAX_LENGTH = 1L << 50;

    /** The content without bytes. */
    public static final ContentId EMPTY = new ContentId(Digest.ZERO, 0);

    public ContentId {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a content has 0 to 2^50 bytes, not " + length);
        }
        if (length == 0 && !root.equals(Digest.ZERO)) {
            throw new IllegalArgumentException("content of length 0 has the zero root");
        }
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ContentId parse(String text) {
        if (text.equals("empty")) {
            return EMPTY;
        }
        int colon = text.indexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[1-9][0-9]{0,15}")) {
            throw new IllegalArgumentException("a content id is 64 hexadecimal digits, a colon and a length");
        }
        return new ContentId(Digest.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    /** {@code root:length}, or {@code empty}. */
    @Override
    public String toString() {
        return length == 0 ? "empty" : root + ":" + length;
    }
}
