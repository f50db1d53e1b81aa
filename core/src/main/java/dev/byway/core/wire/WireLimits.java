package dev.byway.core.wire;

/** Every limit of the peer protocol. A frame beyond one is an error of the sender. */
public final class WireLimits {
    /** Bytes of a frame after its length field: the {@link Frame.Bitfield} of {@link #PIECES} pieces fits, and spare. */
    public static final int FRAME = 132 * 1024;

    /** Bytes of a {@link Frame.Hello} after its type, with what later versions add at its end. */
    public static final int HELLO = 4096;

    /** Bytes of content in one {@link Frame.Data}: small, so that urgent frames never wait long. */
    public static final int DATA = 64 * 1024;

    /** Bytes that one {@link Frame.Request} may ask for. */
    public static final int REQUEST = 1024 * 1024;

    /** Digests in one {@link Frame.Hashes}. */
    public static final int HASHES = 2048;

    /** Contents that one side may have open on a link. */
    public static final int CHANNELS = 256;

    /** Requests that one side may have in flight on a link. */
    public static final int REQUESTS = 64;

    /** Bytes of UTF-8 in {@link Frame.Hello#software()}. */
    public static final int SOFTWARE = 64;

    /** Bytes of UTF-8 in {@link Frame.Hello#group()}. */
    public static final int GROUP = 128;

    /** Bytes of a ticket. */
    public static final int TICKET = 2048;

    /** Pieces of one content. */
    public static final int PIECES = 1 << 20;

    /** Longest lease or retry-after that is honoured, in milliseconds. */
    public static final int WAIT_MILLIS = 60_000;

    /** Both sides' {@link Frame.Hello} are there this long after the handshake, or the link closes. */
    public static final int HELLO_MILLIS = 10_000;

    /** A side that sent nothing for so long sends {@link Frame.KeepAlive}. */
    public static final int KEEP_ALIVE_MILLIS = 60_000;

    /** A side that heard nothing for so long closes the link. */
    public static final int SILENCE_MILLIS = 150_000;

    /** Files sought by their digests that a side remembers of its peer. */
    public static final int SOUGHT = 64;

    private WireLimits() {}
}
