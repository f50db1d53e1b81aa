package dev.byway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteString;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class StoreRecordsProperties {
    @Property
    void aSlotReadsBackAsWritten(@ForAll long generation, @ForAll byte[] payload, @ForAll byte[] after) {
        CheckedSlot slot = new CheckedSlot(generation, ByteString.of(payload));
        byte[] bytes = slot.encode();
        byte[] longer = Arrays.copyOf(bytes, bytes.length + after.length);
        System.arraycopy(after, 0, longer, bytes.length, after.length);
        assertThat(CheckedSlot.decode(longer)).contains(slot);
    }

    @Property
    void aSlotWithAnyBitTurnedDoesNotReadBack(@ForAll byte[] payload, @ForAll @IntRange(min = 0) int where) {
        byte[] bytes = new CheckedSlot(7, ByteString.of(payload)).encode();
        int bit = where % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(CheckedSlot.decode(bytes)).isEmpty();
    }

    @Property
    void aShortenedSlotDoesNotReadBack(@ForAll byte[] payload, @ForAll @IntRange(min = 0) int where) {
        byte[] bytes = new CheckedSlot(7, ByteString.of(payload)).encode();
        assertThat(CheckedSlot.decode(Arrays.copyOf(bytes, where % bytes.length)))
                .isEmpty();
    }

    @Property
    void anyBytesAreARecordOrNone(@ForAll byte[] bytes) {
        assertThat(CheckedSlot.decode(bytes)).isEmpty();
        ContentMeta.decode(bytes);
        SpoolState.decode(bytes);
        PieceMap.decode(new ContentId(Digest.ZERO, 5_000_000), bytes);
    }

    @Property
    void aPieceMapReadsBackAsWrittenAndOnlyForItsContent(
            @ForAll @LongRange(min = 1, max = 1L << 34) long length, @ForAll long seed) {
        PieceLayout layout = PieceLayout.of(length);
        PieceSet pieces = PieceSet.none(layout.pieceCount());
        new Random(seed).ints(20, 0, layout.pieceCount()).forEach(pieces::add);
        ContentId id = new ContentId(Digest.sha256(new byte[] {1}), length);
        PieceMap map = new PieceMap(id, layout, pieces);
        assertThat(PieceMap.decode(id, map.encode())).contains(map);
        assertThat(PieceMap.decode(new ContentId(id.root(), length + 1), map.encode()))
                .isEmpty();
        assertThat(PieceMap.decode(new ContentId(Digest.ZERO, length), map.encode()))
                .isEmpty();
    }

    @Property
    void aPieceMapWithAnyHeaderIsAMapOrNone(@ForAll int pieceLength, @ForAll byte[] bits) {
        ContentId id = new ContentId(Digest.ZERO, 5_000_000);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(44 + bits.length);
        bytes.position(32).putLong(id.length()).putInt(pieceLength).put(bits);
        PieceMap.decode(id, bytes.array());
    }

    @Property
    void aMetaReadsBackAsWritten(@ForAll boolean pinned, @ForAll @LongRange(min = 0, max = 1L << 40) long at) {
        ContentMeta meta = ContentMeta.startedAt(Instant.ofEpochMilli(at))
                .withOrigin(URI.create("https://origin.example:8443/a%20b.iso"))
                .withCompleted(pinned ? Optional.of(Instant.ofEpochMilli(at + 5)) : Optional.empty())
                .withPinned(pinned);
        assertThat(ContentMeta.decode(meta.encode())).contains(meta);
    }

    @Example
    void theOriginIsKeptWithoutQueryFragmentAndUserinfo() {
        assertThat(ContentMeta.redacted(URI.create("https://me:pw@origin.example/a/b.iso?token=1#x")))
                .contains("https://origin.example/a/b.iso");
        assertThat(ContentMeta.redacted(URI.create("file:///etc/passwd"))).isEmpty();
    }

    @Example
    void aMetaFromAClockThatWasAheadIsPulledBack() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        ContentMeta ahead =
                ContentMeta.startedAt(now.plusSeconds(86_400)).withCompleted(Optional.of(now.plusSeconds(1)));
        assertThat(ahead.notAfter(now)).isEqualTo(ContentMeta.startedAt(now).withCompleted(Optional.of(now)));
    }

    @Property
    void aSpoolStateReadsBackAsWritten(@ForAll @LongRange(min = 0) long durable, @ForAll @LongRange(min = 0) long all) {
        SpoolState state = new SpoolState(
                Optional.of("\"v1\""), Optional.of("yesterday"), OptionalLong.of(all), durable, Instant.EPOCH);
        assertThat(SpoolState.decode(state.encode())).contains(state);
    }

    @Example
    void onlyAStrongEtagMakesASpoolResumable() {
        assertThat(withEtag("\"v1\"").isResumable()).isTrue();
        assertThat(withEtag("W/\"v1\"").isResumable()).isFalse();
        assertThat(withEtag("v1").isResumable()).isFalse();
        assertThat(withEtag("\"" + "x".repeat(SpoolState.MAX_VALIDATOR) + "\"").isResumable())
                .isFalse();
        assertThat(SpoolState.decode("{\"durable\":1e30}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static SpoolState withEtag(String etag) {
        return SpoolState.fresh(Optional.of(etag), Optional.empty(), OptionalLong.empty(), Instant.EPOCH);
    }
}
