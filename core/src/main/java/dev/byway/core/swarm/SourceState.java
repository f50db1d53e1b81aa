package dev.byway.core.swarm;

import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One source of one download as seen from here: what it holds, how fast it is, how often it failed us. */
final class SourceState {
    private Optional<Moment> firstBytes = Optional.empty();
    private static final long SAMPLE_NANOS = 200_000_000L;
    private static final Duration FIRST_GUESS = Duration.ofMillis(20);

    final SourceId id;
    final SourceInfo info;
    final Conduct conduct;
    final PieceSet holds;
    /** Of a peer the first bytes of its id, for ranking. */
    final long key;

    private final boolean near;
    private final boolean peer;
    final List<Transfer> transfers = new ArrayList<>();
    boolean wants;
    Moment pausedUntil = Moment.ZERO;
    Moment busyUntil = Moment.ZERO;
    int silent;
    int failures;
    int unheard;
    int keptLeases;
    /** What its last piece from outside took; 0 while none is known. */
    long paceNanos;

    final int[] leases = new int[Leases.KINDS];
    /** Pieces from outside that it claimed and did not bring in time, and since when. */
    final Map<Integer, Moment> overdue = new HashMap<>();

    boolean refused;
    /** It says that it gives us nothing. */
    boolean refuses;
    /** We give it nothing. */
    boolean withheld;

    private long good;
    private long wasted;
    private long sampleBytes;
    private Moment sampleStart = Moment.ZERO;
    private double bytesPerSecond;
    private double latencySeconds = FIRST_GUESS.toMillis() / 1e3;

    SourceState(SourceId id, SourceInfo info, Conduct conduct, int pieces) {
        this.id = id;
        this.info = info;
        this.conduct = conduct;
        this.holds = PieceSet.none(pieces);
        this.key = info.device().map(device -> device.key().prefix()).orElse(0L);
        this.peer = info.isPeer();
        this.near = info.isNear();
    }

    boolean isPeer() {
        return peer;
    }

    boolean isNear() {
        return near;
    }

    /** Whether it is relied on: it neither refused for good nor failed just now. It may be busy. */
    boolean usable(Moment now) {
        return !refused && !pausedUntil.isAfter(now);
    }

    /** Whether what it says it holds is left to it now. */
    boolean isRelied(Moment now) {
        return usable(now) && !conduct.doubtedUntil.isAfter(now);
    }

    /** Whether it may be asked for something now. */
    boolean askable(Moment now) {
        return isRelied(now) && !busyUntil.isAfter(now);
    }

    /** Whether its word that it holds a piece is to be relied on now. */
    boolean offers(int piece, Moment now) {
        return isPeer() && isRelied(now) && holds.has(piece);
    }

    long inFlight() {
        long sum = 0;
        for (Transfer transfer : transfers) {
            sum += transfer.rest().length();
        }
        return sum;
    }

    /** Bytes per second while something was under way; 0 before the first sample. */
    double rate() {
        return bytesPerSecond;
    }

    /** Bytes that keep its pipe full: rate times delay and a little more, within limits. */
    long window(Tuning tuning) {
        double wish = bytesPerSecond * (latencySeconds + 0.1);
        return (long) Math.clamp(wish, tuning.minWindow(), tuning.maxWindow());
    }

    void started(Moment now) {
        if (transfers.isEmpty()) {
            sampleStart = now;
            sampleBytes = 0;
        }
    }

    /** When the first bytes of it came. */
    Optional<Moment> firstBytes() {
        return firstBytes;
    }

    /** Counts bytes that came and learns rate and delay from them. */
    void arrived(Transfer transfer, long bytes, Moment now) {
        firstBytes = firstBytes.or(() -> Optional.of(now));
        if (!transfer.begun() && transfers.size() == 1) {
            double seconds = (now.nanos() - transfer.started.nanos()) / 1e9;
            latencySeconds = 0.7 * latencySeconds + 0.3 * Math.min(seconds, 2);
        }
        sampleBytes += bytes;
        long nanos = now.nanos() - sampleStart.nanos();
        if (nanos >= SAMPLE_NANOS) {
            double sample = sampleBytes * 1e9 / nanos;
            bytesPerSecond = bytesPerSecond == 0 ? sample : 0.6 * bytesPerSecond + 0.4 * sample;
            sampleBytes = 0;
            sampleStart = now;
        }
        silent = 0;
        unheard = 0;
        failures = 0;
    }

    /** Whether anything came from it, proved or not yet. */
    boolean hasBrought() {
        return firstBytes.isPresent();
    }

    void verified(long bytes) {
        good += bytes;
    }

    void waste(long bytes) {
        wasted += bytes;
    }

    long good() {
        return good;
    }

    long wasted() {
        return wasted;
    }

    /** Not relied on before {@code delay}, doubled for each failure in a row up to half a minute. */
    void backOff(Moment now, Duration delay) {
        pausedUntil = now.plus(doubled(delay));
    }

    /** Not asked for as long as {@link #backOff} would say, but still relied on: it is slow, not gone. */
    void rest(Moment now, Duration delay) {
        busyUntil = now.plus(doubled(delay));
    }

    private Duration doubled(Duration delay) {
        long nanos = Math.min(delay.toNanos() << Math.min(failures, 10), 30_000_000_000L);
        failures++;
        return Duration.ofNanos(nanos);
    }
}
