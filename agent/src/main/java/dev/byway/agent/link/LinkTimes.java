package dev.byway.agent.link;

import dev.byway.core.wire.WireLimits;
import java.time.Duration;

/**
 * How long each stage of a link may take.
 *
 * @param connect until TCP stands
 * @param handshake until TLS stands, from then
 * @param hello until the peer's first frame, from then
 * @param keepAlive a side that sent nothing for so long says that it is there
 * @param silence a peer that sent nothing for so long is gone
 * @param stall a write that takes longer ends the link
 * @param grace how long a good-bye may take
 */
public record LinkTimes(
        Duration connect,
        Duration handshake,
        Duration hello,
        Duration keepAlive,
        Duration silence,
        Duration stall,
        Duration grace) {
    /** What agents use. */
    public static final LinkTimes STANDARD = new LinkTimes(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofMillis(WireLimits.HELLO_MILLIS),
            Duration.ofMillis(WireLimits.KEEP_ALIVE_MILLIS),
            Duration.ofMillis(WireLimits.SILENCE_MILLIS),
            Duration.ofSeconds(30),
            Duration.ofMillis(500));

    /** How often a link looks at its clocks. */
    Duration tick() {
        Duration shortest = stall.compareTo(keepAlive) < 0 ? stall : keepAlive;
        return (hello.compareTo(shortest) < 0 ? hello : shortest).dividedBy(4);
    }
}
