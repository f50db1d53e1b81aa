package dev.byway.agent.download;

import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoredContent;
import dev.byway.agent.store.WriteGrant;
import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.unit.ByteRange;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalInt;

/** The check that a whole file has the digest that its user gave. */
final class WholeFile {
    /** Kind of the failure. */
    static final String DIGEST_MISMATCH = "DIGEST_MISMATCH";

    private static final int BUFFER = 256 * 1024;

    private WholeFile() {}

    /** Reads a complete content; takes as long as the disk does. */
    static Digest digest(StoredContent stored) {
        return digest(stored, new ByteRange(0, stored.id().length()));
    }

    /** Reads a part that is here. */
    static Digest digest(StoredContent stored, ByteRange part) {
        MessageDigest sha = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = part.offset(); at < part.end(); at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, part.end() - at));
            stored.read(at, buffer);
            sha.update(buffer.flip());
        }
        return Digest.of(sha.digest());
    }

    /**
     * Copies the first bytes of a file into a content, piece by piece, each proved by its layer; pieces that are here already are passed
     * over, and so is what is left of a piece at the end.
     *
     * @param from stands at its first byte, and afterwards behind the last piece that was looked at
     * @return how far it came
     */
    static Copied copy(SpoolReader from, long length, StoredContent into, PieceLayer layer)
            throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long put = 0;
        for (int piece = 0; piece < layer.layout().pieceCount(); piece++) {
            ByteRange range = layer.layout().piece(piece);
            if (range.end() > length) {
                break;
            }
            Optional<WriteGrant> grant = into.held().has(piece) ? Optional.empty() : into.grant(range);
            try {
                BlockHasher hasher = new BlockHasher();
                for (long at = range.offset(); at < range.end(); at = from.position()) {
                    from.read(buffer.clear().limit((int) Math.min(BUFFER, range.end() - at)));
                    hasher.update(buffer.array(), 0, buffer.position());
                    buffer.flip();
                    long here = at;
                    grant.ifPresent(exclusive -> exclusive.write(here, buffer));
                }
                if (!layer.proves(piece, hasher.finish())) {
                    return new Copied(put, OptionalInt.of(piece));
                }
            } finally {
                grant.ifPresent(WriteGrant::close);
            }
            if (grant.isPresent()) {
                into.commit(piece);
                put += range.length();
            }
        }
        return new Copied(put, OptionalInt.empty());
    }

    /**
     * What came of copying.
     *
     * @param put bytes of pieces that were not there before
     * @param other the first piece that is not that of the layer, after which nothing was copied
     */
    record Copied(long put, OptionalInt other) {}

    /** Puts a piece into a content, if it is missing there and proves itself; whether it was put. */
    static boolean put(StoredContent into, PieceLayer layer, int piece, byte[] bytes) {
        BlockHasher hasher = new BlockHasher();
        hasher.update(bytes, 0, bytes.length);
        Optional<WriteGrant> grant = into.held().has(piece) || !layer.proves(piece, hasher.finish())
                ? Optional.empty()
                : into.grant(layer.layout().piece(piece));
        if (grant.isPresent()) {
            try (WriteGrant exclusive = grant.get()) {
                exclusive.write(layer.layout().piece(piece).offset(), ByteBuffer.wrap(bytes));
            }
            into.commit(piece);
        }
        return grant.isPresent();
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
