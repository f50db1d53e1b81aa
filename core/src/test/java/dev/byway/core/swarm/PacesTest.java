package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacesTest {
    private final Sources sources = new Sources(Tuning.DEFAULT, 16);
    private final SourceState one = peer(1);
    private final SourceState two = peer(2);
    private final Paces paces = new Paces(sources, Duration.ofMillis(400));

    private SourceState peer(int number) {
        DeviceId device = new DeviceId(Digest.sha256(new byte[] {(byte) number}));
        return sources.join(new SourceId(number), SourceInfo.peer(SourceKind.LAN, device, "d" + number, "d" + number))
                .orElseThrow();
    }

    private boolean learn(SourceState by, long millis) {
        return paces.learn(Optional.of(by), Duration.ofMillis(millis));
    }

    private boolean learnOurs(long millis) {
        return paces.learn(Optional.empty(), Duration.ofMillis(millis));
    }

    @Test
    void aloneNobodyIsSlow() {
        assertThat(learnOurs(60_000)).isTrue();
        assertThat(paces.areWeSlow()).isFalse();
    }

    @Test
    void whoTakesMoreThanThreeTimesAsLongAsOthersIsSlowAndSaysNothingAboutTheLine() {
        assertThat(learnOurs(1000)).isTrue();
        assertThat(learn(one, 3000)).isTrue();
        assertThat(learn(one, 3001)).isFalse();
        assertThat(paces.isSlow(one)).isTrue();
        assertThat(paces.isSlow(two)).isFalse();
        assertThat(learn(one, 900)).isTrue();
        assertThat(paces.isSlow(one)).isFalse();
    }

    @Test
    void thisDeviceFindsOutThatItIsTheSlowOne() {
        learnOurs(9000);
        learn(one, 1000);
        learn(two, 1100);
        assertThat(paces.areWeSlow()).isTrue();
        assertThat(paces.isSlow(one)).isFalse();
    }

    @Test
    void whereAllAreQuickNobodyIsSlow() {
        learn(one, 5);
        learn(two, 6);
        assertThat(learnOurs(400)).isTrue();
        assertThat(paces.areWeSlow()).isFalse();
    }
}
