package dev.byway.core.wire;

import dev.byway.core.unit.Moment;
import java.time.Duration;

/**
 * How much of each {@link Allowance} one side has used. The generic cell rate algorithm (ITU-T I.371): instead of a bucket
 * with tokens, the moment at which all that was used will have been earned; it may lie a minute ahead at most.
 */
final class Allowances {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Cell probe;
    private final Cell complaint;
    private final Cell seek;
    private final Cell intent;
    private final Cell request;
    private final Cell control;

    /** @param share 1 for the whole of every allowance, 2 for half */
    Allowances(int share) {
        probe = new Cell(Allowance.PROBE, share);
        complaint = new Cell(Allowance.COMPLAINT, share);
        seek = new Cell(Allowance.SEEK, share);
        intent = new Cell(Allowance.INTENT, share);
        request = new Cell(Allowance.REQUEST, share);
        control = new Cell(Allowance.CONTROL, share);
    }

    /** Whether one more frame fits now. */
    boolean has(Allowance allowance, Moment now) {
        return cell(allowance).fits(now.nanos());
    }

    /** Uses up one frame; whether it still fitted. What does not fit is not counted. */
    boolean use(Allowance allowance, Moment now) {
        return cell(allowance).use(now.nanos());
    }

    private Cell cell(Allowance allowance) {
        return switch (allowance) {
            case PROBE -> probe;
            case COMPLAINT -> complaint;
            case SEEK -> seek;
            case INTENT -> intent;
            case REQUEST -> request;
            case CONTROL -> control;
        };
    }

    private static final class Cell {
        private final long cost;
        private long earnedAt = Long.MIN_VALUE;

        Cell(Allowance allowance, int share) {
            cost = share * MINUTE / allowance.perMinute();
        }

        boolean fits(long now) {
            return Math.max(earnedAt, now) + cost - now <= MINUTE;
        }

        boolean use(long now) {
            boolean fits = fits(now);
            if (fits) {
                earnedAt = Math.max(earnedAt, now) + cost;
            }
            return fits;
        }
    }
}
