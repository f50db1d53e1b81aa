package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EncounterTest {
    private static final EffectiveSettings LAN = EffectiveSettings.defaults(Platform.LINUX);
    private static final EffectiveSettings GROUP = LAN.with(Settings.DOWNLOAD_MODE, DownloadMode.GROUP);
    private static final EffectiveSettings BLUE = GROUP.with(Settings.GROUP_ID, Optional.of("blue"));
    private static final Encounter STRANGER = new Encounter(Optional.empty(), false, false, Answer.NO, Optional.of(""));

    private static Encounter claiming(String group, boolean onLink) {
        return new Encounter(Optional.empty(), onLink, false, Answer.UNKNOWN, Optional.of(group));
    }

    private static Optional<Refusal> refusal(Encounter encounter, EffectiveSettings settings) {
        return Gate.firstRefusal(
                new Situation(Direction.DOWNLOAD, DeviceFacts.UNKNOWN, ContentFacts.UNKNOWN, encounter.facts(settings)),
                settings);
    }

    @Test
    void whoIsOnTheLinkOrFoundLocallyIsLan() {
        assertThat(claiming("", true).facts(LAN).kind()).isEqualTo(SourceKind.LAN);
        Encounter found = new Encounter(Optional.empty(), false, false, Answer.YES, Optional.empty());
        assertThat(found.facts(LAN).kind()).isEqualTo(SourceKind.LAN);
        assertThat(STRANGER.facts(LAN).kind()).isEqualTo(SourceKind.INTERNET);
    }

    @Test
    void theCoordinatorsWordGoesFirst() {
        Encounter named = new Encounter(Optional.of(SourceKind.GROUP), true, true, Answer.UNKNOWN, Optional.of("blue"));
        assertThat(named.facts(BLUE).kind()).isEqualTo(SourceKind.GROUP);
    }

    @Test
    void aDeviceOfTheFleetThatDialsFromElsewhereWasToldTo() {
        Encounter colleague = new Encounter(Optional.empty(), false, true, Answer.NO, Optional.of(""));
        assertThat(refusal(colleague, LAN)).isEmpty();
        assertThat(refusal(STRANGER, LAN)).map(Refusal::code).hasValue(ReasonCode.MODE_LAN_ONLY);
    }

    @Test
    void modeTwoWithAGroupIsForThatGroupAlone() {
        assertThat(refusal(claiming("blue", true), BLUE)).isEmpty();
        assertThat(refusal(claiming("blue", false), BLUE)).isEmpty();
        for (String other : new String[] {"red", ""}) {
            Refusal refusal = refusal(claiming(other, true), BLUE).orElseThrow();
            assertThat(refusal.code()).isEqualTo(ReasonCode.MODE_GROUP_ONLY);
            assertThat(refusal.setting()).hasValue(Settings.GROUP_ID);
            assertThat(refusal.detail()).doesNotContain("red");
        }
    }

    @Test
    void modeTwoWithoutAGroupIsForTheSite() {
        assertThat(refusal(claiming("red", true), GROUP)).isEmpty();
        assertThat(refusal(claiming("red", false), GROUP)).map(Refusal::code).hasValue(ReasonCode.MODE_GROUP_ONLY);
    }

    @Test
    void beforeTheHelloNobodyIsOfAnotherGroup() {
        Encounter ahead = new Encounter(Optional.empty(), true, false, Answer.UNKNOWN, Optional.empty());
        assertThat(refusal(ahead, BLUE)).isEmpty();
    }

    @Test
    void theSubnetIsThatOfTheLinks() {
        EffectiveSettings subnet = LAN.with(Settings.RESTRICT_PEER_SELECTION, PeerRestriction.SUBNET);
        Encounter otherFloor = new Encounter(Optional.of(SourceKind.LAN), false, true, Answer.NO, Optional.of(""));
        assertThat(refusal(otherFloor, LAN)).isEmpty();
        assertThat(refusal(otherFloor, subnet)).map(Refusal::code).hasValue(ReasonCode.OTHER_SUBNET);
        assertThat(refusal(claiming("", true), subnet)).isEmpty();
    }

    /** What the coordinator's rule of pairing says of two groups is what two devices say of each other. */
    @Property
    void inModeTwoBothSidesAgreeAboutGroups(@ForAll boolean blue, @ForAll boolean peerBlue) {
        Encounter peer = claiming(peerBlue ? "blue" : "red", true);
        Encounter self = claiming(blue ? "blue" : "red", true);
        EffectiveSettings ours = GROUP.with(Settings.GROUP_ID, Optional.of(blue ? "blue" : "red"));
        EffectiveSettings theirs = GROUP.with(Settings.GROUP_ID, Optional.of(peerBlue ? "blue" : "red"));
        assertThat(refusal(peer, ours).isEmpty())
                .isEqualTo(refusal(self, theirs).isEmpty())
                .isEqualTo(blue == peerBlue);
    }
}
