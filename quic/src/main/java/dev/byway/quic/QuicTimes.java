package dev.byway.quic;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param way until the way to a peer is open; the rules of Teredo give up before
 * @param handshake until the connection stands, from then
 * @param silence a connection on which nothing came for so long is over
 */
public record QuicTimes(Duration way, Duration handshake, Duration silence) {
    /** What agents use: a link says that it is there each minute, and is given up before QUIC would. */
    public static final QuicTimes STANDARD =
            new QuicTimes(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofMinutes(3));
}
