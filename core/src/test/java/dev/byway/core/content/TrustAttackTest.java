package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The attacks on the trust table, by name. */
class TrustAttackTest {
    private static final Subject URL = new Subject.Url(Samples.URL);
    private static final TrustedKeys FLEET = new TrustedKeys(List.of(Samples.ALICE.publicKey("")), List.of());
    private static final URI SIDECAR = SidecarUrls.manifest(Samples.URL).orElseThrow();

    @Test
    void sidecarByRedirect() {
        Envelope hers = Envelope.sign(Samples.manifest(), Samples.MALLORY);
        URI openRedirectTo = URI.create("https://mallory.example/image.iso.byway");

        Verdict verdict = judge(new Evidence.Sidecar(hers, List.of(SIDECAR, openRedirectTo)), Optional.empty());

        assertRefused(verdict, Refusal.CROSS_ORIGIN);
    }

    @Test
    void replayedOldManifest() {
        Instant later = Samples.ISSUED.plus(Duration.ofHours(1));
        Envelope old = Envelope.sign(Samples.manifest(), Samples.ALICE);
        Envelope current = Envelope.sign(Samples.manifest(Samples.URL, later), Samples.ALICE);
        Verdict first = judge(new Evidence.CoordinatorAnswer(current, true), Optional.empty());
        Optional<Instant> remembered = ((Verdict.Accepted) first).issued();

        assertRefused(judge(new Evidence.CoordinatorAnswer(old, true), remembered), Refusal.REPLAYED);
        assertRefused(judge(new Evidence.Sidecar(old, List.of(SIDECAR)), remembered), Refusal.REPLAYED);
    }

    @Test
    void manifestFromTheFutureThatWouldShutOutHonestOnes() {
        Instant farAhead = Samples.NOW.plus(Duration.ofDays(3650));
        Envelope envelope = Envelope.sign(Samples.manifest(Samples.URL, farAhead), Samples.ALICE);

        assertRefused(
                judge(new Evidence.CoordinatorAnswer(envelope, true), Optional.empty()), Refusal.ISSUED_IN_FUTURE);
    }

    @Test
    void lyingDigest() {
        Digest lie = Digest.sha256("malware".getBytes(StandardCharsets.UTF_8));
        URI place = DigestPlace.SHA256_FILE.of(Samples.URL).orElseThrow();
        URI injected = URI.create("http://example.org/files/image.iso.sha256");
        Verdict fromTheWay = judge(
                new Evidence.DigestStatement(DigestPlace.SHA256_FILE, lie, List.of(place, injected)), Optional.empty());
        Verdict fromTheOrigin =
                judge(new Evidence.DigestStatement(DigestPlace.SHA256_FILE, lie, List.of(place)), Optional.empty());

        assertRefused(fromTheWay, Refusal.PLAIN_HTTP);
        assertThat(fromTheOrigin)
                .as("the origin may lie about its own file, and then nothing passes for it")
                .isInstanceOfSatisfying(
                        Verdict.AcceptedDigest.class,
                        digest -> assertThat(digest.proves(Samples.FILE)).isFalse());
    }

    @Test
    void digestProvesOnlyAFileThatWasHashedWhole() {
        Digest right = Samples.FILE.sha256().orElseThrow();

        assertThat(new Verdict.AcceptedDigest(right).proves(Samples.FILE)).isTrue();
        assertThat(new Verdict.AcceptedDigest(right).proves(new HashedContent(Samples.FILE.layer(), Optional.empty())))
                .isFalse();
    }

    @Test
    void sixtyFourByteCollision() {
        byte[] large = VectorContent.bytes(2 * PieceLayout.BLOCK);
        HashedContent largeFile = Samples.hash(large);
        ContentId small = new ContentId(largeFile.id().root(), 64);
        Evidence offer = new Evidence.PeerLayer(
                largeFile.layer().layout(), largeFile.layer().pieces());

        Verdict verdict = Trust.judge(offer, new Question(new Subject.Id(small), FLEET, Samples.NOW, Optional.empty()));

        assertRefused(verdict, Refusal.UNPROVED);
    }

    @Test
    void peerThatOpensGroupContentToEverybody() {
        Manifest open = Samples.manifest();
        Envelope forged = Envelope.sign(open, Samples.MALLORY);

        Verdict verdict = Trust.judge(
                new Evidence.PeerManifest(forged),
                new Question(new Subject.Id(open.id()), FLEET, Samples.NOW, Optional.empty()));

        assertRefused(verdict, Refusal.UNKNOWN_KEY);
    }

    @Test
    void signatureMovedToAnotherManifest() {
        Envelope good = Envelope.sign(Samples.manifest(), Samples.ALICE);
        Envelope other = Envelope.sign(Samples.manifest(Samples.URL, Samples.ISSUED.plusSeconds(60)), Samples.MALLORY);
        Envelope mixed = new Envelope(good.payloadType(), other.payload(), good.signatures());

        assertRefused(judge(new Evidence.CoordinatorAnswer(mixed, true), Optional.empty()), Refusal.WRONG_SIGNATURE);
    }

    @Test
    void messagesNeverShowQueriesOrPasswords() {
        URI secret = URI.create("https://user:hunter2@example.org/f?token=s3cret");
        Envelope envelope = Envelope.sign(Samples.manifest(), Samples.ALICE);
        Question question = new Question(new Subject.Url(secret), FLEET, Samples.NOW, Optional.empty());

        for (Evidence evidence : List.of(
                new Evidence.CoordinatorAnswer(envelope, true),
                new Evidence.Sidecar(envelope, List.of(secret)),
                new Evidence.Sidecar(envelope, List.of(URI.create("http://u:hunter2@example.org/?s3cret"))),
                new Evidence.Sidecar(envelope, List.of(URI.create("https://u:hunter2@cdn.example.net/?s3cret"))))) {
            assertThat(Trust.judge(evidence, question))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.message()).doesNotContain("hunter2", "s3cret"));
        }
    }

    private static Verdict judge(Evidence evidence, Optional<Instant> newest) {
        return Trust.judge(evidence, new Question(URL, FLEET, Samples.NOW, newest));
    }

    private static void assertRefused(Verdict verdict, Refusal reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
