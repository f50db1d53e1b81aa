package dev.byway.core.wire;

import dev.byway.core.content.Digest;
import java.nio.ByteBuffer;

/** The payload of each frame as bytes. Mirrors {@link PayloadReader}. */
final class PayloadWriter {
    /** Bit of {@link Frame.Open}'s flags. */
    static final int WANTS = 1;

    /** Bit of {@link Frame.Intent}'s flags. */
    static final int RELAYED = 1;

    /** Bit of {@link Frame.Seek}'s flags. */
    static final int SEEKS = 1;

    private PayloadWriter() {}

    static int size(Frame frame) {
        return switch (frame) {
            case Frame.Hello f -> 10 + WireText.size(f.software()) + WireText.size(f.group());
            case Frame.Open f -> FrameType.OPEN.least() + f.ticket().length();
            case Frame.Bitfield f -> 4 + f.bits().length();
            case Frame.Data f -> 12 + f.bytes().remaining();
            case Frame.Hashes f -> 8 + Digest.BYTES * f.digests().size();
            case Frame.KeepAlive f -> FrameType.KEEP_ALIVE.least();
            case Frame.Bye f -> FrameType.BYE.least();
            case Frame.Close f -> FrameType.CLOSE.least();
            case Frame.RejectOpen f -> FrameType.REJECT_OPEN.least();
            case Frame.Have f -> FrameType.HAVE.least();
            case Frame.Intent f -> FrameType.INTENT.least();
            case Frame.Request f -> FrameType.REQUEST.least();
            case Frame.RejectRequest f -> FrameType.REJECT_REQUEST.least();
            case Frame.Cancel f -> FrameType.CANCEL.least();
            case Frame.HashRequest f -> FrameType.HASH_REQUEST.least();
            case Frame.Complaint f -> FrameType.COMPLAINT.least();
            case Frame.Probe f -> FrameType.PROBE.least();
            case Frame.ProbeResult f -> FrameType.PROBE_RESULT.least();
            case Frame.Seek f -> FrameType.SEEK.least();
            case Frame.Lacks f -> FrameType.LACKS.least();
            case Frame.Fetching f -> FrameType.FETCHING.least();
            case Frame.Whole f -> FrameType.WHOLE.least();
        };
    }

    static void write(Frame frame, ByteBuffer out) {
        switch (frame) {
            case Frame.Hello f -> hello(f, out);
            case Frame.KeepAlive f -> {}
            case Frame.Bye f -> out.put((byte) f.reason().code());
            case Frame.Open f -> open(f, out);
            case Frame.Close f -> out.putInt(f.channel());
            case Frame.RejectOpen f -> reject(f.channel(), f.reason(), f.retryAfterMillis(), out);
            case Frame.Bitfield f -> f.bits().write(out.putInt(f.channel()));
            case Frame.Have f -> out.putInt(f.channel()).putInt(f.firstPiece()).putInt(f.count());
            case Frame.Intent f -> intent(f, out);
            case Frame.Request f ->
                out.putInt(f.channel()).putInt(f.request()).putLong(f.offset()).putInt(f.length());
            case Frame.Data f -> data(f, out);
            case Frame.RejectRequest f -> reject(f.request(), f.reason(), f.retryAfterMillis(), out);
            case Frame.Cancel f -> out.putInt(f.request());
            case Frame.HashRequest f ->
                out.putInt(f.channel())
                        .putInt(f.request())
                        .putInt(f.firstPiece())
                        .putInt(f.count());
            case Frame.Hashes f -> hashes(f, out);
            case Frame.Complaint f -> out.putInt(f.channel()).putInt(f.piece());
            case Frame.Probe f -> out.putInt(f.nonce());
            case Frame.ProbeResult f ->
                out.putInt(f.nonce()).put((byte) f.outcome().code()).put((byte)
                        f.hearing().code());
            case Frame.Seek f -> {
                f.sha256().write(out);
                out.put((byte) (f.seeks() ? SEEKS : 0));
            }
            case Frame.Lacks f -> f.sha256().write(out);
            case Frame.Fetching f -> {
                f.sha256().write(out);
                out.putLong(f.bytes()).putLong(f.length());
            }
            case Frame.Whole f -> whole(f, out);
        }
    }

    private static void hello(Frame.Hello f, ByteBuffer out) {
        out.putLong(f.features()).putShort((short) f.port());
        WireText.write(out, f.software());
        WireText.write(out, f.group());
    }

    private static void whole(Frame.Whole f, ByteBuffer out) {
        f.sha256().write(out);
        f.content().root().write(out);
        out.putLong(f.content().length()).putInt(f.pieceLength());
    }

    private static void open(Frame.Open f, ByteBuffer out) {
        out.putInt(f.channel());
        f.content().root().write(out);
        out.putLong(f.content().length()).putInt(f.pieceLength()).put((byte) (f.wants() ? WANTS : 0));
        out.putShort((short) f.ticket().length());
        f.ticket().write(out);
    }

    private static void intent(Frame.Intent f, ByteBuffer out) {
        out.putInt(f.channel()).putInt(f.piece()).putInt(f.leaseMillis()).put((byte) (f.relayed() ? RELAYED : 0));
    }

    private static void reject(int number, RejectReason reason, int retryAfterMillis, ByteBuffer out) {
        out.putInt(number).put((byte) reason.code()).putInt(retryAfterMillis);
    }

    private static void data(Frame.Data f, ByteBuffer out) {
        ByteBuffer bytes = f.bytes();
        int length = bytes.remaining();
        out.putInt(f.request()).putLong(f.offset());
        out.put(out.position(), bytes, bytes.position(), length).position(out.position() + length);
    }

    private static void hashes(Frame.Hashes f, ByteBuffer out) {
        out.putInt(f.request()).putInt(f.firstPiece());
        for (Digest digest : f.digests()) {
            digest.write(out);
        }
    }
}
