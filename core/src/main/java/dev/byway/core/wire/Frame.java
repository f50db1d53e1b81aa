package dev.byway.core.wire;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One message between two peers on a link. {@code docs/protocol.md} gives its bytes and its meaning.
 *
 * <p>Contents are named by a <em>channel</em>: a number that each side gives to a content when it opens it. A frame about a
 * content carries the number that its <em>sender</em> gave in its own {@link Open}; so a side may speak about a content
 * only after it opened it itself, and is understood only by a side that opened it too. A request is named by a number of
 * its sender's choice, unique among that sender's requests in flight on the link; the answers carry it back. A request
 * ends once: with its last byte or digest, or with {@link RejectRequest}. {@link Cancel} and {@link Close} end none.
 *
 * <p>No frame carries a path or a URL.
 *
 * <p>A frame is valid by itself: its constructor throws {@link IllegalArgumentException} for a number, length or text
 * outside the limits of {@link WireLimits}. Whether it may be said now is the matter of {@link LinkRules}.
 */
public sealed interface Frame extends Decoded {
    /**
     * First frame of either side, sent once.
     *
     * @param features bits of {@link Feature}; unknown ones are ignored
     * @param port TCP port on which the sender takes links, 0 when it takes none
     * @param software name and version, for people; at most {@link WireLimits#SOFTWARE} bytes of UTF-8
     * @param group the match group that the sender claims, empty for none; at most {@link WireLimits#GROUP} bytes
     */
    record Hello(long features, int port, String software, String group) implements Frame {
        public Hello {
            Fields.within("port", port, 0, 65_535);
            WireText.check("software", software, WireLimits.SOFTWARE);
            WireText.check("group", group, WireLimits.GROUP);
        }
    }

    /**
     * The sender holds or wants a content.
     *
     * @param channel the sender's number for it, not in use
     * @param content what; never the empty content
     * @param pieceLength in which pieces the sender counts
     * @param wants true while the sender itself lacks pieces
     * @param ticket right to receive group-visible content, empty for public content; at most {@link WireLimits#TICKET}
     */
    record Open(int channel, ContentId content, int pieceLength, boolean wants, ByteString ticket) implements Frame {
        public Open {
            Fields.number("channel", channel);
            if (content.equals(ContentId.EMPTY)) {
                throw new IllegalArgumentException("the empty content is never shared");
            }
            Fields.within("ticket length", ticket.length(), 0, WireLimits.TICKET);
            Fields.within("pieces", new PieceLayout(content.length(), pieceLength).pieceCount(), 1, WireLimits.PIECES);
        }

        /** Without the ticket, which is a right. */
        @Override
        public String toString() {
            return "Open[channel=" + channel + ", content=" + content + ", pieceLength=" + pieceLength + ", wants="
                    + wants + "]";
        }
    }

    /** The sender neither holds nor wants the content any more; the number may be used again. */
    record Close(int channel) implements Frame {
        public Close {
            Fields.number("channel", channel);
        }
    }

    /**
     * All pieces the sender holds, bit 7 of byte 0 being piece 0; sent at most once, after {@link Open} and before any other
     * frame on the channel. A sender that holds none need not send it.
     */
    record Bitfield(int channel, ByteString bits) implements Frame {
        public Bitfield {
            Fields.number("channel", channel);
            Fields.within("bitfield length", bits.length(), 1, WireLimits.PIECES / 8);
        }

        /** Without the bits, which may be many. */
        @Override
        public String toString() {
            return "Bitfield[channel=" + channel + ", bytes=" + bits.length() + "]";
        }
    }

    /** The sender now holds these pieces too. */
    record Have(int channel, int firstPiece, int count) implements Frame {
        public Have {
            Fields.number("channel", channel);
            Fields.pieces(firstPiece, count, WireLimits.PIECES);
        }
    }

    /**
     * "This piece is being fetched from outside": a lease that asks others to wait for this piece.
     *
     * @param leaseMillis how long; 0 gives the piece up; more than {@link WireLimits#WAIT_MILLIS} counts as that
     * @param relayed not by the sender itself, but by a neighbour of it that said so; not to be passed on again
     */
    record Intent(int channel, int piece, int leaseMillis, boolean relayed) implements Frame {
        public Intent {
            Fields.number("channel", channel);
            Fields.pieces(piece, 1, 1);
            leaseMillis = Fields.wait("lease", leaseMillis);
        }
    }

    /** Asks for a range of at most {@link WireLimits#REQUEST} bytes, within one piece that the receiver holds. */
    record Request(int channel, int request, long offset, int length) implements Frame {
        public Request {
            Fields.number("channel", channel);
            Fields.number("request", request);
            Fields.range(offset, length, WireLimits.REQUEST);
        }
    }

    /**
     * Some of the bytes asked for, in order and without gaps; at most {@link WireLimits#DATA} a frame.
     *
     * @param offset of the first byte in the content
     * @param bytes from its position to its limit; a view that is valid only until the reader goes on
     */
    record Data(int request, long offset, ByteBuffer bytes) implements Frame {
        public Data {
            Fields.number("request", request);
            Fields.range(offset, bytes.remaining(), WireLimits.DATA);
        }
    }

    /** Asks for digests of the piece layer; at most {@link WireLimits#HASHES}. */
    record HashRequest(int channel, int request, int firstPiece, int count) implements Frame {
        public HashRequest {
            Fields.number("channel", channel);
            Fields.number("request", request);
            Fields.pieces(firstPiece, count, WireLimits.HASHES);
        }
    }

    /** Answers a {@link HashRequest}, all of it. */
    record Hashes(int request, int firstPiece, List<Digest> digests) implements Frame {
        public Hashes {
            Fields.number("request", request);
            digests = List.copyOf(digests);
            Fields.pieces(firstPiece, digests.size(), WireLimits.HASHES);
        }

        /** Without the digests, which may be many. */
        @Override
        public String toString() {
            return "Hashes[request=" + request + ", firstPiece=" + firstPiece + ", count=" + digests.size() + "]";
        }
    }

    /**
     * A request will not be answered, or not further.
     *
     * @param retryAfterMillis 0 for none; more than {@link WireLimits#WAIT_MILLIS} counts as that
     */
    record RejectRequest(int request, RejectReason reason, int retryAfterMillis) implements Frame {
        public RejectRequest {
            Fields.number("request", request);
            retryAfterMillis = Fields.wait("retry-after", retryAfterMillis);
        }
    }

    /**
     * A content that the receiver of this frame opened (its number) is not served or taken by the sender.
     *
     * @param retryAfterMillis 0 for none; more than {@link WireLimits#WAIT_MILLIS} counts as that
     */
    record RejectOpen(int channel, RejectReason reason, int retryAfterMillis) implements Frame {
        public RejectOpen {
            Fields.number("channel", channel);
            retryAfterMillis = Fields.wait("retry-after", retryAfterMillis);
        }
    }

    /** The answer to this request is not needed any more; it still ends with its last byte or with a reject. */
    record Cancel(int request) implements Frame {
        public Cancel {
            Fields.number("request", request);
        }
    }

    /** A piece received from the receiver of this frame failed its proof: look at your copy. */
    record Complaint(int channel, int piece) implements Frame {
        public Complaint {
            Fields.number("channel", channel);
            Fields.pieces(piece, 1, 1);
        }
    }

    /** Dial me back at this link's own address and the port of my hello, and tell. */
    record Probe(int nonce) implements Frame {}

    /** The outcome of a {@link Probe}. */
    record ProbeResult(int nonce, ProbeOutcome outcome, Hearing hearing) implements Frame {}

    /**
     * "I want the whole file with this SHA-256: how do you stand to it?" Answered with {@link Lacks}, {@link Fetching} or {@link
     * Whole}, now and whenever that changes, until the sender says that it seeks no more.
     *
     * @param seeks false: it does not seek it any more
     */
    record Seek(Digest sha256, boolean seeks) implements Frame {}

    /** The sender has not got the file, and does not fetch it. */
    record Lacks(Digest sha256) implements Frame {}

    /**
     * The sender fetches the file from outside.
     *
     * @param bytes that it has
     * @param length of the file; 0 when it does not know
     */
    record Fetching(Digest sha256, long bytes, long length) implements Frame {
        public Fetching {
            if (bytes < 0 || length < 0 || Math.max(bytes, length) > ContentId.MAX_LENGTH) {
                throw new IllegalArgumentException(bytes + " of " + length + " bytes");
            }
        }
    }

    /** The sender holds all of the file, found its SHA-256 to be this one itself, and serves it as that content. */
    record Whole(Digest sha256, ContentId content, int pieceLength) implements Frame {
        public Whole {
            if (content.equals(ContentId.EMPTY)) {
                throw new IllegalArgumentException("the empty content is never shared");
            }
            Fields.within("pieces", new PieceLayout(content.length(), pieceLength).pieceCount(), 1, WireLimits.PIECES);
        }
    }

    /** Nothing to say, still here. */
    record KeepAlive() implements Frame {}

    /** The sender closes the link. */
    record Bye(RejectReason reason) implements Frame {}
}
