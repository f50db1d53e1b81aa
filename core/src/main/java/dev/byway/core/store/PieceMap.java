package dev.byway.core.store;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands in the file {@code pieces}: of which content, in pieces of which length, which ones are there.
 *
 * <p>Root (32 bytes), length (8), piece length (4), then one bit a piece, bit 7 of the first byte being piece 0.
 */
public record PieceMap(ContentId id, PieceLayout layout, PieceSet pieces) {
    private static final int HEADER = Digest.BYTES + 8 + 4;

    public PieceMap {
        if (layout.length() != id.length() || pieces.size() != layout.pieceCount()) {
            throw new IllegalArgumentException("a map of " + pieces.size() + " pieces for " + id + " in " + layout);
        }
    }

    /** The bytes of the map. */
    public byte[] encode() {
        ByteString bits = pieces.toBytes();
        ByteBuffer out = ByteBuffer.allocate(HEADER + bits.length());
        id.root().write(out);
        out.putLong(id.length()).putInt(layout.pieceLength());
        bits.write(out);
        return out.array();
    }

    /** The map of {@code id} in {@code bytes}; empty when they are anything else. */
    public static Optional<PieceMap> decode(ContentId id, byte[] bytes) {
        if (bytes.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!Digest.read(in).equals(id.root()) || in.getLong() != id.length()) {
            return Optional.empty();
        }
        try {
            PieceLayout layout = new PieceLayout(id.length(), in.getInt());
            PieceSet pieces = PieceSet.of(layout.pieceCount(), ByteString.read(in, in.remaining()));
            return Optional.of(new PieceMap(id, layout, pieces));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
