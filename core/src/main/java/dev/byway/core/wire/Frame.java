package dev.byway.core.wire;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One message between two peers on a link.
 *
 * <p>Contents are named by a <em>channel</em>: a number that each side gives to a content when it opens it. A frame about a
 * content carries the number that its <em>sender</em> gave in its own {@link Open}; so a side may speak about a content
 * only after it opened it itself, and is understood only by a side that opened it too. A request is named by a number of
 * its sender's choice, unique among that sender's requests in flight on the link; the answers carry it back.
 *
 * <p>No frame carries a path or a URL.
 */
public sealed interface Frame {
    /**
     * First frame of either side, sent once.
     *
     * @param features bits of {@link Feature}; unknown ones are ignored
     * @param port TCP port on which the sender takes links, 0 when it takes none
     * @param software name and version, for people; at most {@link WireLimits#SOFTWARE} bytes of UTF-8
     * @param group the match group that the sender claims, empty for none; at most {@link WireLimits#GROUP} bytes
     */
    record Hello(long features, int port, String software, String group) implements Frame {}

    /**
     * The sender holds or wants a content.
     *
     * @param channel the sender's number for it, not in use
     * @param content what
     * @param pieceLength in which pieces the sender counts
     * @param wants true while the sender itself lacks pieces
     * @param ticket right to receive group-visible content, empty for public content; at most {@link WireLimits#TICKET}
     */
    record Open(int channel, ContentId content, int pieceLength, boolean wants, ByteString ticket) implements Frame {}

    /** The sender neither holds nor wants the content any more; the number may be used again. */
    record Close(int channel) implements Frame {}

    /**
     * All pieces the sender holds, bit 7 of byte 0 being piece 0; sent at most once, right after {@link Open}. A sender that
     * holds none need not send it.
     */
    record Bitfield(int channel, ByteString bits) implements Frame {}

    /** The sender now holds these pieces too. */
    record Have(int channel, int firstPiece, int count) implements Frame {}

    /**
     * "I am fetching this piece from outside": a lease that asks others to wait for this piece.
     *
     * @param leaseMillis how long; 0 gives the piece up
     */
    record Intent(int channel, int piece, int leaseMillis) implements Frame {}

    /** Asks for a range of at most {@link WireLimits#REQUEST} bytes, within one piece that the receiver holds. */
    record Request(int channel, int request, long offset, int length) implements Frame {}

    /**
     * Some of the bytes asked for, in order and without gaps; at most {@link WireLimits#DATA} a frame.
     *
     * @param bytes a view that is valid only until the reader goes on
     */
    record Data(int request, long offset, ByteBuffer bytes) implements Frame {}

    /** Asks for digests of the piece layer; at most {@link WireLimits#HASHES}. */
    record HashRequest(int channel, int request, int firstPiece, int count) implements Frame {}

    /** Answers a {@link HashRequest}, all of it. */
    record Hashes(int request, int firstPiece, List<Digest> digests) implements Frame {}

    /** A request will not be answered, or not further. */
    record RejectRequest(int request, RejectReason reason, int retryAfterMillis) implements Frame {}

    /** A content that the receiver of this frame opened (its number) is not served or taken by the sender. */
    record RejectOpen(int channel, RejectReason reason, int retryAfterMillis) implements Frame {}

    /** The answer to this request is not needed any more. */
    record Cancel(int request) implements Frame {}

    /** A piece received from the receiver of this frame failed its proof: look at your copy. */
    record Complaint(int channel, int piece) implements Frame {}

    /** Dial me back at this link's own address and the port of my hello, and tell. */
    record Probe(int nonce) implements Frame {}

    /** The outcome of a {@link Probe}. */
    record ProbeResult(int nonce, ProbeOutcome outcome) implements Frame {}

    /** Nothing to say, still here. */
    record KeepAlive() implements Frame {}

    /** The sender closes the link. */
    record Bye(RejectReason reason) implements Frame {}
}
