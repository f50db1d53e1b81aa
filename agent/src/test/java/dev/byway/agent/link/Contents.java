package dev.byway.agent.link;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Frame;

/** A content whose every byte is known from its offset, for tests of links. */
final class Contents {
    static final int PIECE = 1024 * 1024;
    static final PieceReader SOURCE = (offset, into, at, length) -> {
        for (int i = 0; i < length; i++) {
            into[at + i] = byteAt(offset + i);
        }
        return length;
    };

    private Contents() {}

    static byte byteAt(long offset) {
        return (byte) (offset * 31 + (offset >>> 8) * 7 + (offset >>> 16));
    }

    static Frame.Open open(int channel, long length) {
        ContentId content = new ContentId(Digest.sha256(new byte[] {(byte) channel, (byte) (channel >> 8)}), length);
        return new Frame.Open(channel, content, PIECE, true, ByteString.EMPTY);
    }
}
