package dev.byway.core.fleet;

import dev.byway.core.content.Envelope;
import java.time.Duration;

/** Every limit of the coordinator's API. A message beyond one is refused by whoever reads it. */
public final class FleetLimits {
    /** Characters of a join token. */
    public static final int TOKEN_TEXT = 512;

    /** Coordinator addresses in a join token. */
    public static final int TOKEN_URLS = 4;

    /** Access groups of one device, token or content. */
    public static final int ACCESS_GROUPS = 16;

    /** Characters of a device's or publisher's name. */
    public static final int NAME = 128;

    /** Bytes of UTF-8 in a match group. */
    public static final int MATCH_GROUP = 128;

    /** Bytes of a certificate request in DER. */
    public static final int CERTIFICATE_REQUEST = 4096;

    /** Characters of a certificate chain in PEM. */
    public static final int CERTIFICATE_CHAIN = 16 * 1024;

    /** Characters of a URL. */
    public static final int URL = 2048;

    /** Bytes of a signed envelope: one manifest, or a set of some. */
    public static final int ENVELOPE = Envelope.MAX_BYTES;

    /** Bytes of a piece layer: 32 for each of 16,384 pieces. */
    public static final int LAYER = 16_384 * 32;

    /** Contents in one announcement, and contents of one device in all. */
    public static final int CONTENTS = 2048;

    /** Contents of one device for which peers are named in one answer; the next answer goes on with the others. */
    public static final int WANTED = 256;

    /** Peers named for one content in one answer. */
    public static final int PEERS = 32;

    /** Private addresses that a device states for itself. */
    public static final int LOCAL_ADDRESSES = 4;

    /** Reasons given for one content. */
    public static final int SHORTAGES = 8;

    /** Bytes of every request or answer that has no limit of its own. */
    public static final int BODY = 1024 * 1024;

    /** Bytes of one line of the event stream. */
    public static final int EVENT = 64 * 1024;

    /** Longest silence on an event stream. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(20);

    /** How wrong a device's clock may be when certificates are judged: a day, and half a day for good measure. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofHours(36);

    /** Longest interval between two announcements. */
    public static final Duration LONGEST_INTERVAL = Duration.ofMinutes(30);

    private FleetLimits() {}
}
