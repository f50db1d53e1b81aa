package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.JobStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoardTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Board board = new Board(JobStatus.resolving("https://h/x"));

    private static JobStatus failed(JobStatus before) {
        return before.failed(new JobStatus.Failure("K", "why"), List.of(), 1);
    }

    @Test
    void theLastOfferIsShownThoughNothingFollows() throws InterruptedException {
        board.show(JobStatus::startedOver);
        board.offer(JobStatus::startedOver);
        board.offer(BoardTest::failed);
        JobStatus shown = board.status();
        while (!shown.isOver()) {
            JobStatus next = board.await(shown.version(), LONG);
            assertThat(next.version()).as("something came in time").isGreaterThan(shown.version());
            shown = next;
        }
        assertThat(shown.state()).isEqualTo(JobStatus.State.FAILED);
    }

    @Test
    void whatIsShownAtOnceTakesThePlaceOfAnOffer() throws InterruptedException {
        board.show(JobStatus::startedOver);
        board.offer(BoardTest::failed);
        long before = board.status().version();
        board.show(JobStatus::startedOver);
        JobStatus later = board.await(before + 1, Duration.ofMillis(300));
        assertThat(later.isOver()).as("unless it was shown before").isEqualTo(before > 1);
    }

    @Test
    void afterTheEndNothingIsShown() {
        board.show(BoardTest::failed);
        board.show(JobStatus::startedOver);
        board.offer(JobStatus::startedOver);
        assertThat(board.status().state()).isEqualTo(JobStatus.State.FAILED);
        assertThat(board.status().version()).isEqualTo(1);
    }
}
