package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stretches of two seconds, in which peers should bring a thousand bytes a second. */
class TopUpTest {
    private final TopUp topUp = new TopUp(Duration.ofSeconds(2), 1000);
    private int seconds;

    private boolean afterAStretchWith(long fromPeers, long fromOutside) {
        topUp.look(true, now());
        topUp.arrived(fromPeers, true);
        topUp.arrived(fromOutside, false);
        seconds += 2;
        topUp.look(true, now());
        return topUp.helps();
    }

    private Moment now() {
        return Moment.ZERO.plus(Duration.ofSeconds(seconds));
    }

    @Test
    void peersThatBringEnoughAreLeftAlone() {
        assertThat(afterAStretchWith(2000, 0)).isFalse();
        assertThat(afterAStretchWith(100_000, 0)).isFalse();
    }

    @Test
    void slowPeersAreHelpedAsLongAsThatMakesItFaster() {
        assertThat(afterAStretchWith(200, 0)).isTrue();
        assertThat(afterAStretchWith(200, 50_000)).isTrue();
        assertThat(afterAStretchWith(200, 50_000)).isTrue();
    }

    @Test
    void whatMakesNothingFasterIsTriedEverMoreRarely() {
        assertThat(afterAStretchWith(1500, 0)).isTrue();
        assertThat(afterAStretchWith(700, 900)).as("the line is full").isFalse();
        assertThat(afterAStretchWith(1500, 0)).isFalse();
        assertThat(afterAStretchWith(1500, 0)).as("after 4 s").isTrue();
        assertThat(afterAStretchWith(700, 900)).isFalse();
        for (int stretch = 1; stretch < 4; stretch++) {
            assertThat(afterAStretchWith(1500, 0))
                    .as("stretch %d of 8 s", stretch)
                    .isFalse();
        }
        assertThat(afterAStretchWith(1500, 0)).isTrue();
    }

    @Test
    void peersThatBecameFastAreLeftAloneAgain() {
        assertThat(afterAStretchWith(200, 0)).isTrue();
        assertThat(afterAStretchWith(9000, 50_000)).isFalse();
    }

    @Test
    void nothingIsDecidedBeforeAStretchIsOver() {
        topUp.look(true, now());
        seconds++;
        topUp.look(true, now());
        assertThat(topUp.helps()).isFalse();
    }

    @Test
    void peersAreWatchedFromTheirFirstByteOn() {
        assertThat(afterAStretchWith(0, 0)).isFalse();
        assertThat(afterAStretchWith(0, 0)).isFalse();
        assertThat(afterAStretchWith(200, 0)).isTrue();
    }

    @Test
    void whereTheSiteSharesTheWorkItDoesNotHelp() {
        assertThat(afterAStretchWith(200, 0)).isTrue();
        topUp.look(false, now());
        assertThat(topUp.helps()).isFalse();
    }
}
