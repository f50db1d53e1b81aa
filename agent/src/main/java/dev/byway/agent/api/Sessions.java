package dev.byway.agent.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Who may look at the dashboard: one-time links that were handed out, and the sessions that they were turned into. The
 * oldest gives way when there are too many. Any thread; times are those of {@link System#nanoTime()}.
 */
final class Sessions {
    static final int MAX = 16;
    static final Duration LINK_LIFE = Duration.ofMinutes(2);
    static final Duration SESSION_LIFE = Duration.ofHours(12);

    private record Dated(Secret secret, long until) {}

    private final Deque<Dated> links = new ArrayDeque<>();
    private final Deque<Dated> sessions = new ArrayDeque<>();

    /** A new one-time secret, good for {@link #LINK_LIFE}. */
    synchronized Secret newLink(long now) {
        return add(links, now + LINK_LIFE.toNanos());
    }

    /** Turns a one-time secret into a session's cookie; it works once. */
    synchronized Optional<Secret> redeem(String once, long now) {
        boolean good = holds(links, once, now);
        links.removeIf(link -> link.secret().matches(once));
        return good ? Optional.of(add(sessions, now + SESSION_LIFE.toNanos())) : Optional.empty();
    }

    /** Whether this is the cookie of a session. */
    synchronized boolean isSession(String cookie, long now) {
        return holds(sessions, cookie, now);
    }

    private static Secret add(Deque<Dated> all, long until) {
        if (all.size() == MAX) {
            all.removeFirst();
        }
        Secret secret = Secret.random();
        all.addLast(new Dated(secret, until));
        return secret;
    }

    private static boolean holds(Deque<Dated> all, String text, long now) {
        all.removeIf(dated -> dated.until() - now < 0);
        return all.stream().anyMatch(dated -> dated.secret().matches(text));
    }
}
