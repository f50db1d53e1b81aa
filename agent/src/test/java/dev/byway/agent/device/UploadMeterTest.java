package dev.byway.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.MonthlyUpload;
import dev.byway.core.unit.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The count and its file, with a clock that a test turns. A meter that is not closed is one whose program was killed. */
class UploadMeterTest {
    private static final Optional<DataSize> CAP = Optional.of(DataSize.ofMegabytes(64));
    private static final int AHEAD = 1 << 20;
    private static final int CHUNK = 64 << 10;

    @TempDir
    Path state;

    private Path file;
    private Instant now = Instant.parse("2026-11-15T12:00:00Z");

    @BeforeEach
    void name() {
        file = state.resolve("uploads.json");
    }

    private UploadMeter open() {
        return open(CAP);
    }

    private UploadMeter open(Optional<DataSize> cap) {
        return new UploadMeter(state, cap, () -> now, () -> ZoneOffset.UTC);
    }

    private static boolean isReached(UploadMeter meter) {
        return meter.given().reaches(meter.cap());
    }

    private void damage(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatWasCountedIsThereToTheByteAfterAStop() {
        try (UploadMeter meter = open()) {
            meter.count(12_345);
            meter.count(5);
        }
        assertThat(open().given().bytes()).isEqualTo(12_350);
    }

    @Test
    void whoIsKilledRemembersAllThatItSentAndAtMostASixtyFourthOfTheCapMore() {
        UploadMeter killed = open();
        for (int sent = CHUNK; sent <= 5 * AHEAD; sent += CHUNK) {
            killed.count(CHUNK);
            assertThat(open().given().bytes()).isBetween((long) sent, (long) sent + AHEAD);
        }
    }

    @Test
    void theRecordIsWrittenOnceForWhatItIsAhead() throws IOException {
        UploadMeter meter = open();
        int writes = 0;
        Optional<Object> before = Optional.empty();
        for (int sent = CHUNK; sent <= 8 * AHEAD; sent += CHUNK) {
            meter.count(CHUNK);
            Optional<Object> inode = Optional.of(Files.getAttribute(file, "unix:ino"));
            writes += inode.equals(before) ? 0 : 1;
            before = inode;
        }
        assertThat(writes).isLessThanOrEqualTo(8);
    }

    @Test
    void whoeverSendsTheLastByteSaysThatTheCapIsReachedAndWhoLooksAfterTheMonthTurnedThatItIsNot() {
        AtomicInteger told = new AtomicInteger();
        UploadMeter meter = open();
        meter.whenChanged(told::incrementAndGet);
        IntStream.range(0, 1023).forEach(_ -> meter.count(CHUNK));
        assertThat(isReached(meter)).isFalse();
        assertThat(told).hasValue(0);
        meter.count(CHUNK);
        meter.count(CHUNK);
        assertThat(isReached(meter)).isTrue();
        assertThat(told).hasValue(1);
        assertThat(isReached(open())).isTrue();
        now = now.plus(Duration.ofDays(16));
        assertThat(isReached(meter)).isFalse();
        assertThat(told).hasValue(2);
    }

    @Test
    void theNextMonthBeginsAtNothingAlsoAfterAStop() {
        try (UploadMeter meter = open()) {
            meter.count(AHEAD);
            now = now.plus(Duration.ofDays(16));
            assertThat(meter.given().bytes()).isZero();
            meter.count(7);
        }
        assertThat(open().given().bytes()).isEqualTo(7);
        now = now.minus(Duration.ofDays(16));
        assertThat(open().given().bytes()).isEqualTo(7);
        now = now.plus(Duration.ofDays(60));
        assertThat(open().given().bytes()).isZero();
    }

    @Test
    void theWaitOfAClockThatWentBackOutlivesKills() {
        now = Instant.parse("2040-05-05T00:00:00Z");
        open().count(CHUNK);
        now = Instant.parse("2026-11-15T12:00:00Z");
        assertThat(open().given().bytes()).isPositive();
        now = now.plus(Duration.ofDays(20));
        assertThat(open().given().bytes()).isPositive();
        now = now.plus(Duration.ofDays(11));
        assertThat(open().given().bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"month\":\"2026-11\",\"bytes\":-1,\"assumed\":false}",
                "{\"month\":\"2026-13\",\"bytes\":1,\"assumed\":false}",
                "{\"month\":\"2026-11\",\"bytes\":\"1\",\"assumed\":false}",
                "{\"month\":\"2026-11\",\"bytes\":1.5,\"assumed\":false}",
                "{\"month\":\"2026-11\",\"bytes\":99999999999999999999,\"assumed\":false}",
                "{\"month\":\"2026-11\",\"bytes\":1}",
                "{\"month\":\"2026-11\",\"bytes\":1,\"assumed\":false,\"behind\":\"soon\"}",
                "{\"month\":\"2026-11\",\"bytes\":1,\"assumed\":false} and more",
            })
    void aDamagedRecordCountsAsAllThatMayBeUploadedUntilTheMonthTurns(String text) throws IOException {
        damage(text);
        UploadMeter meter = open();
        assertThat(isReached(meter)).isTrue();
        assertThat(meter.given().assumed()).isTrue();
        assertThat(open().given()).isEqualTo(meter.given());
        now = now.plus(Duration.ofDays(16));
        assertThat(open().given()).isEqualTo(MonthlyUpload.none(now, ZoneOffset.UTC));
    }

    @Test
    void aFileThatOthersMayWriteIsNotBelieved() throws IOException {
        open().close();
        open().count(1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(open().given().assumed()).isTrue();
    }

    @Test
    void aRecordThatCannotBeWrittenIsKeptInMemory() throws IOException {
        Files.createDirectories(state.resolve("uploads.json.new").resolve("in the way"));
        UploadMeter meter = open();
        meter.count(3 * AHEAD);
        assertThat(meter.given().bytes()).isEqualTo(3 * AHEAD);
        meter.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void whoGivesNothingWritesNothingAndAClosedMeterLeavesTheFileToTheNext() throws IOException {
        UploadMeter meter = open();
        meter.given();
        meter.close();
        try (Stream<Path> files = Files.list(state)) {
            assertThat(files).isEmpty();
        }
        meter.count(AHEAD);
        assertThat(file).doesNotExist();
    }

    @Test
    void withoutACapItCountsOn() {
        try (UploadMeter meter = open(Optional.empty())) {
            meter.count(Integer.MAX_VALUE);
            assertThat(isReached(meter)).isFalse();
        }
        assertThat(open(Optional.empty()).given().bytes()).isEqualTo(Integer.MAX_VALUE);
    }
}
