package dev.byway.agent.download;

import dev.byway.agent.store.WriteGrant;
import dev.byway.core.content.BlockHasher;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where the bytes of one transfer go: written under its grant and hashed while they are warm, block by block. Used by the
 * one thread that receives them; the grant may be taken back by another at any time.
 *
 * <p>Only whole blocks are written, or what ends the grant: a part of one proves nothing, and a file system takes pages that
 * begin and end where its own do for a third of the work. So the beginning of a block waits here for its end.
 *
 * <p>Word of blocks wakes another thread, which costs as much as hashing one. So in a stream it goes out for {@link #TOGETHER}
 * blocks at a time, or when the last was {@link #SOON} ago; what is left over goes with the next bytes, or at the end.
 */
final class BlockSink {
    /** With 16 at a time a pair of devices was a third slower (docs/benchmarks.md). */
    private static final int TOGETHER = 4;

    private static final Duration SOON = Duration.ofMillis(20);
    private static final byte[] NOTHING = new byte[0];

    private final WriteGrant grant;
    private final Arrivals arrived;
    private final Supplier<Moment> clock;
    private final BlockHasher hasher = new BlockHasher();
    private final ReentrantLock taking = new ReentrantLock();
    private Moment toldAt;
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

    BlockSink(WriteGrant grant, Arrivals arrived, Supplier<Moment> clock) {
        this.grant = grant;
        this.arrived = arrived;
        this.clock = clock;
        this.toldAt = clock.get();
    }

    /**
     * Takes the next bytes; what lies beyond the grant is left in the buffer.
     *
     * @return whether more may come; if not, all that was granted has been written, or the grant was taken back
     * @throws dev.byway.agent.store.StoreException when the disk fails
     */
    boolean take(ByteBuffer bytes) {
        taking.lock();
        try {
            return write(bytes);
        } finally {
            taking.unlock();
        }
    }

    /** Gives word of all that was written, after what is being taken; any thread. */
    void tellRest() {
        taking.lock();
        try {
            tell();
        } finally {
            taking.unlock();
        }
    }

    private boolean write(ByteBuffer bytes) {
        while (bytes.hasRemaining() && grant.isLive()) {
            int block = Math.clamp(grant.end() - grant.position(), 0, PieceLayout.BLOCK);
            if (begunLength == 0 && bytes.remaining() >= block) {
                writeBlocks(bytes);
            } else {
                goOn(bytes, block);
            }
        }
        boolean many = hasher.length() >= TOGETHER * PieceLayout.BLOCK;
        if (many || !grant.isLive() || !clock.get().isBefore(toldAt.plus(SOON))) {
            tell();
        }
        return grant.isLive();
    }

    private void tell() {
        boolean last = !grant.isLive();
        List<Digest> leaves = last ? hasher.finish() : hasher.takeWhole();
        if (!leaves.isEmpty()) {
            toldAt = clock.get();
            arrived.blocks(leaves, last);
        }
    }

    private void writeBlocks(ByteBuffer bytes) {
        long room = Math.max(0, grant.end() - grant.position());
        int length = bytes.remaining() < room ? bytes.remaining() / PieceLayout.BLOCK * PieceLayout.BLOCK : (int) room;
        if (put(bytes.slice(bytes.position(), length))) {
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
        if (begunLength >= block && put(ByteBuffer.wrap(begun, 0, block))) {
            begunLength = 0;
        }
    }

    private boolean put(ByteBuffer bytes) {
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
