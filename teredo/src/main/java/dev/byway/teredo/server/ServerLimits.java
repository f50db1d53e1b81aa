package dev.byway.teredo.server;

import dev.byway.teredo.Allowance;
import java.time.Duration;

/**
 * Every limit of a server. What lies beyond one is dropped without an answer.
 *
 * @param mappings that are remembered, a power of two; a full table forgets those that it heard longest ago
 * @param sources whose rates are kept apart, a power of two; more share one
 * @param perSource answers and forwarded bubbles for one IPv4 address, behind which a whole provider may be
 * @param inAll for all together
 * @param remembered how long a mapping that solicited gets bubbles: ten times the refresh interval of clients
 */
public record ServerLimits(int mappings, int sources, Allowance perSource, Allowance inAll, Duration remembered) {
    /** For a fleet of a million devices: 13 MB, whatever comes. */
    public static final ServerLimits STANDARD = new ServerLimits(
            1 << 20, 1 << 16, Allowance.perSecond(200), Allowance.perSecond(40_000), Duration.ofMinutes(5));

    public ServerLimits {
        if (Integer.bitCount(mappings) != 1 || mappings < Mappings.WAYS || Integer.bitCount(sources) != 1) {
            throw new IllegalArgumentException("mappings and sources are powers of two, mappings at least 8");
        }
    }
}
