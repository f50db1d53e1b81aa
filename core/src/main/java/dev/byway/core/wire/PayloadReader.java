package dev.byway.core.wire;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The payload of each frame from bytes. Mirrors {@link PayloadWriter}.
 *
 * <p>The buffer ends where the payload ends, so a field that is not there is a {@link BufferUnderflowException}; a value out
 * of range is the {@link IllegalArgumentException} of the frame's own constructor. {@link FrameCodec} makes both a {@link
 * WireException}.
 */
final class PayloadReader {
    private PayloadReader() {}

    static Frame read(FrameType type, ByteBuffer in) {
        return switch (type) {
            case HELLO ->
                new Frame.Hello(in.getLong(), Short.toUnsignedInt(in.getShort()), WireText.read(in), WireText.read(in));
            case KEEP_ALIVE -> new Frame.KeepAlive();
            case BYE -> new Frame.Bye(reason(in));
            case OPEN -> open(in);
            case CLOSE -> new Frame.Close(in.getInt());
            case REJECT_OPEN -> new Frame.RejectOpen(in.getInt(), reason(in), wait(in));
            case BITFIELD -> new Frame.Bitfield(in.getInt(), ByteString.read(in, in.remaining()));
            case HAVE -> new Frame.Have(in.getInt(), in.getInt(), in.getInt());
            case INTENT -> new Frame.Intent(in.getInt(), in.getInt(), wait(in), hasFlag(in, PayloadWriter.RELAYED));
            case REQUEST -> new Frame.Request(in.getInt(), in.getInt(), in.getLong(), in.getInt());
            case DATA -> data(in);
            case REJECT_REQUEST -> new Frame.RejectRequest(in.getInt(), reason(in), wait(in));
            case CANCEL -> new Frame.Cancel(in.getInt());
            case HASH_REQUEST -> new Frame.HashRequest(in.getInt(), in.getInt(), in.getInt(), in.getInt());
            case HASHES -> hashes(in);
            case COMPLAINT -> new Frame.Complaint(in.getInt(), in.getInt());
            case PROBE -> new Frame.Probe(in.getInt());
            case PROBE_RESULT ->
                new Frame.ProbeResult(
                        in.getInt(),
                        ProbeOutcome.of(Byte.toUnsignedInt(in.get())),
                        Hearing.of(Byte.toUnsignedInt(in.get())));
            case SEEK -> new Frame.Seek(Digest.read(in), hasFlag(in, PayloadWriter.SEEKS));
            case LACKS -> new Frame.Lacks(Digest.read(in));
            case FETCHING -> new Frame.Fetching(Digest.read(in), in.getLong(), in.getLong());
            case WHOLE -> new Frame.Whole(Digest.read(in), new ContentId(Digest.read(in), in.getLong()), in.getInt());
            case UNKNOWN -> throw new IllegalStateException("a frame of unknown type has no payload to read");
        };
    }

    private static Frame.Open open(ByteBuffer in) {
        int channel = in.getInt();
        ContentId content = new ContentId(Digest.read(in), in.getLong());
        int pieceLength = in.getInt();
        boolean wants = hasFlag(in, PayloadWriter.WANTS);
        ByteString ticket = ByteString.read(in, Short.toUnsignedInt(in.getShort()));
        return new Frame.Open(channel, content, pieceLength, wants, ticket);
    }

    private static Frame.Data data(ByteBuffer in) {
        int request = in.getInt();
        long offset = in.getLong();
        ByteBuffer bytes = in.slice();
        in.position(in.limit());
        return new Frame.Data(request, offset, bytes);
    }

    private static Frame.Hashes hashes(ByteBuffer in) {
        int request = in.getInt();
        int firstPiece = in.getInt();
        Digest[] digests = new Digest[in.remaining() / Digest.BYTES];
        for (int i = 0; i < digests.length; i++) {
            digests[i] = Digest.read(in);
        }
        return new Frame.Hashes(request, firstPiece, List.of(digests));
    }

    /** A byte of flags; those without a meaning are ignored. */
    private static boolean hasFlag(ByteBuffer in, int flag) {
        return (in.get() & flag) != 0;
    }

    private static RejectReason reason(ByteBuffer in) {
        return RejectReason.of(Byte.toUnsignedInt(in.get()));
    }

    /** A u32 of milliseconds: what does not fit an int is beyond the limit and counts as the limit. */
    private static int wait(ByteBuffer in) {
        int millis = in.getInt();
        return millis < 0 ? WireLimits.WAIT_MILLIS : millis;
    }
}
