package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.Visibility;
import dev.byway.core.unit.Moment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SetsAtHandTest {
    private static final SigningKey KEY = SigningKey.ofSecret(new byte[32]);
    private static final URI BASE = URI.create("https://example.org/pool/");

    private final AtomicReference<Moment> now = new AtomicReference<>(new Moment(0));
    private final SetsAtHand sets = new SetsAtHand(now::get);

    @Test
    void oneAnswerTellsOfAllFilesOfItsSet() {
        Envelope envelope = set("a", "b");
        assertThat(sets.find(BASE.resolve("b"))).isEmpty();
        sets.put(envelope, KEY.publicKey("test"));
        assertThat(sets.find(BASE.resolve("b")).orElseThrow().manifest().id()).isEqualTo(id("b"));
        assertThat(sets.find(BASE.resolve("b")).orElseThrow().envelope()).isEqualTo(envelope);
        assertThat(sets.find(BASE.resolve("c"))).isEmpty();
        assertThat(sets.find(URI.create("https://example.com/pool/b"))).isEmpty();
    }

    @Test
    void aNewerAnswerCountsFirst() {
        sets.put(set("a"), KEY.publicKey("test"));
        Envelope newer = set("a", "b");
        sets.put(newer, KEY.publicKey("test"));
        assertThat(sets.find(BASE.resolve("a")).orElseThrow().envelope()).isEqualTo(newer);
    }

    @Test
    void afterTenSecondsTheCoordinatorIsAskedAgain() {
        sets.put(set("a"), KEY.publicKey("test"));
        now.set(new Moment(0).plus(Duration.ofMillis(9_999)));
        assertThat(sets.find(BASE.resolve("a"))).isPresent();
        now.set(new Moment(0).plus(Duration.ofSeconds(10)));
        assertThat(sets.find(BASE.resolve("a"))).isEmpty();
    }

    @Test
    void theOldestMakesRoom() {
        for (int i = 0; i < 9; i++) {
            sets.put(set("file-" + i), KEY.publicKey("test"));
        }
        assertThat(sets.find(BASE.resolve("file-0"))).isEmpty();
        assertThat(sets.find(BASE.resolve("file-1"))).isPresent();
    }

    @Test
    void whoAsksAboutAFolderOfSetsWaitsForTheQuestionBefore() throws InterruptedException {
        sets.put(set("first"), KEY.publicKey("test"));
        AtomicInteger questions = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Thread one = Thread.ofVirtual().start(() -> ask("a", questions, asked, answer));
        asked.await();
        Thread other = Thread.ofVirtual().start(() -> ask("b", questions, asked, answer));
        answer.countDown();
        one.join();
        other.join();
        assertThat(questions).hasValue(1);
    }

    private void ask(String name, AtomicInteger questions, CountDownLatch asked, CountDownLatch answer) {
        URI url = BASE.resolve(name);
        boolean found = sets.inTurn(url, () -> {
            if (sets.find(url).isEmpty()) {
                questions.incrementAndGet();
                asked.countDown();
                awaitUninterrupted(answer);
                sets.put(set("a", "b"), KEY.publicKey("test"));
            }
            return sets.find(url).isPresent();
        });
        assertThat(found).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Envelope set(String... names) {
        List<ManifestSet.Entry> entries = List.of(names).stream()
                .map(name -> new ManifestSet.Entry(
                        new SafeName(name),
                        id(name),
                        digest(name),
                        PieceLayout.of(100).pieceLength()))
                .toList();
        return Envelope.sign(
                new ManifestSet(
                        List.of(BASE),
                        entries,
                        new Visibility.Public(),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Optional.empty()),
                KEY);
    }

    private static ContentId id(String name) {
        return ContentId.parse(digest(name) + ":100");
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }
}
