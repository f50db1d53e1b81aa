package dev.byway.agent.download;

import dev.byway.core.content.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/** A copy in the caller's file. Its trouble is the caller's. */
final class TargetCopy implements GrowingCopy {
    private static final int BUFFER = 256 * 1024;

    private final DirectTarget target;
    private Optional<String> etag = Optional.empty();

    TargetCopy(DirectTarget target) {
        this.target = target;
    }

    @Override
    public long length() {
        return target.length();
    }

    @Override
    public Optional<String> etag() {
        return etag;
    }

    @Override
    public void startOver(Optional<String> tag, OptionalLong length) {
        try {
            target.startOver();
            etag = tag;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void append(ByteBuffer bytes) {
        try {
            target.append(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Digest digest() {
        MessageDigest sha = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            for (long at = 0; at < target.length(); at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER, target.length() - at));
                target.read(at, buffer);
                sha.update(buffer.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Digest.of(sha.digest());
    }

    @Override
    public void complete() {}

    @Override
    public void fail(String why) {}
}
