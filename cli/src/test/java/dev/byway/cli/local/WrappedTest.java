package dev.byway.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTest {
    @Test
    void linesBreakBetweenWordsAndFit() {
        assertThat(Wrapped.lines("one two three four", "  ", "    ", 10))
                .containsExactly("  one two", "    three", "    four");
        assertThat(Wrapped.lines("short", "  ", "    ", 80)).containsExactly("  short");
        assertThat(Wrapped.lines("averyverylongword b", "  ", "    ", 8))
                .containsExactly("  averyverylongword", "    b");
    }
}
