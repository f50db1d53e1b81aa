package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.DataSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DODownloadMode",
                "DOGroupId",
                "DOGroupIdSource",
                "DORestrictPeerSelectionBy",
                "DOMinRAMAllowedToPeer",
                "DOMinDiskSizeAllowedToPeer",
                "DOMaxCacheAge",
                "DOMaxCacheSize",
                "DOAbsoluteMaxCacheSize",
                "DOModifyCacheDrive",
                "DOMinFileSizeToCache",
                "DOMonthlyUploadDataCap",
                "DOMinBackgroundQos",
                "DOAllowVPNPeerCaching",
                "DOVpnKeywords",
                "DODisallowCacheServerDownloadsOnVPN",
                "DOMinBatteryPercentageAllowedToUpload",
                "DOPercentageMaxForegroundBandwidth",
                "DOPercentageMaxBackgroundBandwidth",
                "DOMaxForegroundDownloadBandwidth",
                "DOMaxBackgroundDownloadBandwidth",
                "DOSetHoursToLimitBackgroundDownloadBandwidth",
                "DOSetHoursToLimitForegroundDownloadBandwidth",
                "DODelayBackgroundDownloadFromHttp",
                "DODelayForegroundDownloadFromHttp",
                "DODelayCacheServerFallbackBackground",
                "DODelayCacheServerFallbackForeground",
                "DOCacheHost",
                "DOCacheHostSource"
            })
    void everySettingOfDeliveryOptimizationExists(String name) {
        assertThat(Settings.TABLE.find(name))
                .hasValueSatisfying(
                        setting -> assertThat(setting.isDeliveryOptimization()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOMaxDownloadBandwidth", "DOPercentageMaxDownloadBandwidth", "DOMaxUploadBandwidth"})
    void whatDeliveryOptimizationRetiredIsRetired(String name) {
        assertThat(Settings.TABLE.findRetired(name)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void everyDefaultIsAValueItself(Platform platform) {
        assertThat(Settings.TABLE.all()).allSatisfy(setting -> roundTrips(setting, setting.defaultText(platform)));
    }

    @Test
    void everyDefaultOfDeliveryOptimizationIsAValue() {
        assertThat(Settings.TABLE.all())
                .allSatisfy(setting -> setting.microsoftText().ifPresent(text -> roundTrips(setting, text)));
    }

    private static <T> void roundTrips(Setting<T> setting, String text) {
        T value = setting.type().parse(text);
        assertThat(setting.type().parse(setting.type().format(value))).isEqualTo(value);
    }

    @Test
    void noTwoSettingsShareAVariable() {
        assertThat(Settings.TABLE.all()).extracting(Setting::variable).doesNotHaveDuplicates();
    }

    @Test
    void bywaysDefaultsShareOnOrdinaryDevices() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX);
        assertThat(settings.get(Settings.DOWNLOAD_MODE)).isEqualTo(DownloadMode.LAN);
        assertThat(settings.get(Settings.MIN_FILE_SIZE)).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(settings.get(Settings.MIN_RAM)).isEqualTo(DataSize.ofGigabytes(1));
        assertThat(settings.get(Settings.MIN_DISK)).isEqualTo(DataSize.ofGigabytes(8));
        assertThat(settings.get(Settings.MAX_CACHE_AGE)).contains(Duration.ofDays(7));
        assertThat(settings.get(Settings.MAX_CACHE_SIZE)).isEqualTo(20);
        assertThat(settings.get(Settings.PEER_PORT)).isEqualTo(7680);
        assertThat(settings.get(Settings.GATEWAY_MIN_FILE_SIZE)).isEqualTo(new DataSize(64 << 10));
    }

    @Test
    void windowsHoldsTheUsualPortItself() {
        assertThat(EffectiveSettings.defaults(Platform.WINDOWS).get(Settings.PEER_PORT))
                .isEqualTo(7690);
    }

    @Test
    void profileMicrosoftTakesDeliveryOptimizationsDefaults() {
        EffectiveSettings settings =
                new SettingsReader(Platform.LINUX).profile(Profile.MICROSOFT).read();
        assertThat(settings.get(Settings.MIN_FILE_SIZE)).isEqualTo(DataSize.ofMegabytes(50));
        assertThat(settings.get(Settings.MIN_RAM)).isEqualTo(DataSize.ofGigabytes(4));
        assertThat(settings.get(Settings.MIN_DISK)).isEqualTo(DataSize.ofGigabytes(32));
        assertThat(settings.get(Settings.MAX_CACHE_AGE)).contains(Duration.ofDays(3));
        assertThat(settings.value(Settings.MIN_RAM).from()).isEqualTo(new Provenance.FromProfile(Profile.MICROSOFT));
        assertThat(settings.value(Settings.PEER_PORT).from()).isEqualTo(new Provenance.Default());
    }

    @Test
    void whatDecidesTrustPathsOrLocalDoorsIsNotForTheFleet() {
        assertThat(List.<Setting<?>>of(
                        Settings.COORDINATOR_URL,
                        Settings.COORDINATOR_TOKEN,
                        Settings.TRUSTED_PUBLISHERS,
                        Settings.CACHE_DIR,
                        Settings.API_ADDRESS,
                        Settings.API_PORT,
                        Settings.EGRESS_ALLOW,
                        Settings.ORIGIN_PROXY,
                        Settings.PEER_ADDRESS))
                .noneMatch(Setting::isFleetWide);
    }

    @Test
    void theQuotaOfTheCacheCountsItsOwnContentAsAvailable() {
        EffectiveSettings settings = EffectiveSettings.defaults(Platform.LINUX);
        DataSize free = DataSize.ofGigabytes(60);
        DataSize held = DataSize.ofGigabytes(40);
        assertThat(CacheQuota.of(settings, free, held))
                .isEqualTo(new CacheQuota(DataSize.ofGigabytes(20), Optional.of(Duration.ofDays(7))));
        assertThat(CacheQuota.of(
                                settings.with(Settings.ABSOLUTE_MAX_CACHE_SIZE, Optional.of(DataSize.ofGigabytes(5))),
                                free,
                                held)
                        .size())
                .isEqualTo(DataSize.ofGigabytes(5));
        assertThat(CacheQuota.of(
                                settings.with(Settings.ABSOLUTE_MAX_CACHE_SIZE, Optional.of(DataSize.ZERO)), free, held)
                        .size())
                .isEqualTo(DataSize.ofGigabytes(99));
    }
}
