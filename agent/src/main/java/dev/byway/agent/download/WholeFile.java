package dev.byway.agent.download;

import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.Digest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The check that a whole file has the digest that its user gave. */
final class WholeFile {
    /** Kind of the failure. */
    static final String DIGEST_MISMATCH = "DIGEST_MISMATCH";

    private static final int BUFFER = 256 * 1024;

    private WholeFile() {}

    /** Reads a complete content; takes as long as the disk does. */
    static Digest digest(StoredContent stored) {
        MessageDigest sha = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long length = stored.id().length();
        for (long at = 0; at < length; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, length - at));
            stored.read(at, buffer);
            sha.update(buffer.flip());
        }
        return Digest.of(sha.digest());
    }

    /** What to say when it has not. */
    static JobStatus.Failure mismatch(URI url) {
        return new JobStatus.Failure(
                DIGEST_MISMATCH,
                "the file at " + url.getHost()
                        + " has another SHA-256 than the one given, and is not delivered: check the"
                        + " digest, or ask who publishes the file");
    }
}
