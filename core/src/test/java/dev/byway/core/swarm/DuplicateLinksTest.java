package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.DuplicateLinks.Survivor;
import org.junit.jupiter.api.Test;

class DuplicateLinksTest {
    private static final DeviceId SMALL = DeviceId.parse("0".repeat(64));
    private static final DeviceId LARGE = DeviceId.parse("f".repeat(64));

    @Test
    void theLinkOfTheSmallerDeviceStaysWhicheverCameFirst() {
        assertThat(DuplicateLinks.survivor(SMALL, LARGE, true, false)).isEqualTo(Survivor.OLDER);
        assertThat(DuplicateLinks.survivor(SMALL, LARGE, false, true)).isEqualTo(Survivor.NEWER);
        assertThat(DuplicateLinks.survivor(LARGE, SMALL, true, false)).isEqualTo(Survivor.NEWER);
        assertThat(DuplicateLinks.survivor(LARGE, SMALL, false, true)).isEqualTo(Survivor.OLDER);
    }

    @Test
    void bothEndsKeepTheSameLinkEvenWhenTheySawThemInDifferentOrder() {
        for (boolean smallSawItsOwnFirst : new boolean[] {true, false}) {
            for (boolean largeSawItsOwnFirst : new boolean[] {true, false}) {
                Survivor atSmall = DuplicateLinks.survivor(SMALL, LARGE, smallSawItsOwnFirst, !smallSawItsOwnFirst);
                Survivor atLarge = DuplicateLinks.survivor(LARGE, SMALL, largeSawItsOwnFirst, !largeSawItsOwnFirst);
                boolean smallKeepsItsOwn = (atSmall == Survivor.OLDER) == smallSawItsOwnFirst;
                boolean largeKeepsItsOwn = (atLarge == Survivor.OLDER) == largeSawItsOwnFirst;
                assertThat(smallKeepsItsOwn).isTrue();
                assertThat(largeKeepsItsOwn).isFalse();
            }
        }
    }

    @Test
    void aRedialReplacesTheLinkItFollows() {
        assertThat(DuplicateLinks.survivor(SMALL, LARGE, true, true)).isEqualTo(Survivor.NEWER);
        assertThat(DuplicateLinks.survivor(SMALL, LARGE, false, false)).isEqualTo(Survivor.NEWER);
    }
}
