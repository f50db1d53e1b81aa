package dev.byway.core.discovery;

import java.time.Duration;

/** Every limit and time of discovery. What lies beyond one is dropped without an answer: it came from anybody. */
public final class DiscoveryLimits {
    /** UDP port of multicast DNS; packets from another source port are neither answered nor believed. */
    public static final int PORT = 5353;

    /** Bytes of a packet that is looked at (RFC 6762 section 17). */
    public static final int PACKET = 9000;

    /** Questions and records of a packet, together. */
    public static final int RECORDS = 256;

    /** Bytes of a name, with its length bytes (RFC 1035 section 2.3.4). */
    public static final int NAME = 255;

    /** Bytes of a label. */
    public static final int LABEL = 63;

    /** Compression pointers followed within one name. */
    public static final int NAME_JUMPS = 16;

    /** Key and value pairs taken from one TXT record. */
    public static final int TXT_PAIRS = 16;

    /** Services remembered, over all links, with those that said goodbye lately. */
    public static final int NEIGHBOURS = 512;

    /** Addresses remembered and passed on for one service. */
    public static final int ADDRESSES = 4;

    /** Services remembered from one source address. */
    public static final int PER_SOURCE = 16;

    /** Services remembered that name the same address: so many dials, at most, can be aimed at one victim. */
    public static final int PER_TARGET = 16;

    /** Packets of one link that may be looked at in one go. */
    public static final int PACKET_BURST = 1024;

    /** Packets of one link that are looked at per second, on average. */
    public static final int PACKETS_PER_SECOND = 512;

    /** Services that one query asks for by name. */
    public static final int ASKED_FOR = 8;

    /** Services that one query says are known already: with them it still fits an Ethernet frame. */
    public static final int KNOWN_ANSWERS = 16;

    /** Lifetime of every record that is sent, and the longest that is believed. */
    public static final Duration TTL = Duration.ofMinutes(2);

    /** Shortest lifetime that is believed: a service cannot come and go faster than this without a goodbye. */
    public static final Duration TTL_FLOOR = Duration.ofSeconds(30);

    /** How long a service that said goodbye stays gone and keeps its place under the limits. */
    public static final Duration DEPARTED = Duration.ofSeconds(30);

    /** Shortest time between two changes of what a service that can be dialled says of itself. */
    public static final Duration CHANGE_GAP = Duration.ofSeconds(30);

    /** A service with so much of its lifetime left need not answer a query. */
    public static final Duration FRESH = Duration.ofSeconds(70);

    /** How often presence is announced at the start. */
    public static final int ANNOUNCEMENTS = 2;

    /** Shortest time between two packets of presence on a link (RFC 6762 section 6), and between two queries. */
    public static final Duration SEND_GAP = Duration.ofSeconds(1);

    /** Shortest wait before an answer (RFC 6762 section 6). */
    public static final Duration ANSWER_DELAY = Duration.ofMillis(20);

    /** What chance may add to {@link #ANSWER_DELAY}, so that many do not answer at once. */
    public static final Duration ANSWER_SPREAD = Duration.ofMillis(100);

    /** Time from the first query to the second; each further gap is three times the last. */
    public static final Duration FIRST_QUERY_GAP = Duration.ofSeconds(1);

    /** Longest time between two queries. */
    public static final Duration QUERY_GAP = Duration.ofMinutes(1);

    /** How long the rest of an incomplete service may take before it is asked for. */
    public static final Duration FOLLOW_UP_DELAY = Duration.ofMillis(100);

    private DiscoveryLimits() {}
}
