package dev.byway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EvictionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final CacheLimits WEEK = new CacheLimits(Optional.of(Duration.ofDays(7)), 100);

    @Test
    void keepsWhatIsYoungAndFits() {
        assertThat(EvictionPolicy.choose(List.of(entry("a", 60, m -> m), entry("b", 40, m -> m)), NOW, WEEK))
                .isEmpty();
    }

    @Test
    void dropsWhatWasCompletedMaxAgeAgoHoweverOftenItIsUsed() {
        CacheEntry old = entry("a", 1, m -> m.withCompleted(Optional.of(NOW.minus(Duration.ofDays(7)))));
        CacheEntry young = entry("b", 1, m -> m.withCompleted(Optional.of(NOW.minus(Duration.ofDays(6)))));
        assertThat(EvictionPolicy.choose(List.of(old, young), NOW, WEEK))
                .containsExactly(new Eviction(old.id(), Eviction.Reason.AGE));
    }

    @Test
    void theAgeOfAnUnfinishedDownloadCountsFromItsLastUse() {
        CacheEntry abandoned = entry("a", 1, m -> m.withLastUsed(NOW.minus(Duration.ofDays(8))));
        CacheEntry running = entry("b", 1, m -> m.withLastUsed(NOW.minus(Duration.ofHours(1))));
        assertThat(EvictionPolicy.choose(List.of(abandoned, running), NOW, WEEK))
                .containsExactly(new Eviction(abandoned.id(), Eviction.Reason.AGE));
    }

    @Test
    void noMaxAgeMeansForEver() {
        CacheEntry old = entry("a", 1, m -> m.withCompleted(Optional.of(Instant.EPOCH)));
        assertThat(EvictionPolicy.choose(List.of(old), NOW, new CacheLimits(Optional.empty(), 100)))
                .isEmpty();
    }

    @Test
    void dropsWhatExpiredAtItsPublisher() {
        CacheEntry stale = entry("a", 1, m -> m.withExpires(Optional.of(NOW)));
        assertThat(EvictionPolicy.choose(List.of(stale), NOW, WEEK))
                .containsExactly(new Eviction(stale.id(), Eviction.Reason.EXPIRED));
    }

    private static SpoolEntry spool(String name, long bytes, int age, boolean inUse) {
        return new SpoolEntry(name, bytes, NOW.minusSeconds(age), inUse);
    }

    @Test
    void unprovedCopiesCountAndGoBeforeContents() {
        SpoolEntry old = spool("old", 30, 20, false);
        SpoolEntry young = spool("young", 30, 10, false);
        assertThat(EvictionPolicy.chooseSpools(List.of(young, old), 40, WEEK)).isEmpty();
        assertThat(EvictionPolicy.chooseSpools(List.of(young, old), 41, WEEK)).containsExactly(old);
        assertThat(EvictionPolicy.chooseSpools(List.of(young, old), 100, WEEK)).containsExactly(old, young);
    }

    @Test
    void anUnprovedCopyInUseStaysWhateverItsSize() {
        SpoolEntry growing = spool("a", 1000, 20, true);
        SpoolEntry left = spool("b", 1, 10, false);
        assertThat(EvictionPolicy.chooseSpools(List.of(growing, left), 0, WEEK)).containsExactly(left);
    }

    @Test
    void overSizeDropsTheLeastRecentlyUsedUntilTheRestFits() {
        CacheEntry first = entry("a", 50, m -> m.withLastUsed(NOW.minusSeconds(30)));
        CacheEntry second = entry("b", 50, m -> m.withLastUsed(NOW.minusSeconds(20)));
        CacheEntry third = entry("c", 50, m -> m.withLastUsed(NOW.minusSeconds(10)));
        assertThat(EvictionPolicy.choose(List.of(third, first, second), NOW, WEEK))
                .containsExactly(new Eviction(first.id(), Eviction.Reason.SIZE));
    }

    @Test
    void neverDropsWhatIsPinnedOrInUseEvenWhenOverSizeOldOrExpired() {
        UnaryOperator<ContentMeta> spent =
                m -> m.withCompleted(Optional.of(Instant.EPOCH)).withExpires(Optional.of(Instant.EPOCH));
        CacheEntry pinned = entry("a", 500, m -> spent.apply(m).withPinned(true));
        CacheEntry idle = entry("b", 500, spent);
        CacheEntry used = new CacheEntry(idle.id(), idle.layout(), 1, idle.bytes(), idle.meta(), true);
        assertThat(EvictionPolicy.choose(List.of(pinned, used), NOW, WEEK)).isEmpty();
    }

    @Test
    void pinnedBytesCountSoThatOthersMakeRoom() {
        CacheEntry pinned = entry("a", 100, m -> m.withPinned(true));
        CacheEntry other = entry("b", 1, m -> m);
        assertThat(EvictionPolicy.choose(List.of(pinned, other), NOW, WEEK))
                .containsExactly(new Eviction(other.id(), Eviction.Reason.SIZE));
    }

    @Test
    void aCompletionInTheFutureIsYoung() {
        CacheEntry odd = entry("a", 1, m -> m.withCompleted(Optional.of(NOW.plus(Duration.ofDays(1)))));
        assertThat(EvictionPolicy.choose(List.of(odd), NOW, WEEK)).isEmpty();
    }

    @Test
    void theSizeIsAShareOrANumberAndAlwaysLeavesAReserve() {
        long gib = 1L << 30;
        assertThat(new CacheSize.Share(20).on(10 * gib, 90 * gib)).isEqualTo(20 * gib);
        assertThat(new CacheSize.Bytes(5 * gib).on(10 * gib, 90 * gib)).isEqualTo(5 * gib);
        assertThat(new CacheSize.Unlimited().on(10 * gib, 90 * gib)).isEqualTo(99 * gib);
        assertThat(new CacheSize.Bytes(50 * gib).on(2 * gib, gib / 2)).isEqualTo(2 * gib - gib / 2);
        assertThat(new CacheSize.Share(100).on(0, gib / 2)).isZero();
    }

    private static CacheEntry entry(String name, long bytes, UnaryOperator<ContentMeta> how) {
        Digest root = Digest.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ContentMeta meta = how.apply(ContentMeta.startedAt(NOW.minus(Duration.ofHours(2))));
        return new CacheEntry(new ContentId(root, bytes), PieceLayout.of(bytes), 1, bytes, meta, false);
    }
}
