package dev.byway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Moment LATER = Moment.ZERO.plus(Duration.ofMillis(900));

    private final GroupCommit group = new GroupCommit();

    @Test
    void nothingWaitingIsNeverDue() {
        assertThat(group.dueAt()).isEmpty();
        assertThat(group.isFull()).isFalse();
    }

    @Test
    void dueOneSecondAfterTheFirstByteHoweverManyFollow() {
        group.add(1, Moment.ZERO);
        group.add(1, LATER);
        assertThat(group.dueAt()).contains(Moment.ZERO.plus(GroupCommit.INTERVAL));
    }

    @Test
    void dueAtOnceWith64MebibytesWaiting() {
        group.add(1, Moment.ZERO);
        group.add(GroupCommit.BYTES - 2, LATER);
        assertThat(group.dueAt()).contains(Moment.ZERO.plus(GroupCommit.INTERVAL));
        group.add(1, LATER);
        assertThat(group.dueAt()).contains(LATER);
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgainAfterTheUsualTimeHoweverMuchItIs() {
        group.add(1, Moment.ZERO);
        group.putBack(GroupCommit.BYTES, LATER);
        assertThat(group.dueAt()).contains(LATER.plus(GroupCommit.INTERVAL));
    }

    @Test
    void fullWithTwiceThat() {
        group.add(GroupCommit.MOST - 1, Moment.ZERO);
        assertThat(group.isFull()).isFalse();
        group.add(1, LATER);
        assertThat(group.isFull()).isTrue();
    }

    @Test
    void clearedStartsAnew() {
        group.add(GroupCommit.MOST, Moment.ZERO);
        group.clear();
        assertThat(group.dueAt()).isEmpty();
        assertThat(group.isFull()).isFalse();
    }
}
