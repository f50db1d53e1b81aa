package dev.byway.sim.net;

import dev.byway.core.content.PieceLayout;
import java.time.Duration;

/**
 * How finely bytes are simulated: those that travel together take so long on the slowest pipe of their way. Fine grain costs
 * events, coarse grain delays what could be passed on sooner.
 *
 * @param time on the slowest pipe
 * @param most bytes that travel together, whole blocks
 */
public record Grain(Duration time, int most) {
    /** For some hundred devices. */
    public static final Grain FINE = new Grain(Duration.ofMillis(5), 64 * 1024);
    /** For many thousands. */
    public static final Grain COARSE = new Grain(Duration.ofMillis(50), 1024 * 1024);

    /** Bytes that travel together where the slowest pipe has this rate; whole blocks. */
    int bytes(double bytesPerNano) {
        long wish = (long) (bytesPerNano * time.toNanos());
        return Math.clamp(wish - wish % PieceLayout.BLOCK, PieceLayout.BLOCK, most);
    }
}
