package dev.byway.agent.store;

import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Reads pieces back from the disk and computes what they are. One buffer, whatever the length of a piece. */
final class PieceHasher {
    private static final int CHUNK = 8 * PieceLayout.BLOCK;

    private final DataFile data;
    private final PieceLayout layout;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private final MessageDigest sha = Digest.newSha256();

    PieceHasher(DataFile data, PieceLayout layout) {
        this.data = data;
        this.layout = layout;
    }

    /** The digest of the piece as it stands on the disk. */
    Digest hash(int piece) throws IOException {
        ByteRange range = layout.piece(piece);
        List<Digest> leaves = new ArrayList<>(layout.blocksIn(piece));
        for (long at = range.offset(); at < range.end(); at += CHUNK) {
            read(at, Math.min(CHUNK, range.end() - at));
            while (buffer.hasRemaining()) {
                int block = Math.min(PieceLayout.BLOCK, buffer.remaining());
                sha.update(buffer.array(), buffer.position(), block);
                leaves.add(Digest.of(sha.digest()));
                buffer.position(buffer.position() + block);
            }
        }
        return PieceLayer.pieceRoot(layout, leaves);
    }

    /** Whether the piece on the disk is the true one; a piece that cannot be read is not. */
    boolean matches(int piece, PieceLayer layer) {
        try {
            return hash(piece).equals(layer.pieces().get(piece));
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether the piece may have been written at all: its first or its last block is not all zeros. */
    boolean mayBeWritten(int piece) {
        ByteRange range = layout.piece(piece);
        long lastBlock = range.end() - 1 - (range.end() - 1) % PieceLayout.BLOCK;
        try {
            return hasContent(range.offset(), Math.min(PieceLayout.BLOCK, range.length()))
                    || hasContent(lastBlock, range.end() - lastBlock);
        } catch (IOException _) {
            return false;
        }
    }

    /** Writes the piece over itself, so that the system has to flush it however it came to be there. */
    void rewrite(int piece, WriteGrant grant) throws IOException {
        ByteRange range = layout.piece(piece);
        for (long at = range.offset(); at < range.end(); at += CHUNK) {
            read(at, Math.min(CHUNK, range.end() - at));
            grant.write(at, buffer);
        }
    }

    private boolean hasContent(long offset, long length) throws IOException {
        read(offset, length);
        while (buffer.hasRemaining()) {
            if (buffer.get() != 0) {
                return true;
            }
        }
        return false;
    }

    private void read(long offset, long length) throws IOException {
        buffer.clear().limit((int) length);
        data.read(offset, buffer);
        buffer.flip();
    }
}
