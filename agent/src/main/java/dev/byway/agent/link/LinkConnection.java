package dev.byway.agent.link;

import dev.byway.core.fleet.PeerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A connection to a device that has proved who it is, before a word of the protocol is said: bytes in order, both ways. One thread
 * reads and one writes, both blocking; the rest may be called by any thread.
 */
interface LinkConnection {
    /** Who is at the other end. */
    PeerIdentity peer();

    /** Its address and port as this device sees them. */
    InetSocketAddress remote();

    /** What the peer says. */
    InputStream input() throws IOException;

    /** What it is told. */
    OutputStream output() throws IOException;

    /** Whether what is written may wait long in a buffer of the system whose size can be set. */
    boolean hasSystemBuffer();

    /** Lets about so many written bytes wait in the system's buffer, for as long as the connection stands or until another number is given. */
    void holdAtMost(int bytes) throws IOException;

    /** Tells the peer that nothing more comes. */
    void closeOutput() throws IOException;

    /** Closes, but lets the peer read what was written last; waits so long at most. */
    void hangUp(Duration grace);

    /** Closes when this time is over, which ends whatever blocks. */
    void closeAfter(Duration time);

    /** What it means that reading failed so. */
    LinkEnd meaning(IOException failure);
}
