package dev.byway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.Platform;
import dev.byway.core.policy.SettingsReader;
import dev.byway.core.store.CacheSize;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheSizeSettingTest {
    private static CacheSize size(String... assignments) {
        return Agent.cacheSize(new SettingsReader(Platform.LINUX)
                .commandLine(List.of(assignments))
                .read());
    }

    @Test
    void aSizeGoesBeforeAShare() {
        assertThat(size()).isEqualTo(new CacheSize.Share(20));
        assertThat(size("DOMaxCacheSize=7")).isEqualTo(new CacheSize.Share(7));
        assertThat(size("DOMaxCacheSize=7", "DOAbsoluteMaxCacheSize=2")).isEqualTo(new CacheSize.Bytes(2L << 30));
    }

    @Test
    void zeroIsNoLimitAndNotAnEmptyCache() {
        assertThat(size("DOAbsoluteMaxCacheSize=0")).isEqualTo(new CacheSize.Unlimited());
    }
}
