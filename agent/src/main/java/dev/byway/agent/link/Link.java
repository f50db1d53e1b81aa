package dev.byway.agent.link;

import dev.byway.core.fleet.PeerIdentity;
import dev.byway.core.wire.Allowance;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.RejectReason;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A connection to another device that proved its key and said hello. Carries frames both ways; who dialled makes no
 * difference once it stands.
 *
 * <p>Every method may be called by any thread and returns at once: nothing waits for the network. After the link has ended
 * all of them do nothing.
 */
public interface Link {
    /** Who is at the other end. */
    PeerIdentity peer();

    /** Its address and port as this device sees them. */
    InetSocketAddress remote();

    /** Whether this device dialled. */
    boolean dialledHere();

    /** What the peer said first. */
    Frame.Hello hello();

    /**
     * Queues a frame. Control frames go out in the order of these calls, each before any data that is not on the wire yet; a
     * {@link Frame.Hashes} takes its turn among the data. A peer that takes frames so slowly that the queue overflows loses
     * the link, and so does a frame that breaks the rules of the protocol: it is not sent.
     *
     * @throws IllegalArgumentException for {@link Frame.Data}, {@link Frame.Hello} and {@link Frame.Bye}, which {@link
     *     #serve}, the link itself and {@link #close} send
     */
    void send(Frame frame);

    /** Whether one more frame of a kind may be sent now without coming near the peer's limit. */
    boolean maySend(Allowance allowance);

    /**
     * Answers a request of the peer. The bytes are read a chunk at a time just before they are written, so a request in the
     * queue costs no memory. Requests are answered one after the other in the order of these calls. Ends with one call of
     * {@link LinkHandler#onServed}, unless the link ends before.
     *
     * @param request the peer's number
     * @param offset first byte in the content
     * @param length at least 1
     * @param source gives the bytes; called on the link's writer thread
     */
    void serve(int request, long offset, int length, PieceReader source);

    /**
     * Stops answering a request and tells the peer so with {@link Frame.RejectRequest}; nothing when it is not being served,
     * or no longer.
     */
    void cancel(int request, RejectReason reason);

    /** Says good-bye, as far as the peer still listens, and ends the link within a second. */
    void close(RejectReason reason);

    /** Bytes of frames that came in. */
    long bytesIn();

    /** Bytes of frames that went out. */
    long bytesOut();

    /** How long ago the last byte came in. */
    Duration silence();
}
