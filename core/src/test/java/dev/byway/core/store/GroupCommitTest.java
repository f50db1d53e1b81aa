package dev.byway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final GroupCommit group = new GroupCommit();

    @Test
    void nothingWaitingIsNeverDue() {
        assertThat(group.isDue(Moment.ZERO.plus(Duration.ofDays(1)))).isFalse();
        assertThat(group.dueAt()).isEmpty();
    }

    @Test
    void dueOneSecondAfterTheFirstByteHoweverManyFollow() {
        group.add(1, Moment.ZERO);
        group.add(1, Moment.ZERO.plus(Duration.ofMillis(900)));
        assertThat(group.isDue(Moment.ZERO.plus(Duration.ofMillis(999)))).isFalse();
        assertThat(group.isDue(Moment.ZERO.plus(GroupCommit.INTERVAL))).isTrue();
    }

    @Test
    void dueAtOnceWith64MebibytesWaiting() {
        group.add(GroupCommit.BYTES - 1, Moment.ZERO);
        assertThat(group.isDue(Moment.ZERO)).isFalse();
        group.add(1, Moment.ZERO);
        assertThat(group.isDue(Moment.ZERO)).isTrue();
    }

    @Test
    void clearedStartsAnew() {
        group.add(GroupCommit.BYTES, Moment.ZERO);
        group.clear();
        assertThat(group.isDue(Moment.ZERO.plus(GroupCommit.INTERVAL))).isFalse();
    }
}
