package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private final Attendance attendance = new Attendance(Duration.ofNanos(60));
    private final ScriptedJob job = new ScriptedJob("a", new byte[0]);

    @Test
    void aJobIsAbandonedWhenNobodyWasSeenForSoLong() {
        attendance.started(job, 0);
        assertThat(attendance.abandoned(60)).isEmpty();
        attendance.seen("a", 50);
        assertThat(attendance.abandoned(110)).isEmpty();
        assertThat(attendance.abandoned(111)).containsExactly(job);
        assertThat(attendance.abandoned(1000)).isEmpty();
    }

    @Test
    void anOpenRequestKeepsItHoweverLong() {
        attendance.started(job, 0);
        attendance.enter("a", 1);
        attendance.enter("a", 1);
        attendance.leave("a", 10);
        assertThat(attendance.abandoned(10_000)).isEmpty();
        attendance.leave("a", 10_000);
        assertThat(attendance.abandoned(10_060)).isEmpty();
        assertThat(attendance.abandoned(10_061)).containsExactly(job);
    }

    @Test
    void jobsOfOthersAreNoneOfItsBusiness() {
        attendance.enter("b", 0);
        attendance.seen("b", 0);
        attendance.leave("b", 0);
        assertThat(attendance.abandoned(1000)).isEmpty();
        attendance.started(job, 0);
        attendance.ended("a");
        assertThat(attendance.all()).isEmpty();
    }
}
