package dev.byway.core.unit;

/**
 * A half-open range of bytes of one file: {@code offset} to {@code end() - 1}.
 *
 * @param offset first byte, at least 0
 * @param length number of bytes, at least 0
 */
public record ByteRange(long offset, long length) {
    public ByteRange {
        if (offset < 0 || length < 0 || offset + length < 0) {
            throw new IllegalArgumentException("not a byte range: offset " + offset + ", length " + length);
        }
    }

    /** The range from {@code start} (inclusive) to {@code end} (exclusive). */
    public static ByteRange between(long start, long end) {
        return new ByteRange(start, end - start);
    }

    /** One past the last byte. */
    public long end() {
        return offset + length;
    }

    public boolean isEmpty() {
        return length == 0;
    }
}
