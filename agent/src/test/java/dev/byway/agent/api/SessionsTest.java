package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Sessions sessions = new Sessions();

    @Test
    void aLinkWorksOnceAndForAShortTime() {
        Secret link = sessions.newLink(0);
        assertThat(sessions.redeem("something else", 1)).isEmpty();
        assertThat(sessions.redeem(link.reveal(), 1)).isPresent();
        assertThat(sessions.redeem(link.reveal(), 1)).isEmpty();
        Secret late = sessions.newLink(0);
        assertThat(sessions.redeem(late.reveal(), Sessions.LINK_LIFE.toNanos() + 1))
                .isEmpty();
    }

    @Test
    void aSessionEnds() {
        Secret cookie = sessions.redeem(sessions.newLink(0).reveal(), 0).orElseThrow();
        assertThat(sessions.isSession(cookie.reveal(), Sessions.SESSION_LIFE.toNanos()))
                .isTrue();
        assertThat(sessions.isSession(cookie.reveal(), Sessions.SESSION_LIFE.toNanos() + 1))
                .isFalse();
    }

    @Test
    void theOldestGivesWay() {
        Secret first = sessions.newLink(0);
        for (int i = 0; i < Sessions.MAX; i++) {
            sessions.newLink(0);
        }
        assertThat(sessions.redeem(first.reveal(), 1)).isEmpty();
    }

    @Test
    void aSecretIsNeverPrinted() {
        Secret secret = Secret.random();
        assertThat(new ApiFile("http://127.0.0.1:1", secret, 1, java.util.OptionalLong.empty()).toString())
                .doesNotContain(secret.reveal());
    }
}
