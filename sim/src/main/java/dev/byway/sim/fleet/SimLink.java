package dev.byway.sim.fleet;

import dev.byway.core.swarm.SourceId;
import java.util.Optional;

/** One end of a link; the other end is another one, with the same number. */
final class SimLink {
    final SimDevice peer;
    final SourceId source;
    final long number;
    private Optional<SimLink> otherEnd = Optional.empty();
    /** The peer was not told of some pieces that it held itself. */
    boolean isSpared;

    private boolean isOpen = true;
    /** When what was said last arrives: nothing overtakes it. */
    private long arrives;

    SimLink(SimDevice peer, long number) {
        this.peer = peer;
        this.source = source(peer.index);
        this.number = number;
    }

    /** Both ends are in one site, so that each may look at the other. */
    static void join(SimLink one, SimLink other) {
        one.otherEnd = Optional.of(other);
        other.otherEnd = Optional.of(one);
    }

    void close() {
        isOpen = false;
    }

    /** The peer hears something, if it has not closed the link; in one site only. */
    void deliver(SimLinks.Message message) {
        SimLink there = otherEnd.orElseThrow();
        if (there.isOpen) {
            message.reach(peer, there);
        }
    }

    static SourceId source(int device) {
        return new SourceId(device + 2);
    }

    static int device(SourceId source) {
        return source.number() - 2;
    }

    /** When something said now arrives, that takes so long by itself. */
    long arrival(long now, long takes) {
        arrives = Math.max(arrives, now + takes);
        return arrives - now;
    }
}
