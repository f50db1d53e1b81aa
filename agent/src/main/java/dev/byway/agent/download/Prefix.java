package dev.byway.agent.download;

import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.unit.ByteRange;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.OptionalInt;

/**
 * The beginning of a file that had come from the origin before it was known what the file is. Its whole pieces are proved and taken over
 * into the content. The rest may have been read by somebody already, and cannot be proved yet: it is remembered by its digest, to be
 * compared when that part of the content is here.
 *
 * @param put bytes of it that were not in the content before
 * @param other the piece after them, where it is not that of the content: then it is another file
 * @param rest what follows what was taken
 */
record Prefix(long put, OptionalInt other, ByteRange rest, Digest restDigest) {
    private static final int BUFFER = 64 * 1024;

    /** Takes it over. Reads, hashes and writes all of it. */
    static Prefix takeOver(OriginCopy copy, StoredContent into, PieceLayer layer) throws InterruptedException {
        long length = copy.length();
        try (SpoolReader reader = copy.reader()) {
            return rest(reader, length, WholeFile.copy(reader, length, into, layer));
        }
    }

    /** Only remembers it: the content is being fetched already. */
    static Prefix remember(OriginCopy copy) throws InterruptedException {
        try (SpoolReader reader = copy.reader()) {
            return rest(reader, copy.length(), new WholeFile.Copied(0, OptionalInt.empty()));
        }
    }

    private static Prefix rest(SpoolReader reader, long length, WholeFile.Copied copied) throws InterruptedException {
        long taken = reader.position();
        MessageDigest sha = Digest.newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (reader.position() < length) {
            reader.read(buffer.clear().limit((int) Math.min(BUFFER, length - reader.position())));
            sha.update(buffer.flip());
        }
        return new Prefix(copied.put(), copied.other(), ByteRange.between(taken, length), Digest.of(sha.digest()));
    }

    /** Whether the content, which is whole now, begins with it. */
    boolean begins(StoredContent whole) {
        return rest.end() <= whole.id().length()
                && WholeFile.digest(whole, rest).equals(restDigest);
    }
}
