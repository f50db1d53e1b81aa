package dev.byway.agent.download;

import dev.byway.core.content.Digest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a plain download writes, from the first byte to the last. One thread. */
interface GrowingCopy {
    /** Bytes that are here, from the first byte of the file on. */
    long length();

    /** The version of the file that is here. */
    Optional<String> etag();

    /** Forgets what is here. */
    void startOver(Optional<String> etag, OptionalLong length);

    /** Appends all that remains in {@code bytes}. */
    void append(ByteBuffer bytes);

    /** The digest of what is here. */
    Digest digest();

    /** The last byte has been appended. */
    void complete();

    /** No more will come. */
    void fail(String why);
}
