package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("get", "status", "agent", "peers", "coordinator", "completion");

    @Test
    void typingErrorsAreForgiven() {
        assertThat(Spelling.near("gte", KNOWN)).containsExactly("get");
        assertThat(Spelling.near("statsu", KNOWN)).containsExactly("status");
        assertThat(Spelling.near("peer", KNOWN)).containsExactly("peers");
        assertThat(Spelling.near("cordinater", KNOWN)).containsExactly("coordinator");
    }

    @Test
    void anotherWordIsNoTypingError() {
        assertThat(Spelling.near("nonsense", KNOWN)).isEmpty();
        assertThat(Spelling.near("", KNOWN)).isEmpty();
    }
}
