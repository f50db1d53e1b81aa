package dev.byway.agent.download;

import dev.byway.agent.store.Spool;
import dev.byway.agent.store.SpoolReader;
import dev.byway.core.content.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/** A copy in the cache, which others may read while it grows. */
record SpoolCopy(Spool spool) implements GrowingCopy {
    private static final int BUFFER = 64 * 1024;

    @Override
    public long length() {
        return spool.length();
    }

    @Override
    public Optional<String> etag() {
        return spool.state().etag();
    }

    @Override
    public void startOver(Optional<String> etag, OptionalLong length) {
        spool.startOver(etag, Optional.empty(), length);
    }

    @Override
    public void append(ByteBuffer bytes) {
        spool.append(bytes);
    }

    @Override
    public Digest digest() {
        MessageDigest sha = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (SpoolReader reader = spool.reader()) {
            while (reader.position() < spool.length()) {
                reader.read(buffer.clear());
                sha.update(buffer.flip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Digest.of(sha.digest());
    }

    @Override
    public void complete() {
        spool.complete();
    }

    @Override
    public void fail(String why) {
        spool.fail(why);
    }
}
