package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.unit.DataSize;
import dev.byway.core.unit.Rate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypesTest {
    @ParameterizedTest
    @CsvSource({"50, 52428800", "50 MB, 52428800", "64KiB, 65536", "64kb, 65536", "1.5 GB, 1610612736", "1B, 1"})
    void sizesAreMegabytesUnlessTheySay(String text, long bytes) {
        assertThat(Settings.MIN_FILE_SIZE.type().parse(text)).isEqualTo(new DataSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({"500, 512000", "10 Mbit/s, 1250000", "2M, 2097152", "1.5MB/s, 1572864", "8kbit/s, 1000"})
    void ratesAreKilobytesPerSecondUnlessTheySay(String text, long bytesPerSecond) {
        assertThat(Settings.UPLOAD_LIMIT.type().parse(text)).contains(new Rate(bytesPerSecond));
    }

    @Test
    void zeroIsNoLimitWhereTheTableSaysSo() {
        assertThat(Settings.UPLOAD_LIMIT.type().parse("0")).isEmpty();
        assertThat(Settings.MAX_CACHE_AGE.type().parse("0")).isEmpty();
        assertThat(Settings.MAX_CACHE_AGE.type().parse("7d")).isEqualTo(Optional.of(Duration.ofDays(7)));
    }

    @ParameterizedTest
    @CsvSource({
        "DOMinFileSizeToCache, 0",
        "DOMinFileSizeToCache, 100001",
        "DOMinFileSizeToCache, -1",
        "DOMinFileSizeToCache, 5 parsecs",
        "DOMinFileSizeToCache, 1e3",
        "DOMinRAMAllowedToPeer, 999999999999999",
        "DOMaxCacheSize, 0",
        "DOMaxCacheSize, 101%",
        "peer.port, 65536",
        "peer.port, 0x50",
        "api.address, 0.0.0.0",
        "api.address, localhost",
        "coordinator.url, http://plain.example",
        "coordinator.url, https://user:pass@c.example",
        "coordinator.url, https://",
        "origin.proxy, socks5://p.example:1080",
        "lan.discovery, maybe",
        "site.prefixes, 10.0.0.0/8",
        "proxy.trusted, 10.0.0.1/8",
        "DOCacheHost, 'a b'",
        "trust.publishers, 'a,,b'",
        "DOSetHoursToLimitBackgroundDownloadBandwidth, 8-24 25% 80%",
        "DOGroupIdSource, 6",
        "DOGroupId, 'left\u202eright'",
        "DOGroupId, 'äääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää'"
    })
    void valuesOutOfRangeAreRefused(String name, String text) {
        Setting<?> setting = Settings.TABLE.find(name).orElseThrow();
        assertThatThrownBy(() -> setting.type().parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesAndListsHaveALongestLength() {
        assertThatThrownBy(() -> Settings.GROUP_ID.type().parse("a".repeat(ValueType.MAX_TEXT + 1)))
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> Settings.CACHE_HOSTS.type().parse("a,".repeat(ValueType.MAX_ENTRIES) + "a"))
                .hasMessageContaining("1024");
        assertThat(Settings.CACHE_HOSTS.type().parse("a,".repeat(ValueType.MAX_ENTRIES - 1) + "a"))
                .hasSize(ValueType.MAX_ENTRIES);
    }

    @Test
    void sizesPrintForPeopleAndExactly() {
        assertThat(new DataSize(1536).exact()).isEqualTo("1536 B");
        assertThat(new DataSize(1 << 20).exact()).isEqualTo("1 MB");
        assertThat(DataSize.ZERO.exact()).isEqualTo("0 B");
        assertThat(new DataSize(1536)).hasToString("1.5 KB");
        assertThat(new DataSize(999)).hasToString("999 B");
        assertThat(DataSize.ofGigabytes(4)).hasToString("4 GB");
        assertThat(new DataSize(Long.MAX_VALUE)).hasToString("8 EB");
    }
}
