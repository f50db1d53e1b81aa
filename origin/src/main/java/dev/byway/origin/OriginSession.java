package dev.byway.origin;

import dev.byway.origin.OriginAnswer.Kind;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The requests of one download. At most so many bodies of one origin are open at once; further requests wait for one to
 * end. Closing cancels all that is under way, wherever it blocks. Thread-safe.
 */
public final class OriginSession implements AutoCloseable {
    /** What most downloads want. */
    public static final int DEFAULT_PARALLEL = 4;
    /** Most parallel requests to one origin. */
    public static final int MAX_PARALLEL = 32;

    private final OriginClient client;
    private final int parallel;
    private final Map<Endpoint, Semaphore> slots = new ConcurrentHashMap<>();
    private final Cancellation cancellation = new Cancellation();

    OriginSession(OriginClient client, int parallel) {
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            throw new IllegalArgumentException("1 to " + MAX_PARALLEL + " parallel requests, not " + parallel);
        }
        this.client = client;
        this.parallel = parallel;
    }

    /**
     * As {@link OriginClient#open}, once fewer than the allowed number of this origin's bodies are open. A body counts
     * until it is read to its end or closed.
     */
    public OriginAnswer open(OriginRequest request) {
        URI uri = request.uri();
        try {
            Semaphore slot = slots.computeIfAbsent(Endpoint.of(uri), _ -> new Semaphore(parallel));
            try (Cancellation.Registration _ = cancellation.onCancel(() -> slot.release())) {
                slot.acquire();
            }
            return client.open(request, RedirectRule.ANY_ORIGIN, cancellation, slot::release);
        } catch (HttpSyntaxException e) {
            return Failures.protocol(uri, e).failure();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Failures.interrupted(uri).failure();
        }
    }

    /** Cancels what is under way; later requests fail at once as cancelled. */
    @Override
    public void close() {
        cancellation.cancel(Kind.CANCELLED, "the download was stopped");
    }
}
