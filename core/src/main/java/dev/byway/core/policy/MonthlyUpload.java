package dev.byway.core.policy;

import dev.byway.core.account.SourceKind;
import dev.byway.core.unit.DataSize;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a device has given to Internet peers in a calendar month, for {@code DOMonthlyUploadDataCap}.
 *
 * <p>A month begins when the clock, in the device's time zone, shows a later one than any before. A clock that goes back begins
 * none: the count goes on. So that a clock which was once far ahead does not hold the count for years, an earlier month is
 * believed after {@link #BELIEVED}.
 *
 * @param month the latest that the clock has shown
 * @param bytes of content in it, at least 0
 * @param assumed whether they are assumed rather than counted, because the record of the month was lost
 * @param behind since when the clock has shown an earlier month, by that clock; empty while it does not
 */
public record MonthlyUpload(YearMonth month, long bytes, boolean assumed, Optional<Instant> behind) {
    /** How far a clock in an earlier month must have gone on before that month is believed: as long as a month can be. */
    public static final Duration BELIEVED = Duration.ofDays(31);

    public MonthlyUpload {
        if (bytes < 0) {
            throw new IllegalArgumentException("nobody uploads " + bytes + " bytes");
        }
    }

    /** Nothing yet, in the month of this time. */
    public static MonthlyUpload none(Instant now, ZoneId zone) {
        return new MonthlyUpload(YearMonth.from(now.atZone(zone)), 0, false, Optional.empty());
    }

    /** What is taken to be uploaded in the month of this time when nobody knows: as much as may be. */
    public static MonthlyUpload unknown(Optional<DataSize> cap, Instant now, ZoneId zone) {
        long most = cap.map(DataSize::bytes).orElse(0L);
        return new MonthlyUpload(YearMonth.from(now.atZone(zone)), most, true, Optional.empty());
    }

    /**
     * Whether what goes to a peer of this kind counts. As in Delivery Optimization's own counts of a month, which know the LAN
     * and the Internet alone, a device of the group on another site is on the Internet.
     */
    public static boolean counts(SourceKind kind) {
        return switch (kind) {
            case GROUP, INTERNET -> true;
            case ORIGIN, CACHE, LAN -> false;
        };
    }

    /** The count as it stands at this time. */
    public MonthlyUpload at(Instant now, ZoneId zone) {
        YearMonth shown = YearMonth.from(now.atZone(zone));
        if (shown.isAfter(month)) {
            return none(now, zone);
        }
        if (shown.equals(month)) {
            return behind.isEmpty() ? this : new MonthlyUpload(month, bytes, assumed, Optional.empty());
        }
        Instant since = behind.filter(before -> !before.isAfter(now)).orElse(now);
        return now.isBefore(since.plus(BELIEVED))
                ? new MonthlyUpload(month, bytes, assumed, Optional.of(since))
                : none(now, zone);
    }

    /** After so many bytes more, at least 0. */
    public MonthlyUpload plus(long more) {
        return new MonthlyUpload(month, Math.addExact(bytes, more), assumed, behind);
    }

    /** Whether nothing more may be uploaded this month. */
    public boolean reaches(Optional<DataSize> cap) {
        return cap.filter(most -> bytes >= most.bytes()).isPresent();
    }

    /** The count, for the gates. */
    public DataSize size() {
        return new DataSize(bytes);
    }
}
