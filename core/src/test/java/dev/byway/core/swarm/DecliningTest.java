package dev.byway.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.Digest;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.policy.Answer;
import dev.byway.core.policy.ContentFacts;
import dev.byway.core.policy.DeviceFacts;
import dev.byway.core.policy.Direction;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Gate;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Refusal;
import dev.byway.core.policy.Settings;
import dev.byway.core.policy.Situation;
import dev.byway.core.policy.SourceFacts;
import dev.byway.core.unit.DataSize;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.RejectReason;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecliningTest {
    private static final EffectiveSettings DEFAULTS = EffectiveSettings.defaults(Platform.LINUX);
    private static final SourceFacts PEER = SourceFacts.of(SourceKind.LAN);

    private static String told(DeviceFacts device, SourceFacts peer, EffectiveSettings settings) {
        Situation upload = new Situation(Direction.UPLOAD, device, ContentFacts.ofLength(1 << 20), peer);
        Refusal refusal = Gate.firstRefusal(upload, settings).orElseThrow();
        Reason reason =
                Declining.fromPeer("10.77.0.12:7680", Declining.toPeer(refusal)).orElseThrow();
        assertThat(reason.code()).isEqualTo(ReasonCode.PEER_REFUSED);
        return reason.detail() + " (" + reason.setting().orElse("no setting") + ")";
    }

    @Test
    void whatAGateSaysHereIsSaidThereWithItsSetting() {
        DeviceFacts device = DeviceFacts.UNKNOWN;
        assertThat(told(device.onBattery(40), PEER, DEFAULTS))
                .isEqualTo("it runs on battery (DOMinBatteryPercentageAllowedToUpload)");
        assertThat(told(device.withMetered(Answer.YES), PEER, DEFAULTS))
                .isEqualTo("its network is metered (upload.onMetered)");
        assertThat(told(device.withVpn(Answer.YES), PEER, DEFAULTS))
                .isEqualTo("it is on a VPN (DOAllowVPNPeerCaching)");
        assertThat(told(device, SourceFacts.of(SourceKind.INTERNET), DEFAULTS))
                .isEqualTo("it shares within its own site only (DODownloadMode)");
        assertThat(told(
                        device,
                        PEER.withSameGroup(Answer.NO),
                        DEFAULTS.with(Settings.DOWNLOAD_MODE, DownloadMode.GROUP)))
                .isEqualTo("it shares within its own match group only (DOGroupId)");
        assertThat(told(
                        device,
                        PEER.withSameSubnet(Answer.NO),
                        DEFAULTS.with(Settings.RESTRICT_PEER_SELECTION, PeerRestriction.SUBNET)))
                .isEqualTo("it shares within its own subnet only (DORestrictPeerSelectionBy)");
        assertThat(told(
                        device,
                        PEER.withFoundLocally(Answer.NO),
                        DEFAULTS.with(Settings.RESTRICT_PEER_SELECTION, PeerRestriction.LOCAL_DISCOVERY)))
                .contains("local discovery", "(DORestrictPeerSelectionBy)");
        assertThat(told(device, PEER, DEFAULTS.with(Settings.MIN_FILE_SIZE, DataSize.ofMegabytes(50))))
                .isEqualTo("it does not share files as small as this one (DOMinFileSizeToCache)");
        assertThat(told(
                        device.withUploadedThisMonth(DataSize.ofGigabytes(21)),
                        SourceFacts.of(SourceKind.INTERNET),
                        DEFAULTS.with(Settings.DOWNLOAD_MODE, DownloadMode.INTERNET)))
                .isEqualTo("it has uploaded as much this month as it may (DOMonthlyUploadDataCap)");
        assertThat(told(device.withRam(DataSize.ofMegabytes(1)), PEER, DEFAULTS))
                .isEqualTo("a policy of that device forbids it now (no setting)");
    }

    @Property
    void everyPolicyIsToldAndNothingElseThanTheNumberComesFromThePeer(@ForAll RejectReason reason) {
        Optional<Reason> told = Declining.fromPeer("x", reason);
        if (reason.isPolicy()) {
            assertThat(told).isPresent();
        }
        told.ifPresent(one -> {
            assertThat(one.code()).isEqualTo(ReasonCode.PEER_REFUSED);
            assertThat(one.setting().stream())
                    .allMatch(name -> Settings.TABLE.find(name).isPresent());
        });
    }

    @Property
    void aRefusalIsAlwaysAPolicyOrABan(@ForAll ReasonCode code) {
        RejectReason told = Declining.toPeer(new Refusal(code, Optional.empty(), ""));
        assertThat(told.isPolicy() || told == RejectReason.BANNED).isTrue();
    }

    @Test
    void declinedNeighboursAreRememberedForAWhileAndNotForEver() {
        Declined declined = new Declined();
        Moment now = Moment.ZERO;
        for (int i = 0; i <= Declined.MOST; i++) {
            declined.note(device(i), Reason.of("d" + i, ReasonCode.PEER_REFUSED, ""), now);
        }
        assertThat(declined.reasons(now))
                .extracting(Reason::source)
                .hasSize(Declined.MOST)
                .doesNotContain("d0");
        declined.linked(device(1));
        assertThat(declined.reasons(now)).extracting(Reason::source).doesNotContain("d1");
        declined.note(device(2), Reason.of("d2", ReasonCode.OTHER_SUBNET, ""), now.plus(Duration.ofMinutes(1)));
        assertThat(declined.reasons(now.plus(Declined.REMEMBERED).plus(Duration.ofSeconds(1))))
                .extracting(Reason::code)
                .containsExactly(ReasonCode.OTHER_SUBNET);
    }

    private static DeviceId device(int number) {
        return new DeviceId(Digest.sha256(new byte[] {(byte) number}));
    }
}
