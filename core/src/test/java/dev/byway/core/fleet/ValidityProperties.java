package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ValidityProperties {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property
    void isRenewedInTheSecondHalfOfItsLifeButLongBeforeTheEnd(
            @ForAll @LongRange(min = 0, max = 1L << 33) long seconds, @ForAll byte[] key) {
        Duration life = Duration.ofSeconds(seconds);
        Instant renewed = new Validity(START, START.plus(life)).renewedFrom(DeviceId.ofPublicKey(key));
        assertThat(renewed)
                .isBetween(
                        START.plus(life.dividedBy(2)),
                        START.plus(life.multipliedBy(2).dividedBy(3)));
    }

    @Example
    void aFleetDoesNotComeBackOnOneDay() {
        Validity year = new Validity(START, START.plus(Duration.ofDays(365)));
        long days = IntStream.range(0, 1000)
                .mapToObj(i -> new DeviceId(Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8)})))
                .map(device -> Duration.between(START, year.renewedFrom(device)).toDays())
                .distinct()
                .count();
        assertThat(days).isGreaterThan(50);
    }
}
