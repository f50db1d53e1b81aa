package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.account.SourceKind;
import dev.byway.core.unit.DataSize;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MonthlyUploadTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant MIDDLE = Instant.parse("2026-11-15T12:00:00Z");
    private static final MonthlyUpload GIVEN = MonthlyUpload.none(MIDDLE, ZONE).plus(700);

    private static MonthlyUpload at(MonthlyUpload given, String time) {
        return given.at(Instant.parse(time), ZONE);
    }

    @Test
    void theMonthTurnsAtMidnightWhereTheDeviceIs() {
        assertThat(at(GIVEN, "2026-11-30T22:59:59Z")).isEqualTo(GIVEN);
        MonthlyUpload december = at(GIVEN, "2026-11-30T23:00:00Z");
        assertThat(december.month()).isEqualTo(YearMonth.of(2026, 12));
        assertThat(december.bytes()).isZero();
        assertThat(GIVEN.at(Instant.parse("2026-11-30T23:00:00Z"), ZoneOffset.UTC))
                .isEqualTo(GIVEN);
    }

    @Test
    void aClockThatGoesBackAndForthGivesNothing() {
        MonthlyUpload december = at(GIVEN, "2026-12-02T00:00:00Z").plus(900);
        MonthlyUpload back = at(december, "2026-11-20T00:00:00Z");
        assertThat(back.bytes()).isEqualTo(900);
        assertThat(at(back.plus(50), "2026-12-02T00:00:01Z")).isEqualTo(december.plus(50));
    }

    @Test
    void aDeviceWhoseClockBeginsIn1970GetsNoMonthOutOfIt() {
        MonthlyUpload dead = at(GIVEN, "1970-01-01T00:00:03Z").plus(1);
        assertThat(at(dead, "2026-11-16T08:00:00Z")).isEqualTo(GIVEN.plus(1));
    }

    @Test
    void aClockThatWasOnceFarAheadHoldsTheCountForAMonthAndNotForYears() {
        MonthlyUpload ahead = at(GIVEN, "2040-01-01T00:00:00Z").plus(800);
        MonthlyUpload right = ahead.at(MIDDLE, ZONE);
        assertThat(right.bytes()).isEqualTo(800);
        assertThat(right.at(MIDDLE.plus(Duration.ofDays(31)).minusNanos(1), ZONE)
                        .bytes())
                .isEqualTo(800);
        assertThat(right.at(MIDDLE.plus(Duration.ofDays(31)), ZONE))
                .isEqualTo(MonthlyUpload.none(MIDDLE.plus(Duration.ofDays(31)), ZONE));
    }

    @Test
    void theWaitForAnEarlierMonthBeginsAnewWhenTheClockGoesBackFurther() {
        MonthlyUpload ahead = at(GIVEN, "2040-01-01T00:00:00Z").plus(800);
        MonthlyUpload twice = ahead.at(MIDDLE, ZONE).at(MIDDLE.minus(Duration.ofDays(20)), ZONE);
        assertThat(twice.at(MIDDLE.plus(Duration.ofDays(10)), ZONE).bytes()).isEqualTo(800);
        assertThat(twice.at(MIDDLE.plus(Duration.ofDays(11)), ZONE).bytes()).isZero();
    }

    @Test
    void peersOfOtherSitesCountAndThoseOfThisOneDoNot() {
        assertThat(SourceKind.values())
                .filteredOn(MonthlyUpload::counts)
                .containsExactly(SourceKind.GROUP, SourceKind.INTERNET);
    }

    @Test
    void theCapIsReachedByItsLastByte() {
        assertThat(GIVEN.reaches(Optional.of(new DataSize(701)))).isFalse();
        assertThat(GIVEN.reaches(Optional.of(new DataSize(700)))).isTrue();
        assertThat(GIVEN.reaches(Optional.empty())).isFalse();
    }

    @Test
    void whatNobodyKnowsIsTakenToBeAllThatMayBe() {
        Optional<DataSize> cap = Optional.of(DataSize.ofGigabytes(20));
        MonthlyUpload unknown = MonthlyUpload.unknown(cap, MIDDLE, ZONE);
        assertThat(unknown.reaches(cap)).isTrue();
        assertThat(unknown.assumed()).isTrue();
        MonthlyUpload december = at(unknown, "2026-12-01T00:00:00Z");
        assertThat(december.assumed()).isFalse();
        assertThat(december.bytes()).isZero();
        assertThat(MonthlyUpload.unknown(Optional.empty(), MIDDLE, ZONE).bytes())
                .isZero();
    }

    @Test
    void thereIsNoNegativeUpload() {
        assertThatThrownBy(() -> GIVEN.plus(-701)).isInstanceOf(IllegalArgumentException.class);
    }
}
