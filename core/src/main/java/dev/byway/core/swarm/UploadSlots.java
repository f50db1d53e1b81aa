package dev.byway.core.swarm;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
                give(link, sent);
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
        for (Upload upload : active.keySet()) {
            if (upload.link() == link && upload.request() == request) {
                return Optional.of(upload);
            }
        }
        ArrayDeque<Upload> queue = waiting.get(link);
        return queue == null
                ? Optional.empty()
                : queue.stream().filter(upload -> upload.request() == request).findFirst();
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
            Upload next = leastGiven().getFirst();
            dequeue(next);
            start(next, now);
            starting.add(next);
        }
        return starting;
    }

    /** What waits for the link that was given least of late; something does. */
    private ArrayDeque<Upload> leastGiven() {
        ArrayDeque<Upload> next = new ArrayDeque<>();
        long least = Long.MAX_VALUE;
        double given = Double.MAX_VALUE;
        for (Map.Entry<Long, ArrayDeque<Upload>> each : waiting.entrySet()) {
            double its = givenOfLate.getOrDefault(each.getKey(), 0.0);
            if (its < given || (its == given && each.getKey() < least)) {
                next = each.getValue();
                least = each.getKey();
                given = its;
            }
        }
        return next;
    }

    private void start(Upload upload, Moment now) {
        active.put(upload, new Active(now));
    }

    /** Counts what a link was given; once that is much for one of them, it fades for all. */
    private void give(long link, long sent) {
        double given = givenOfLate.merge(link, (double) sent, Double::sum);
        if (given > 64L * 1024 * 1024) {
            givenOfLate.replaceAll((each, its) -> its * FADE);
        }
    }
}
