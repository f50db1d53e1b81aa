package dev.byway.agent.link;

import dev.byway.core.wire.Frame;

/**
 * What a device does with its links. For one link: {@link #onOpened} once, then frames, then {@link #onClosed} once; these
 * three on the link's reader thread, one after the other. The longer a call takes, the longer the peer waits; that is the
 * only flow control for control frames.
 */
public interface LinkHandler {
    /** A link stands: both ends proved their keys and the peer said hello. */
    void onOpened(Link link);

    /**
     * The peer sent a frame that the rules of the protocol allow at this point. {@link Frame.Hello}, {@link Frame.KeepAlive}
     * and {@link Frame.Bye} are the link's own business and do not come here.
     *
     * @param frame the bytes of a {@link Frame.Data}, which may be a part of the one sent, are valid during the call only
     */
    void onFrame(Link link, Frame frame);

    /**
     * So many bytes of content, of a request given to {@link Link#serve}, go out now: they are handed to the connection when this
     * returns. Called by the link's writer thread; the link waits.
     */
    void onSending(Link link, int bytes);

    /**
     * A request given to {@link Link#serve} is over. Called by the link's writer thread, or for {@link
     * ServeOutcome#CANCELLED} by the thread that cancelled.
     *
     * @param bytes how many bytes of content went out
     */
    void onServed(Link link, int request, int bytes, ServeOutcome outcome);

    /** The link is gone; nothing comes after this. */
    void onClosed(Link link, LinkEnd end);
}
