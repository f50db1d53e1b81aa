package dev.byway.agent.link;

/** What came of dialling. */
public sealed interface DialResult {
    /** The link stands; {@link LinkHandler#onOpened} was called. */
    record Linked(Link link) implements DialResult {}

    /**
     * There is no link, and the handler was not called.
     *
     * @param detail for people and logs
     */
    record Failed(Kind kind, String detail) implements DialResult {}

    /** Why there is no link. */
    enum Kind {
        /** Nobody listens there, or a firewall says no. */
        REFUSED,
        /** No answer in time. */
        TIMEOUT,
        /** No way to that address. */
        UNREACHABLE,
        /** The handshake failed in another way. */
        TLS,
        /** Something else listens there. */
        NOT_BYWAY,
        /** Not the device that was expected. */
        OTHER_DEVICE,
        /** One side's certificate is not what the other side takes: another fleet, no fleet, expired. */
        OTHER_FLEET,
        /** This very device. */
        SELF,
        /** Connected, then closed again before the hello: the peer is at its limits or going away, or a firewall cut in. */
        DECLINED
    }
}
