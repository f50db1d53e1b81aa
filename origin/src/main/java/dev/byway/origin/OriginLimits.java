package dev.byway.origin;

import java.time.Duration;

/**
 * How long and how much an origin may keep Byway waiting. Times are 10 ms to 1 h each.
 *
 * @param connect to resolve the name; again to connect; again for each of the proxy's tunnel and the TLS handshake
 * @param firstByte from the request to the end of the answer's head
 * @param stall between two bytes of a body
 * @param idle how long an unused connection is kept
 * @param headBytes of status line and header fields together, 1 KiB to 1 MiB
 * @param headerFields in one head, 1 to 10,000
 * @param redirects followed for one request, 0 to 10
 */
public record OriginLimits(
        Duration connect,
        Duration firstByte,
        Duration stall,
        Duration idle,
        int headBytes,
        int headerFields,
        int redirects) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** 10 s, 30 s, 30 s, 30 s, 64 KiB, 256 fields, 10 redirects. */
    public static final OriginLimits DEFAULT = new OriginLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            65_536,
            256,
            10);

    public OriginLimits {
        checkTime("connect", connect);
        checkTime("firstByte", firstByte);
        checkTime("stall", stall);
        checkTime("idle", idle);
        checkCount("headBytes", headBytes, 1024, 1 << 20);
        checkCount("headerFields", headerFields, 1, 10_000);
        checkCount("redirects", redirects, 0, 10);
    }

    /** The same with other times to wait for a connection, for the first byte and for the next byte. */
    public OriginLimits withTimes(Duration connect, Duration firstByte, Duration stall) {
        return new OriginLimits(connect, firstByte, stall, idle, headBytes, headerFields, redirects);
    }

    /** For the proxy's answer to CONNECT, which is part of connecting. */
    OriginLimits forTunnel() {
        return withTimes(connect, connect, connect);
    }

    private static void checkTime(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be 10 ms to 1 h, not " + value);
        }
    }

    private static void checkCount(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
