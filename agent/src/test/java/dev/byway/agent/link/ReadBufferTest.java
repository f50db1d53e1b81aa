package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadBufferTest {
    private final ReadBuffer buffer = new ReadBuffer();

    private void stream() {
        IntStream.range(0, 10).forEach(_ -> buffer.took(buffer.bytes().length));
    }

    @Test
    void growsWithWhatComesToAFrame() {
        assertThat(buffer.bytes()).hasSize(ReadBuffer.LEAST);
        buffer.took(ReadBuffer.LEAST);
        assertThat(buffer.bytes()).hasSize(2 * ReadBuffer.LEAST);
        stream();
        assertThat(buffer.bytes()).hasSize(ReadBuffer.MOST);
    }

    @Test
    void aFrameOfContentFillsItAndNeverOutgrowsIt() {
        stream();
        byte[] large = buffer.bytes();
        IntStream.range(0, 100).forEach(_ -> buffer.took(FullRecords.RECORD));
        IntStream.range(0, 100).forEach(_ -> buffer.took(ReadBuffer.MOST));
        assertThat(buffer.bytes()).isSameAs(large);
    }

    @Test
    void aFewSmallReadsInAStreamLeaveItAsItIs() {
        stream();
        byte[] large = buffer.bytes();
        for (int i = 0; i < 100; i++) {
            IntStream.range(0, 15).forEach(_ -> buffer.took(80));
            buffer.took(60_000);
        }
        assertThat(buffer.bytes()).isSameAs(large);
    }

    @Test
    void aQuietLinkGivesTheMemoryBack() {
        stream();
        IntStream.range(0, 16).forEach(_ -> buffer.took(80));
        assertThat(buffer.bytes()).hasSize(ReadBuffer.LEAST);
    }
}
