package dev.byway.agent.peering;

import dev.byway.core.wire.RejectReason;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Takes the answer to one request to a peer. Called by the link's reader thread. */
public interface Receiver {
    /** The next bytes, in order; valid during the call only. */
    void data(ByteBuffer bytes);

    /** The peer will not answer, or not further. */
    void rejected(RejectReason reason, Duration retryAfter);
}
