package dev.byway.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.fleet.Relation;
import dev.byway.core.fleet.Site;
import dev.byway.core.fleet.Validity;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.Settings;
import dev.byway.core.policy.SettingsException;
import dev.byway.core.policy.SettingsReader;
import dev.byway.core.unit.Rate;
import dev.byway.core.wire.Hearing;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judgements about the content, the cache and the machine. */
class DeviceRulesTest {
    private static final EffectiveSettings SETTINGS = EffectiveSettings.defaults(Platform.LINUX);
    private static final EffectiveSettings SUBNET =
            SETTINGS.with(Settings.RESTRICT_PEER_SELECTION, PeerRestriction.SUBNET);
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {7}), 50 << 20);
    private static final List<Prefix> SUBNETS = List.of(Prefix.parse("10.0.0.0/24"), Prefix.parse("fd00::/64"));

    private static ContentRules.Subject subject(long length, boolean asked) {
        return new ContentRules.Subject("big.iso", Optional.of(CONTENT), length, asked);
    }

    private static Optional<Examination.Fleet> fleet(OptionalInt holders, int peers) {
        PeerOffer peer =
                new PeerOffer(DeviceId.ofPublicKey(new byte[] {1}), List.of(), Optional.empty(), Relation.SAME_SITE);
        InetAddress here = InetAddress.ofLiteral("10.0.0.1");
        Nearby nearby = new Nearby(
                here,
                new Site("10.0.0.1/32"),
                Stream.generate(() -> peer).limit(peers).toList(),
                List.of(),
                List.of(),
                holders);
        return Optional.of(new Examination.Fleet(
                "u",
                Optional.of(nearby),
                false,
                "",
                Trial.not("not asked"),
                new Validity(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))));
    }

    private static Finding holders(boolean asked, OptionalInt holders, int peers) {
        return ContentRules.holders(subject(50 << 20, asked), fleet(holders, peers), SETTINGS)
                .finding();
    }

    @ParameterizedTest
    @CsvSource({"0,not-collected", "1,fail", "1048575,fail", "1048576,pass", "50000000,pass"})
    void aFileIsSharedFromTheMinimumOn(long length, String label) {
        assertThat(ContentRules.size(subject(length, true), SETTINGS).finding().label())
                .isEqualTo(label);
    }

    /** 2047.9 KB are 2 MB for people, and 2 MB as the setting would still refuse the file. */
    @ParameterizedTest
    @CsvSource({"1,1B", "1023,1023B", "1024,1KB", "2097100,2047KB", "2097152,2MB"})
    void theSettingThatMendsItIsNotAboveTheFile(long length, String value) throws SettingsException {
        EffectiveSettings before = settings("DOMinFileSizeToCache=50");
        Finding finding = ContentRules.size(subject(length, true), before).finding();
        assertThat(finding.mend()).isEqualTo("set DOMinFileSizeToCache=" + value + " on all devices");
        assertThat(ContentRules.size(subject(length, true), settings("DOMinFileSizeToCache=" + value))
                        .finding())
                .isInstanceOf(Finding.Pass.class);
    }

    private static EffectiveSettings settings(String given) throws SettingsException {
        return new SettingsReader(Platform.LINUX).commandLine(List.of(given)).read();
    }

    @Test
    void thatNobodyHoldsItFailsForWhoAsksAndIsAThingToLookAtForTheLastDownload() {
        assertThat(holders(true, OptionalInt.of(0), 1)).isInstanceOf(Finding.Fail.class);
        assertThat(holders(true, OptionalInt.of(0), 0)).isInstanceOf(Finding.Fail.class);
        assertThat(holders(false, OptionalInt.of(0), 1)).isInstanceOf(Finding.Warn.class);
        assertThat(holders(false, OptionalInt.of(0), 0)).isInstanceOf(Finding.NotApplicable.class);
        assertThat(holders(true, OptionalInt.of(2), 2)).isEqualTo(new Finding.Pass("2 others hold big.iso"));
        assertThat(holders(true, OptionalInt.empty(), 2)).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void whoHoldsItIsOfThisSiteInModeOneOnly() {
        EffectiveSettings group = SETTINGS.with(Settings.DOWNLOAD_MODE, DownloadMode.GROUP);
        assertThat(holders(true, OptionalInt.of(0), 1).text()).startsWith("no other device of this site holds big.iso");
        assertThat(ContentRules.holders(subject(1, true), fleet(OptionalInt.of(0), 1), group)
                        .finding()
                        .text())
                .startsWith("no other device that this one may ask holds big.iso");
    }

    @Test
    void withoutFleetOrIdentityNothingIsSaidOfHolders() {
        assertThat(ContentRules.holders(subject(1, true), Optional.empty(), SETTINGS)
                        .finding())
                .isInstanceOf(Finding.NotCollected.class);
        assertThat(ContentRules.holders(
                                new ContentRules.Subject("a", Optional.empty(), 1, true),
                                fleet(OptionalInt.empty(), 1),
                                SETTINGS)
                        .finding())
                .isInstanceOf(Finding.NotApplicable.class);
    }

    /** In MiB: under 64, or under 1 % of the volume, of which 1 GiB is the most that is asked for. */
    @ParameterizedTest
    @CsvSource({
        "63,1000,fail",
        "64,1000,pass",
        "99,10240,fail",
        "103,10240,pass",
        "1023,4000000,fail",
        "1024,4000000,pass"
    })
    void aVolumeIsFullWhenTheCacheCanKeepNothingMore(long free, long whole, String label) {
        CacheRules.Volume volume = new CacheRules.Volume("/c", free << 20, whole << 20, Optional.empty());
        assertThat(CacheRules.room(volume).finding().label()).isEqualTo(label);
    }

    @Test
    void aCacheThatTheAgentCannotWriteFailsAndAFullOneIsToldToBeFull() {
        Optional<String> trouble = Optional.of("belongs to root, while the agent runs as byway");
        assertThat(CacheRules.room(new CacheRules.Volume("/c", 1L << 30, 1L << 33, trouble))
                        .finding()
                        .text())
                .isEqualTo("/c belongs to root, while the agent runs as byway");
        assertThat(CacheRules.room(new CacheRules.Volume("/c", 1L << 20, 1L << 33, trouble))
                        .finding()
                        .text())
                .contains("free in /c");
    }

    @Test
    void aSlowDiskWarns() {
        assertThat(CacheRules.speed("/c", new Rate(4_900_000)).finding()).isInstanceOf(Finding.Warn.class);
        assertThat(CacheRules.speed("/c", new Rate(5_000_000)).finding()).isInstanceOf(Finding.Pass.class);
    }

    @ParameterizedTest
    @CsvSource({"256,warn", "1023,warn", "1024,pass", "524288,pass", "unlimited,pass"})
    void theSoftLimitOfOpenFilesCounts(String soft, String label) {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             127235               127235               processes
                Max open files            %-20s 524288               files
                Max locked memory         8388608              8388608              bytes
                """.formatted(soft);
        assertThat(MachineRules.limits(limits).finding().label()).isEqualTo(label);
        assertThat(MachineRules.limits("").finding()).isInstanceOf(Finding.NotCollected.class);
    }

    @Test
    void aServiceThatDoesNotRunFailsUnlessAnAgentAnswersAllTheSame() {
        Optional<String> unit = Optional.of("byway.service");
        assertThat(MachineRules.service(unit, Optional.of("active"), true).finding())
                .isInstanceOf(Finding.Pass.class);
        Finding failed =
                MachineRules.service(unit, Optional.of("failed"), false).finding();
        assertThat(failed).isInstanceOf(Finding.Fail.class);
        assertThat(failed.mend()).startsWith("systemctl restart byway.service ");
        assertThat(MachineRules.service(unit, Optional.of("inactive"), true).finding())
                .isInstanceOf(Finding.Warn.class);
        assertThat(MachineRules.service(unit, Optional.empty(), true).finding())
                .isInstanceOf(Finding.NotCollected.class);
        assertThat(MachineRules.service(Optional.empty(), Optional.empty(), false)
                        .finding())
                .isInstanceOf(Finding.NotApplicable.class);
    }

    private static Finding restriction(EffectiveSettings settings, Neighbour... neighbours) {
        Examination seen = new Examination(
                "1",
                Map.of(),
                7680,
                "",
                List.of(),
                List.of(),
                List.of(neighbours),
                Optional.empty(),
                new TunnelSeen.Off("no coordinator"),
                "/c");
        return RestrictionRules.judge(seen, settings, SUBNETS).finding();
    }

    private static Neighbour at(String address, boolean heard) {
        return new Neighbour("00ff", address, heard, true, false, Trial.not(""), Trial.not(""), Hearing.HEARD);
    }

    @Test
    void aRestrictionFailsWhenItLeavesNoNeighbour() {
        Neighbour upstairs = at("10.0.1.7:7680", false);
        Finding all = restriction(SUBNET, upstairs, at("fd00:0:0:1:0:0:0:7:7680", false));
        assertThat(all.text()).startsWith("all 2 neighbours are in other subnets (10.0.1.7:7680, ");
        assertThat(all.mend()).contains("DORestrictPeerSelectionBy=0");
        assertThat(all).isInstanceOf(Finding.Fail.class);
        assertThat(restriction(SUBNET, upstairs, at("10.0.0.7:7680", false))).isInstanceOf(Finding.Pass.class);
        assertThat(restriction(SUBNET, upstairs, at("fd00:0:0:0:0:0:0:7:7680", false)))
                .isInstanceOf(Finding.Pass.class);
        assertThat(restriction(SUBNET, upstairs, at("192.0.2.7:7680", true))).isInstanceOf(Finding.Pass.class);
        assertThat(restriction(SUBNET, upstairs, at("", false))).isInstanceOf(Finding.Pass.class);
    }

    @Test
    void noRestrictionNoNeighbourAndModeThreeAreNoFailure() {
        Neighbour upstairs = at("10.0.1.7:7680", false);
        assertThat(restriction(SETTINGS, upstairs)).isInstanceOf(Finding.NotApplicable.class);
        assertThat(restriction(SUBNET.with(Settings.DOWNLOAD_MODE, DownloadMode.INTERNET), upstairs))
                .isInstanceOf(Finding.NotApplicable.class);
        assertThat(restriction(SUBNET)).isInstanceOf(Finding.NotCollected.class);
    }
}
