package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is served next. One per device, for all its content and links; pure, one owner.
 *
 * <p>A few requests are served at a time, each at full speed: a neighbour that has a whole piece soon can pass it on, while
 * thirty neighbours with a thirtieth of a piece each cannot. Free slots go to the link that was given least of late, so a
 * greedy or slow link does not shut out the others. Who would wait longer than a stated time is told so at once, with a
 * time to come back, and asks somebody else meanwhile.
 */
public final class UploadSlots {
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(200);
    private static final double FADE = 0.5;

    private final int slots;
    private final Duration maxWait;
    private final Map<Upload, Active> active = new LinkedHashMap<>();
    private final Map<Long, ArrayDeque<Upload>> waiting = new LinkedHashMap<>();
    private final Map<Long, Double> givenOfLate = new HashMap<>();
    private double bytesPerSecond;

    /**
     * One request.
     *
     * @param link the link it came by
     * @param request its number on that link
     * @param bytes what it asks for
     */
    public record Upload(long link, int request, int bytes) {}

    private record Active(Moment since) {}

    /** What becomes of a request. */
    public sealed interface Answer {
        /** Serve it now. */
        record Serve() implements Answer {}

        /** It waits its turn, about as long as stated at the most. */
        record Queued() implements Answer {}

        /** Refuse it; worth asking again after this time. */
        record Busy(Duration retryAfter) implements Answer {}
    }

    /**
     * @param slots requests served at once, at least 1
     * @param maxWait the longest wait worth keeping a request for
     */
    public UploadSlots(int slots, Duration maxWait) {
        if (slots < 1) {
            throw new IllegalArgumentException("at least one upload slot is needed, not " + slots);
        }
        this.slots = slots;
        this.maxWait = maxWait;
    }

    /** A request came in. */
    public Answer ask(Upload upload, Moment now) {
        if (active.size() < slots && waiting.isEmpty()) {
            start(upload, now);
            return new Answer.Serve();
        }
        Duration wait = expectedWait(upload);
        if (wait.compareTo(maxWait) > 0) {
            Duration retry = wait.dividedBy(2);
            return new Answer.Busy(
                    retry.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : min(retry, maxWait.multipliedBy(2)));
        }
        waiting.computeIfAbsent(upload.link(), l -> new ArrayDeque<>()).add(upload);
        return new Answer.Queued();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** How long a new request would wait: what is before it at the rate of late; by count while no rate is known. */
    private Duration expectedWait(Upload upload) {
        long before = 0;
        int queued = 0;
        for (Upload a : active.keySet()) {
            before += a.bytes() / 2;
        }
        for (ArrayDeque<Upload> queue : waiting.values()) {
            for (Upload w : queue) {
                before += w.bytes();
                queued++;
            }
        }
        if (queued < slots && !waiting.containsKey(upload.link())) {
            return bytesPerSecond == 0 ? Duration.ZERO : min(seconds(before / bytesPerSecond), maxWait);
        }
        return bytesPerSecond == 0 ? maxWait.plusMillis(1) : seconds(before / bytesPerSecond);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (Math.min(seconds, 3600) * 1e9));
    }

    /**
     * A request has been served, was cancelled or is not wanted any more.
     *
     * @param sent bytes that went out for it
     * @return the requests to serve now
     */
    public List<Upload> finished(long link, int request, long sent, Moment now) {
        find(link, request).ifPresent(upload -> {
            Active was = active.remove(upload);
            if (was != null) {
                givenOfLate.merge(link, (double) sent, Double::sum);
                learn(sent, now.since(was.since()));
            }
            dequeue(upload);
        });
        return fill(now);
    }

    /** A link is gone; the requests to serve now. */
    public List<Upload> gone(long link, Moment now) {
        active.keySet().removeIf(upload -> upload.link() == link);
        waiting.remove(link);
        givenOfLate.remove(link);
        return fill(now);
    }

    private Optional<Upload> find(long link, int request) {
        return active.keySet().stream()
                .filter(u -> u.link() == link && u.request() == request)
                .findFirst()
                .or(() -> waiting.getOrDefault(link, new ArrayDeque<>()).stream()
                        .filter(u -> u.request() == request)
                        .findFirst());
    }

    private void dequeue(Upload upload) {
        ArrayDeque<Upload> queue = waiting.get(upload.link());
        if (queue != null && queue.remove(upload) && queue.isEmpty()) {
            waiting.remove(upload.link());
        }
    }

    private void learn(long sent, Duration took) {
        double seconds = took.toNanos() / 1e9;
        if (sent > 0 && seconds > 0) {
            double sample = sent / seconds * (active.size() + 1);
            bytesPerSecond = bytesPerSecond == 0 ? sample : 0.8 * bytesPerSecond + 0.2 * sample;
        }
    }

    private List<Upload> fill(Moment now) {
        List<Upload> starting = new ArrayList<>();
        while (active.size() < slots && !waiting.isEmpty()) {
            Upload next = waiting.entrySet().stream()
                    .min(Comparator.<Map.Entry<Long, ArrayDeque<Upload>>>comparingDouble(
                                    e -> givenOfLate.getOrDefault(e.getKey(), 0.0))
                            .thenComparing(Map.Entry::getKey))
                    .orElseThrow()
                    .getValue()
                    .getFirst();
            dequeue(next);
            start(next, now);
            starting.add(next);
        }
        return starting;
    }

    private void start(Upload upload, Moment now) {
        active.put(upload, new Active(now));
        if (givenOfLate.values().stream().anyMatch(given -> given > 64L * 1024 * 1024)) {
            givenOfLate.replaceAll((link, given) -> given * FADE);
        }
    }
}
