package dev.byway.origin;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Fetches from HTTP origins and cache hosts. Blocks the calling thread, which is best a virtual one; interrupting a
 * virtual thread stops its request. Thread-safe; one client serves an agent, so that connections are used again.
 */
public final class OriginClient implements AutoCloseable {
    private final OriginSettings settings;
    private final InstantSource clock;
    private final Exchanger exchanger;

    /** A client with these settings, which uses the system's resolver and clock. */
    public OriginClient(OriginSettings settings) {
        this(settings, NameResolver.SYSTEM, InstantSource.system());
    }

    OriginClient(OriginSettings settings, NameResolver resolver, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.exchanger = new Exchanger(new Dialer(settings, resolver), settings.limits());
    }

    /** Sends {@code request}, follows redirects, and returns when the head of the final answer is there. */
    public OriginAnswer open(OriginRequest request) {
        return open(request, RedirectRule.ANY_ORIGIN, new Cancellation(), () -> {});
    }

    /**
     * Requests of one download: at most {@code parallel} at once for each origin, cancelled together.
     *
     * @param parallel 1 to {@link OriginSession#MAX_PARALLEL}
     */
    public OriginSession session(int parallel) {
        return new OriginSession(this, parallel);
    }

    /**
     * Fetches a small file whole into memory.
     *
     * @param maxBytes a longer file is refused, 0 to 64 MiB
     * @param rule which redirects are followed; all are reported
     * @param within time for everything together
     */
    public SmallAnswer fetchSmall(URI uri, int maxBytes, RedirectRule rule, Duration within) {
        return new SmallFetch(this).fetch(uri, maxBytes, rule, within);
    }

    /** Closes connections that wait for another request; bodies being read are not touched. */
    @Override
    public void close() {
        exchanger.close();
    }

    OriginAnswer open(OriginRequest request, RedirectRule rule, Cancellation cancellation, Runnable whenDone) {
        return new Retrieval(settings, exchanger, clock, request, rule, cancellation, whenDone).run();
    }
}
