package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentPeersTest {
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {1}), 5);

    private static String why(int complete, int partial, Shortage... shortages) {
        return new ContentPeers(CONTENT, complete, partial, List.of(), List.of(shortages)).whyNobody();
    }

    private static Shortage of(Shortage.Reason reason, int devices) {
        return new Shortage(reason, devices);
    }

    @Test
    void saysHowManyThereAreAndWhatKeepsThemAway() {
        assertThat(why(2, 1, of(Shortage.Reason.OTHER_SITE, 2), of(Shortage.Reason.OTHER_GROUP, 1)))
                .isEqualTo("3 devices hold this or fetch it: 2 in other sites (DODownloadMode), "
                        + "1 in another match group, or in none (DOGroupId)");
        assertThat(why(1, 0, of(Shortage.Reason.NOBODY_LISTENS, 1)))
                .isEqualTo("1 device holds this or fetches it: 1 that takes no links, nor does this device");
    }

    @Test
    void saysThatNobodyHasIt() {
        assertThat(why(0, 0, of(Shortage.Reason.NOBODY_HAS_IT, 0))).isEqualTo("no other device has announced it");
    }

    @Test
    void whoMayNotKnowOfItLearnsNoNumbers() {
        assertThat(why(0, 0, of(Shortage.Reason.NOT_GRANTED, 0)))
                .isEqualTo("this device was not granted an access group of it");
    }

    @Test
    void everyReasonHasAPhrase() {
        for (Shortage.Reason reason : Shortage.Reason.values()) {
            assertThat(of(reason, 2).phrase()).isNotBlank().doesNotEndWith(".");
        }
    }
}
