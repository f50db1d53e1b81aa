package dev.byway.teredo.packet;

/** What became of bytes that somebody sent. */
public sealed interface Decoded {
    /** They are a packet. */
    record Whole(TeredoPacket packet) implements Decoded {}

    /** They are none. */
    record Broken(Rule rule) implements Decoded {}
}
