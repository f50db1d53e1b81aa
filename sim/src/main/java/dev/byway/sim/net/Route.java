package dev.byway.sim.net;

import java.util.List;

/**
 * A way for bytes: pipes one after the other, in one place or in two.
 *
 * @param pipes at least one
 * @param delayNanos from the sender's decision to the first pipe
 * @param betweenNanos between the pipes of one place and those of the other; it takes an answer as long to come back
 */
public record Route(List<Pipe> pipes, long delayNanos, long betweenNanos) {
    double bytesPerNano() {
        double least = Double.MAX_VALUE;
        for (Pipe pipe : pipes) {
            least = Math.min(least, pipe.bytesPerNano());
        }
        return least;
    }
}
