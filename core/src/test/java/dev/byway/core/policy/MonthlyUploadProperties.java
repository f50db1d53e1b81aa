package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MonthlyUploadProperties {
    private static final Instant START = Instant.parse("2026-06-15T00:00:00Z");
    private static final long DAY = 86_400;

    private static Arbitrary<List<Long>> days(int least, int most) {
        return Arbitraries.longs().between(least * DAY, most * DAY).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Long>> anyway() {
        return days(-40, 40);
    }

    @Provide
    Arbitrary<List<Long>> onwards() {
        return days(0, 40);
    }

    /** Whatever the clock does within the months that it has shown, nothing that was counted is forgotten. */
    @Property(tries = 2000)
    void onlyALaterMonthOrLongPatienceBeginsACount(@ForAll("anyway") List<Long> steps) {
        Instant now = START;
        YearMonth latest = YearMonth.from(START.atZone(ZoneOffset.UTC));
        MonthlyUpload given = MonthlyUpload.none(now, ZoneOffset.UTC);
        for (long step : steps) {
            MonthlyUpload before = given.plus(1);
            now = now.plusSeconds(step);
            given = before.at(now, ZoneOffset.UTC);
            YearMonth shown = YearMonth.from(now.atZone(ZoneOffset.UTC));
            if (given.bytes() == 0) {
                boolean waited = before.behind().isPresent()
                        && !now.isBefore(before.behind().get().plus(MonthlyUpload.BELIEVED));
                assertThat(shown.isAfter(latest) || waited).isTrue();
                latest = shown;
            } else {
                assertThat(given.bytes()).isEqualTo(before.bytes());
                assertThat(shown.isAfter(latest)).isFalse();
            }
        }
    }

    /** With a clock that goes right, the count is that of the month, and looking at it changes nothing. */
    @Property(tries = 2000)
    void aClockThatGoesOnCountsEachMonthByItself(@ForAll("onwards") List<Long> steps) {
        ZoneId zone = ZoneId.of("Pacific/Auckland");
        Instant now = START;
        MonthlyUpload given = MonthlyUpload.none(now, zone);
        YearMonth month = YearMonth.from(now.atZone(zone));
        long sum = 0;
        for (long step : steps) {
            now = now.plusSeconds(step);
            YearMonth shown = YearMonth.from(now.atZone(zone));
            sum = shown.equals(month) ? sum + step : step;
            month = shown;
            given = given.at(now, zone).plus(step);
            assertThat(given.bytes()).isEqualTo(sum);
            assertThat(given.at(now, zone)).isEqualTo(given);
        }
    }
}
