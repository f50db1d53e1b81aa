package dev.byway.agent.api;

import dev.byway.agent.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the jobs that clients started here still have one. A client is seen while it has a request open for the job and
 * for some time after. A job that nobody has asked about for so long was abandoned by a client that died, and is closed, so
 * that it stops fetching for nobody. Jobs started elsewhere are none of its business. Any thread; times are those of {@link
 * System#nanoTime()}.
 */
final class Attendance {
    private static final class Seat {
        private final Job job;
        private int open;
        private long seen;

        Seat(Job job, long now) {
            this.job = job;
            this.seen = now;
        }
    }

    private final Duration patience;
    private final Map<String, Seat> seats = new HashMap<>();

    Attendance(Duration patience) {
        this.patience = patience;
    }

    /** A client started {@code job}. */
    synchronized void started(Job job, long now) {
        seats.put(job.id(), new Seat(job, now));
    }

    /** A client asked about the job. */
    synchronized void seen(String id, long now) {
        Seat seat = seats.get(id);
        if (seat != null) {
            seat.seen = now;
        }
    }

    /** A request for the job begins. */
    synchronized void enter(String id, long now) {
        Seat seat = seats.get(id);
        if (seat != null) {
            seat.open++;
            seat.seen = now;
        }
    }

    /** A request for the job is over. */
    synchronized void leave(String id, long now) {
        Seat seat = seats.get(id);
        if (seat != null) {
            seat.open--;
            seat.seen = now;
        }
    }

    /** The job was closed. */
    synchronized void ended(String id) {
        seats.remove(id);
    }

    /** Jobs without a client by now; they are forgotten here, the caller closes them. */
    synchronized List<Job> abandoned(long now) {
        List<Job> abandoned = new ArrayList<>();
        seats.values().removeIf(seat -> {
            boolean gone = seat.open <= 0 && now - seat.seen > patience.toNanos();
            if (gone) {
                abandoned.add(seat.job);
            }
            return gone;
        });
        return abandoned;
    }

    /** All jobs; they are forgotten here, the caller closes them. */
    synchronized List<Job> all() {
        List<Job> jobs = seats.values().stream().map(seat -> seat.job).toList();
        seats.clear();
        return jobs;
    }
}
