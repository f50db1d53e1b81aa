package dev.byway.core.learning;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which files are to be fetched once, so that it is known what they are. Devices ask for URLs; a device that asks for many costs
 * itself its turns, and all together the coordinator no more than a day's bytes. What failed is left alone for a while, whoever asks.
 *
 * <p>Remembers a bounded number of URLs and askers, those seen last. Knows no clock and does no I/O. One owner.
 */
public final class Learning {
    /** URLs, and askers, that are remembered. */
    static final int MOST_REMEMBERED = 10_000;

    private static final Duration DAY = Duration.ofDays(1);

    private final LearnLimits limits;
    /** Who asked for each. */
    private final Map<String, String> underWay = new HashMap<>();

    private final Map<String, Failure> failures = new Recent<>();
    private final Map<String, Moment> known = new Recent<>();
    private final Map<String, Moment> looks = new Recent<>();
    private final Map<String, Allowance> askers = new Recent<>();
    private Allowance bytes;

    /** What is said of a file, as who looked it up read it. */
    public enum Said {
        NOTHING,
        /** Learned before. */
        LEARNED,
        /** Learned before, and expired, or not so any more, as somebody says. */
        DOUBTED
    }

    /** What follows when somebody asks. */
    public sealed interface Word {
        /** What is said stands. */
        record AsSaid() implements Word {}

        /** What is said stands, and its origin is asked whether it is so still: the caller does that. */
        record LookAgain() implements Word {}

        /** It became known since it was looked up: that has to be done again. */
        record ReadAgain() implements Word {}

        /** It is fetched from now on: the caller does that. */
        record Begin() implements Word {}

        /** Somebody else asked before, and it is being fetched. */
        record UnderWay() implements Word {}

        /** It is not fetched. */
        record No(String why) implements Word {}
    }

    private record Failure(Moment until, String why) {}

    /** What is left of a day's share, as it was then. */
    private record Allowance(double left, Moment since) {
        static Allowance of(long aDay, Moment now) {
            return new Allowance((double) aDay, now);
        }

        Allowance at(Moment now, double aDay) {
            double days = (double) now.since(since).toNanos() / DAY.toNanos();
            return new Allowance(Math.min(aDay, left + days * aDay), now);
        }

        Allowance less(double taken) {
            return new Allowance(left - taken, since);
        }
    }

    private static final class Recent<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }

    /** Begins with all of a day's share. */
    public Learning(LearnLimits limits, Moment now) {
        this.limits = limits;
        this.bytes = Allowance.of(limits.bytesADay(), now);
    }

    /**
     * Somebody looks a file up.
     *
     * @param url by which the file is known
     * @param read when it was looked up what is said
     * @param asker whose turn it costs when the file has to be fetched
     */
    public Word lookedUp(String url, Said said, Moment read, String asker, Moment now) {
        if (underWay.containsKey(url)) {
            return new Word.UnderWay();
        }
        boolean newer = Optional.ofNullable(known.get(url))
                .filter(since -> !since.isBefore(read))
                .isPresent();
        if (newer) {
            return new Word.ReadAgain();
        }
        return switch (said) {
            case NOTHING -> asked(url, asker, now);
            case LEARNED -> looks(url, limits.fresh(), now) ? new Word.LookAgain() : new Word.AsSaid();
            case DOUBTED -> looks(url, limits.doubted(), now) ? asked(url, asker, now) : new Word.AsSaid();
        };
    }

    /**
     * A file has to be fetched, because nothing is known of it, or what is known is not so any more.
     *
     * @param url by which the file is known
     * @param asker whose turn it costs
     */
    public Word asked(String url, String asker, Moment now) {
        if (underWay.containsKey(url)) {
            return new Word.UnderWay();
        }
        Optional<Failure> failed = Optional.ofNullable(failures.get(url)).filter(one -> now.isBefore(one.until()));
        if (failed.isPresent()) {
            return new Word.No(failed.get().why());
        }
        if (underWay.size() >= limits.waiting()) {
            return new Word.No(limits.waiting() + " files are being learned already");
        }
        if (Collections.frequency(underWay.values(), asker) >= limits.waitingOfOne()) {
            return new Word.No(limits.waitingOfOne() + " files are being learned for this device already");
        }
        Allowance turns = Optional.ofNullable(askers.get(asker))
                .map(one -> one.at(now, limits.filesADay()))
                .orElse(Allowance.of(limits.filesADay(), now));
        if (turns.left() < 1) {
            return new Word.No("this device has had its " + limits.filesADay() + " files of the day");
        }
        askers.put(asker, turns.less(1));
        underWay.put(url, asker);
        return new Word.Begin();
    }

    /** Takes a file's bytes out of the day's share; why not, if it is too long for that. */
    public Optional<String> take(long length, Moment now) {
        bytes = bytes.at(now, (double) limits.bytesADay());
        if (length > limits.longestFile()) {
            return Optional.of("it has " + length + " bytes, more than learn.maxFileSize");
        }
        if (length > bytes.left()) {
            return Optional.of("what may be fetched in a day (learn.bytesPerDay) has been fetched");
        }
        bytes = bytes.less((double) length);
        return Optional.empty();
    }

    /** It is known now. */
    public void learned(String url, Moment now) {
        underWay.remove(url);
        failures.remove(url);
        known.put(url, now);
        looks.put(url, now);
    }

    /** It could not be fetched. */
    public void failed(String url, String why, Moment now) {
        underWay.remove(url);
        failures.put(url, new Failure(now.plus(limits.pause()), why));
    }

    private boolean looks(String url, Duration pause, Moment now) {
        boolean due = Optional.ofNullable(looks.get(url))
                .filter(last -> now.isBefore(last.plus(pause)))
                .isEmpty();
        if (due) {
            looks.put(url, now);
        }
        return due;
    }
}
