package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceKind;
import dev.byway.core.unit.DataSize;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static final EffectiveSettings DEFAULTS = EffectiveSettings.defaults(Platform.LINUX);
    private static final DeviceFacts STRONG =
            DeviceFacts.UNKNOWN.withRam(DataSize.ofGigabytes(16)).withDisk(DataSize.ofGigabytes(500));
    private static final ContentFacts LARGE = ContentFacts.ofLength(1L << 30);

    private static Situation download(DeviceFacts device, ContentFacts content, SourceKind kind) {
        return new Situation(Direction.DOWNLOAD, device, content, SourceFacts.of(kind));
    }

    private static Situation upload(DeviceFacts device, SourceKind kind) {
        return new Situation(Direction.UPLOAD, device, LARGE, SourceFacts.of(kind));
    }

    private static List<ReasonCode> codes(Situation situation, EffectiveSettings settings) {
        return Gate.refusals(situation, settings).stream().map(Refusal::code).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_ONLY, ORIGIN CACHE, MODE_HTTP_ONLY",
        "LAN, ORIGIN CACHE LAN, MODE_LAN_ONLY",
        "GROUP, ORIGIN CACHE LAN GROUP, MODE_GROUP_ONLY",
        "INTERNET, ORIGIN CACHE LAN GROUP INTERNET, USED",
        "SIMPLE, ORIGIN CACHE, MODE_SIMPLE",
        "BYPASS, ORIGIN, MODE_BYPASS"
    })
    void eachModeAllowsItsSourcesAndNamesItselfForTheOthers(DownloadMode mode, String allowed, ReasonCode refused) {
        EffectiveSettings settings = DEFAULTS.with(Settings.DOWNLOAD_MODE, mode);
        for (SourceKind kind : SourceKind.values()) {
            boolean allows = List.of(allowed.split(" ")).contains(kind.name());
            assertThat(codes(download(STRONG, LARGE, kind), settings))
                    .as(mode + " " + kind)
                    .isEqualTo(allows ? List.of() : List.of(refused));
        }
    }

    @Test
    void contentBelowTheMinimumIsNotAskedOfPeers() {
        ContentFacts small = ContentFacts.ofLength((1 << 20) - 1);
        assertThat(codes(download(STRONG, small, SourceKind.LAN), DEFAULTS))
                .containsExactly(ReasonCode.CONTENT_TOO_SMALL);
        assertThat(codes(download(STRONG, ContentFacts.ofLength(1 << 20), SourceKind.LAN), DEFAULTS))
                .isEmpty();
        assertThat(codes(download(STRONG, small, SourceKind.CACHE), DEFAULTS)).isEmpty();
        assertThat(codes(download(STRONG, small.asThroughGateway(true), SourceKind.LAN), DEFAULTS))
                .isEmpty();
    }

    @Test
    void weakDevicesUseNoPeersAndServeNone() {
        DeviceFacts weak =
                DeviceFacts.UNKNOWN.withRam(DataSize.ofMegabytes(512)).withDisk(DataSize.ofGigabytes(4));
        ReasonCode[] both = {ReasonCode.RAM_BELOW_MINIMUM, ReasonCode.DISK_BELOW_MINIMUM};
        assertThat(codes(download(weak, LARGE, SourceKind.LAN), DEFAULTS)).containsExactly(both);
        assertThat(codes(upload(weak, SourceKind.LAN), DEFAULTS)).containsExactly(both);
        assertThat(codes(download(weak, LARGE, SourceKind.CACHE), DEFAULTS)).isEmpty();
    }

    @Test
    void whatIsSoldAsTheMinimumCounts() {
        DeviceFacts sold =
                DeviceFacts.UNKNOWN.withRam(DataSize.ofMegabytes(924)).withDisk(new DataSize(8_000_000_000L));
        assertThat(codes(download(sold, LARGE, SourceKind.LAN), DEFAULTS)).isEmpty();
    }

    @Test
    void privateRequestsGoToTheOriginAlone() {
        ContentFacts secret = LARGE.asPrivate(true);
        assertThat(codes(download(STRONG, secret, SourceKind.LAN), DEFAULTS))
                .containsExactly(ReasonCode.PRIVATE_BY_REQUEST);
        assertThat(codes(download(STRONG, secret, SourceKind.CACHE), DEFAULTS))
                .containsExactly(ReasonCode.PRIVATE_BY_REQUEST);
        assertThat(codes(download(STRONG, secret, SourceKind.ORIGIN), DEFAULTS)).isEmpty();
    }

    @Test
    void theCallerMayDeclinePeers() {
        ContentFacts declined = LARGE.withPeersDeclined(true);
        assertThat(codes(download(STRONG, declined, SourceKind.LAN), DEFAULTS))
                .containsExactly(ReasonCode.PEERS_OFF_BY_REQUEST);
        assertThat(codes(download(STRONG, declined, SourceKind.CACHE), DEFAULTS))
                .isEmpty();
    }

    @Test
    void batteryLimitsUploadsAndNeverDownloads() {
        DeviceFacts half = STRONG.onBattery(50);
        assertThat(codes(download(half, LARGE, SourceKind.LAN), DEFAULTS)).isEmpty();
        assertThat(codes(upload(half, SourceKind.LAN), DEFAULTS)).containsExactly(ReasonCode.ON_BATTERY);
        assertThat(codes(upload(half, SourceKind.LAN), DEFAULTS.with(Settings.MIN_BATTERY, 50)))
                .isEmpty();
        assertThat(codes(upload(half, SourceKind.LAN), DEFAULTS.with(Settings.MIN_BATTERY, 51)))
                .containsExactly(ReasonCode.ON_BATTERY);
        assertThat(codes(upload(STRONG, SourceKind.LAN), DEFAULTS)).isEmpty();
    }

    @Test
    void onAVpnPeersAreOffUnlessFoundLocallyAndCacheHostsOnUnlessForbidden() {
        DeviceFacts vpn = STRONG.withVpn(Answer.YES);
        assertThat(codes(download(vpn, LARGE, SourceKind.LAN), DEFAULTS)).containsExactly(ReasonCode.ON_VPN);
        assertThat(codes(download(vpn, LARGE, SourceKind.LAN), DEFAULTS.with(Settings.VPN_PEERING, true)))
                .isEmpty();
        SourceFacts local = SourceFacts.of(SourceKind.LAN).withFoundLocally(Answer.YES);
        assertThat(codes(new Situation(Direction.DOWNLOAD, vpn, LARGE, local), DEFAULTS))
                .isEmpty();
        assertThat(codes(download(vpn, LARGE, SourceKind.CACHE), DEFAULTS)).isEmpty();
        assertThat(codes(download(vpn, LARGE, SourceKind.CACHE), DEFAULTS.with(Settings.NO_CACHE_HOST_ON_VPN, true)))
                .containsExactly(ReasonCode.CACHE_OFF_ON_VPN);
    }

    @Test
    void meteredNetworksAndTheMonthlyCapStopUploadsAlone() {
        EffectiveSettings internet = DEFAULTS.with(Settings.DOWNLOAD_MODE, DownloadMode.INTERNET);
        DeviceFacts metered = STRONG.withMetered(Answer.YES);
        assertThat(codes(upload(metered, SourceKind.LAN), DEFAULTS)).containsExactly(ReasonCode.METERED);
        assertThat(codes(download(metered, LARGE, SourceKind.LAN), DEFAULTS)).isEmpty();

        DeviceFacts spent = STRONG.withUploadedThisMonth(DataSize.ofGigabytes(20));
        assertThat(codes(upload(spent, SourceKind.INTERNET), internet)).containsExactly(ReasonCode.UPLOAD_CAP_REACHED);
        assertThat(codes(upload(spent, SourceKind.GROUP), internet)).containsExactly(ReasonCode.UPLOAD_CAP_REACHED);
        assertThat(codes(upload(spent, SourceKind.LAN), internet)).isEmpty();
        assertThat(codes(
                        upload(spent, SourceKind.INTERNET),
                        internet.with(Settings.MONTHLY_UPLOAD_CAP, Optional.empty())))
                .isEmpty();
    }

    @Test
    void restrictionsRefuseOnlyOnWhatIsKnownAndNotInModeThree() {
        EffectiveSettings subnet = DEFAULTS.with(Settings.RESTRICT_PEER_SELECTION, PeerRestriction.SUBNET);
        EffectiveSettings local = DEFAULTS.with(Settings.RESTRICT_PEER_SELECTION, PeerRestriction.LOCAL_DISCOVERY);
        SourceFacts elsewhere =
                SourceFacts.of(SourceKind.LAN).withSameSubnet(Answer.NO).withFoundLocally(Answer.NO);
        Situation far = new Situation(Direction.DOWNLOAD, STRONG, LARGE, elsewhere);
        assertThat(codes(far, DEFAULTS)).isEmpty();
        assertThat(codes(far, subnet)).containsExactly(ReasonCode.OTHER_SUBNET);
        assertThat(codes(far, local)).containsExactly(ReasonCode.NOT_FOUND_LOCALLY);
        assertThat(codes(far, subnet.with(Settings.DOWNLOAD_MODE, DownloadMode.INTERNET)))
                .isEmpty();
        assertThat(codes(download(STRONG, LARGE, SourceKind.LAN), subnet)).isEmpty();
    }

    @Test
    void aBannedPeerIsRefused() {
        SourceFacts banned = SourceFacts.of(SourceKind.LAN).asBanned(true);
        assertThat(codes(new Situation(Direction.DOWNLOAD, STRONG, LARGE, banned), DEFAULTS))
                .containsExactly(ReasonCode.PEER_BANNED);
    }

    @Test
    void refusalsCarryTheSettingBehindThemIntoTheReason() {
        Situation situation = download(STRONG, ContentFacts.ofLength(1000), SourceKind.LAN);
        assertThat(Gate.firstRefusal(situation, DEFAULTS).orElseThrow().about("lan"))
                .isEqualTo(new Reason(
                        "lan",
                        ReasonCode.CONTENT_TOO_SMALL,
                        Optional.of("DOMinFileSizeToCache"),
                        "The file has 1000 B; files under 1 MB are not shared."));
    }

    @Test
    void theFirstRefusalIsTheOneOfTheStatedOrder() {
        Situation situation = download(STRONG, ContentFacts.ofLength(1).asPrivate(true), SourceKind.GROUP);
        assertThat(codes(situation, DEFAULTS))
                .containsExactly(ReasonCode.PRIVATE_BY_REQUEST, ReasonCode.MODE_LAN_ONLY, ReasonCode.CONTENT_TOO_SMALL);
        assertThat(Gate.firstRefusal(situation, DEFAULTS).orElseThrow().code())
                .isEqualTo(ReasonCode.PRIVATE_BY_REQUEST);
    }
}
