package dev.byway.agent.download;

import dev.byway.agent.store.WriteGrant;
import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the bytes of one transfer go: written under its grant and hashed while they are warm, block by block. Used by the
 * one thread that receives them; the grant may be taken back by another at any time.
 *
 * <p>Only whole blocks are written, or what ends the grant: a part of one proves nothing, and a file system takes pages that
 * begin and end where its own do for a third of the work. So the beginning of a block waits here for its end.
 */
final class BlockSink {
    private static final byte[] NOTHING = new byte[0];

    private final WriteGrant grant;
    private final Arrivals arrived;
    private final BlockHasher hasher = new BlockHasher();
    private byte[] begun = NOTHING;
    private int begunLength;

    /** Is told what was written. */
    @FunctionalInterface
    interface Arrivals {
        /**
         * The next blocks.
         *
         * @param leaves their digests, in order
         * @param last whether none will follow
         */
        void blocks(List<Digest> leaves, boolean last);
    }

    BlockSink(WriteGrant grant, Arrivals arrived) {
        this.grant = grant;
        this.arrived = arrived;
    }

    /**
     * Takes the next bytes; what lies beyond the grant is left in the buffer.
     *
     * @return whether more may come; if not, all that was granted has been written, or the grant was taken back
     * @throws dev.byway.agent.store.StoreException when the disk fails
     */
    boolean take(ByteBuffer bytes) {
        while (bytes.hasRemaining() && grant.isLive()) {
            int block = Math.clamp(grant.end() - grant.position(), 0, PieceLayout.BLOCK);
            if (begunLength == 0 && bytes.remaining() >= block) {
                writeBlocks(bytes);
            } else {
                goOn(bytes, block);
            }
        }
        boolean more = grant.isLive();
        List<Digest> leaves = more ? hasher.takeWhole() : hasher.finish();
        if (!leaves.isEmpty()) {
            arrived.blocks(leaves, !more);
        }
        return more;
    }

    private void writeBlocks(ByteBuffer bytes) {
        long room = Math.max(0, grant.end() - grant.position());
        int length = bytes.remaining() < room ? bytes.remaining() / PieceLayout.BLOCK * PieceLayout.BLOCK : (int) room;
        if (write(bytes.slice(bytes.position(), length))) {
            bytes.position(bytes.position() + length);
        }
    }

    /** Goes on with a block of which a part has come, and writes it when it is whole. */
    private void goOn(ByteBuffer bytes, int block) {
        if (begun.length == 0) {
            begun = new byte[PieceLayout.BLOCK];
        }
        int count = Math.clamp(block - begunLength, 0, bytes.remaining());
        bytes.get(begun, begunLength, count);
        begunLength += count;
        if (begunLength >= block && write(ByteBuffer.wrap(begun, 0, block))) {
            begunLength = 0;
        }
    }

    private boolean write(ByteBuffer bytes) {
        boolean written = grant.write(grant.position(), bytes.duplicate());
        if (written) {
            hasher.update(bytes);
        }
        return written;
    }

    WriteGrant grant() {
        return grant;
    }
}
