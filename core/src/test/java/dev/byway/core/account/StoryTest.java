package dev.byway.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static Moment at(long nanos) {
        return new Moment(nanos);
    }

    private static Reason reason(String source, ReasonCode code, String detail) {
        return Reason.of(source, code, detail);
    }

    @Test
    void countsWhatRepeatsAndKeepsTheLatestDetail() {
        Story story = new Story();
        story.tell(at(1), reason("a", ReasonCode.PEER_BUSY, "retry in 1 s"));
        story.tell(at(2), reason("b", ReasonCode.PEER_BUSY, "retry in 1 s"));
        story.tell(at(3), reason("a", ReasonCode.PEER_BUSY, "retry in 2 s"));

        assertThat(story.entries())
                .containsExactly(
                        new Story.Entry(reason("a", ReasonCode.PEER_BUSY, "retry in 2 s"), at(1), at(3), 2),
                        new Story.Entry(reason("b", ReasonCode.PEER_BUSY, "retry in 1 s"), at(2), at(2), 1));
    }

    @Test
    void whenFullNotesGiveWayBeforeFaultsAndOldBeforeNew() {
        Story story = new Story(3);
        story.tell(at(1), reason("a", ReasonCode.PEER_SENT_BAD_BYTES, ""));
        story.tell(at(2), reason("b", ReasonCode.PEER_BUSY, ""));
        story.tell(at(3), reason("c", ReasonCode.PEER_BUSY, ""));
        story.tell(at(4), reason("b", ReasonCode.PEER_BUSY, ""));
        story.tell(at(5), reason("d", ReasonCode.NO_PEER_FOUND, ""));

        assertThat(story.reasons(at(0))).extracting(Reason::source).containsExactly("a", "b", "d");
        assertThat(story.reasons(at(1)).get(1).timing())
                .hasValue(new Reason.Timing(at(2).since(at(1)), at(4).since(at(1)), 2, Duration.ZERO));
        assertThat(story.dropped()).isEqualTo(1);
    }

    @Test
    void aMillionMisdeedsTakeBoundedRoom() {
        Story story = new Story();
        for (int i = 0; i < 20_000; i++) {
            story.tell(at(i), reason("peer " + i, ReasonCode.PEER_BROKE_PROTOCOL, "frame " + i));
        }
        assertThat(story.entries()).hasSize(Story.DEFAULT_CAPACITY);
        assertThat(story.dropped()).isEqualTo(20_000 - Story.DEFAULT_CAPACITY);
    }

    @Test
    void needsRoomForOneEntry() {
        assertThatThrownBy(() -> new Story(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wordsOfAPeerCannotSteerATerminalOrFillTheMemory() {
        Reason reason = reason("a\u001b[2Jb\u202e", ReasonCode.PEER_REFUSED, "x\r\n\u2028".repeat(1000));
        assertThat(reason.source()).isEqualTo("a [2Jb ");
        assertThat(reason.detail()).hasSize(Reason.MAX_TEXT).doesNotContainPattern("[\\p{Cntrl}\u2028]");
    }
}
