package dev.byway.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedOriginsTest {
    private static final LearnedOrigins ORIGINS = new LearnedOrigins(List.of("dl.Example.com", "*.mirror.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {"https://dl.example.com/a", "https://DL.example.com:8443/a", "https://a.b.mirror.example/x"})
    void listedHostsAreAdmitted(String url) {
        assertThat(ORIGINS.admits(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://dl.example.com/a",
                "https://example.com/a",
                "https://mirror.example/a",
                "https://evilmirror.example/a",
                "https://dl.example.com.evil.example/a",
                "https://dl.example.com/a?token=1",
                "https://user@dl.example.com/a",
                "https://dl.example.com/a#b",
                "ftp://dl.example.com/a",
                "https:///a"
            })
    void allElseIsNot(String url) {
        assertThat(ORIGINS.admits(URI.create(url))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://dl.example.com", "dl.example.com/path", "dl.example.com:443", "*", "*.", "a b", ""})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> new LearnedOrigins(List.of(host)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learn.origins");
    }

    @Test
    void anEmptyListAdmitsNothing() {
        assertThat(new LearnedOrigins(List.of()).admits(URI.create("https://dl.example.com/a")))
                .isFalse();
    }
}
