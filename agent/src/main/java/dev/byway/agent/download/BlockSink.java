package dev.byway.agent.download;

import dev.byway.agent.store.WriteGrant;
import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.Digest;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the bytes of one transfer go: written under its grant and hashed while they are warm, block by block. Used by the
 * one thread that receives them; the grant may be taken back by another at any time.
 */
final class BlockSink {
    private final WriteGrant grant;
    private final Arrivals arrived;
    private final BlockHasher hasher = new BlockHasher();

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
            long position = grant.position();
            int room = (int) Math.min(bytes.remaining(), grant.end() - position);
            ByteBuffer slice = bytes.slice(bytes.position(), Math.max(0, room));
            if (room > 0 && grant.write(position, slice.duplicate())) {
                hasher.update(slice);
                bytes.position(bytes.position() + room);
            }
        }
        boolean more = grant.isLive();
        List<Digest> leaves = more ? hasher.takeWhole() : hasher.finish();
        if (!leaves.isEmpty()) {
            arrived.blocks(leaves, !more);
        }
        return more;
    }

    WriteGrant grant() {
        return grant;
    }
}
