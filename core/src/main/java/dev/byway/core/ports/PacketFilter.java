package dev.byway.core.ports;

/** Something that decides over packets. */
interface PacketFilter {
    /** What becomes of these packets. */
    Verdict judge(Probe probe);
}
