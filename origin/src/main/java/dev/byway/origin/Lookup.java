package dev.byway.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Name lookups with a time limit. The system's resolver cannot be interrupted and would hold a carrier of the virtual
 * threads, so each lookup has a platform thread of its own; {@link #MAX_AT_ONCE} bounds those that a dead DNS server
 * keeps.
 */
final class Lookup {
    /** Lookups under way at once. */
    static final int MAX_AT_ONCE = 16;

    private final NameResolver resolver;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);

    Lookup(NameResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * The addresses of {@code host}; a literal address is its own.
     *
     * @throws OriginFailureException when there are none in time
     */
    List<InetAddress> addresses(String host, Duration within, Cancellation cancellation) {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            // a name
        }
        long started = System.nanoTime();
        try {
            if (!free.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Failures.unresolved(host, "too many lookups are waiting for the DNS server; it seems down");
            }
            CompletableFuture<List<InetAddress>> answer = start(host);
            try (Cancellation.Registration _ = cancellation.onCancel(() -> answer.cancel(false))) {
                return answer.get(within.toNanos() - (System.nanoTime() - started), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            throw Failures.unresolved(host, advice(e));
        } catch (TimeoutException _) {
            throw Failures.unresolved(host, Failures.seconds(within) + " without an answer; check the network");
        } catch (CancellationException _) {
            throw interrupted(host);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw interrupted(host);
        }
    }

    private static OriginFailureException interrupted(String host) {
        return Failures.of(OriginAnswer.Kind.CANCELLED, "looking up " + host + " was interrupted");
    }

    private CompletableFuture<List<InetAddress>> start(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("origin-dns").start(() -> {
            try {
                answer.complete(resolver.resolve(host));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            } finally {
                free.release();
            }
        });
        return answer;
    }

    private static String advice(ExecutionException lookup) {
        String text = String.valueOf(lookup.getMessage());
        return text.contains("Temporary failure")
                ? "no DNS server answered; check the network and /etc/resolv.conf"
                : "check the name or your DNS server";
    }
}
