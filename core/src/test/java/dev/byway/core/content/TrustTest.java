package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Evidence.CoordinatorAnswer;
import dev.byway.core.content.Evidence.DigestStatement;
import dev.byway.core.content.Evidence.GivenFile;
import dev.byway.core.content.Evidence.PeerLayer;
import dev.byway.core.content.Evidence.PeerManifest;
import dev.byway.core.content.Evidence.Sidecar;
import dev.byway.core.content.Evidence.UserDigest;
import dev.byway.core.content.Verdict.AcceptedDigest;
import dev.byway.core.content.Verdict.AcceptedLayer;
import dev.byway.core.content.Verdict.AcceptedManifest;
import dev.byway.core.content.Verdict.AcceptedSet;
import dev.byway.core.content.Verdict.Refused;
import dev.byway.core.unit.ByteString;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One nested class per row of the trust table, one test per cell of it. */
class TrustTest {
    private static final PublisherKey ALICE = Samples.ALICE.publicKey("Alice");
    private static final TrustedKeys FLEET = new TrustedKeys(List.of(ALICE), List.of());
    private static final TrustedKeys OWN = new TrustedKeys(List.of(), List.of(ALICE));
    private static final Subject URL = new Subject.Url(Samples.URL);
    private static final Envelope SIGNED = Envelope.sign(Samples.manifest(), Samples.ALICE);
    private static final Envelope FOREIGN = Envelope.sign(Samples.manifest(), Samples.MALLORY);
    private static final Digest SHA256 = Samples.FILE.sha256().orElseThrow();

    @Nested
    @DisplayName("coordinator")
    class FromTheCoordinator {
        @Test
        void acceptedOverTheAuthenticatedChannelWithAFleetKey() {
            assertThat(judge(new CoordinatorAnswer(SIGNED, true), URL, FLEET))
                    .isEqualTo(new AcceptedManifest(Samples.manifest(), ALICE));
        }

        @Test
        void refusedOverAnyOtherChannel() {
            assertRefused(judge(new CoordinatorAnswer(SIGNED, false), URL, FLEET), Refusal.CHANNEL_NOT_AUTHENTICATED);
        }

        @Test
        void refusedWithAKeyThatIsNotInTheFleetsList() {
            assertRefused(judge(new CoordinatorAnswer(FOREIGN, true), URL, FLEET), Refusal.UNKNOWN_KEY);
            assertRefused(judge(new CoordinatorAnswer(SIGNED, true), URL, OWN), Refusal.UNKNOWN_KEY);
        }

        @Test
        void vouchesForPlainHttpUrlsTooBecauseTheSignatureDoes() {
            URI http = URI.create("http://example.org/files/image.iso");
            Envelope envelope = Envelope.sign(Samples.manifest(http, Samples.ISSUED), Samples.ALICE);

            assertThat(judge(new CoordinatorAnswer(envelope, true), new Subject.Url(http), FLEET))
                    .isInstanceOf(AcceptedManifest.class);
        }

        @Test
        void answersForAnIdOrADigest() {
            CoordinatorAnswer answer = new CoordinatorAnswer(SIGNED, true);
            assertThat(judge(answer, new Subject.Id(Samples.FILE.id()), FLEET)).isInstanceOf(AcceptedManifest.class);
            assertThat(judge(answer, new Subject.WholeFile(SHA256), FLEET)).isInstanceOf(AcceptedManifest.class);
            assertRefused(judge(answer, new Subject.Unstated(), FLEET), Refusal.WRONG_SUBJECT);
        }
    }

    @Nested
    @DisplayName("sidecar")
    class BesideTheFile {
        private static final URI PLACE = URI.create("https://example.org/files/image.iso.byway");

        @Test
        void acceptedOverHttpsFromTheSameOriginWithoutAnyListedKey() {
            assertThat(judge(new Sidecar(SIGNED, List.of(PLACE)), URL, TrustedKeys.NONE))
                    .isEqualTo(new AcceptedManifest(Samples.manifest(), ALICE));
        }

        @Test
        void listedKeysDoNotNarrowWhatTheOriginVouchesFor() {
            assertThat(judge(new Sidecar(FOREIGN, List.of(PLACE)), URL, OWN)).isInstanceOf(AcceptedManifest.class);
        }

        @Test
        void acceptedAfterARedirectWithinTheOrigin() {
            URI moved = URI.create("https://EXAMPLE.org:443/mirror/image.iso.byway?v=2");

            assertThat(judge(new Sidecar(SIGNED, List.of(PLACE, moved)), URL, TrustedKeys.NONE))
                    .isInstanceOf(AcceptedManifest.class);
        }

        @Test
        void refusedAfterARedirectThroughAnotherOriginEvenIfItEndsAtHome() {
            URI away = URI.create("https://cdn.example.net/image.iso.byway");

            assertRefused(judge(new Sidecar(SIGNED, List.of(PLACE, away)), URL, OWN), Refusal.CROSS_ORIGIN);
            assertRefused(judge(new Sidecar(SIGNED, List.of(PLACE, away, PLACE)), URL, OWN), Refusal.CROSS_ORIGIN);
        }

        @Test
        void refusedFromAnotherPortOrHostOfTheSameSite() {
            for (String other :
                    List.of("https://example.org:8443", "https://www.example.org", "https://example.org.")) {
                URI there = URI.create(other + "/files/image.iso.byway");
                assertRefused(judge(new Sidecar(SIGNED, List.of(there)), URL, OWN), Refusal.CROSS_ORIGIN);
            }
        }

        @Test
        void refusedOverPlainHttp() {
            URI http = URI.create("http://example.org/files/image.iso");
            Envelope envelope = Envelope.sign(Samples.manifest(http, Samples.ISSUED), Samples.ALICE);
            List<URI> hops = List.of(URI.create(http + ".byway"));

            assertRefused(judge(new Sidecar(envelope, hops), new Subject.Url(http), OWN), Refusal.PLAIN_HTTP);
        }

        @Test
        void refusedWhenAHopWasPlainHttp() {
            URI http = URI.create("http://example.org/files/image.iso.byway");

            assertRefused(judge(new Sidecar(SIGNED, List.of(PLACE, http, PLACE)), URL, OWN), Refusal.PLAIN_HTTP);
        }

        @Test
        void refusedFromAnotherPlaceOfTheOrigin() {
            URI upload = URI.create("https://example.org/uploads/mallory/image.iso.byway");

            assertRefused(judge(new Sidecar(SIGNED, List.of(upload)), URL, OWN), Refusal.OTHER_PLACE);
            assertRefused(judge(new Sidecar(SIGNED, List.of()), URL, OWN), Refusal.OTHER_PLACE);
        }

        @Test
        void refusedWhenItsSignatureDoesNotHold() {
            assertRefused(judge(new Sidecar(damaged(SIGNED), List.of(PLACE)), URL, OWN), Refusal.WRONG_SIGNATURE);
        }

        @Test
        void refusedWhenItCarriesNoKeyAndNoneIsKnown() {
            Sidecar bare = new Sidecar(withoutCarriedKeys(SIGNED), List.of(PLACE));

            assertRefused(judge(bare, URL, TrustedKeys.NONE), Refusal.UNKNOWN_KEY);
            assertThat(judge(bare, URL, OWN)).isInstanceOf(AcceptedManifest.class);
        }

        @Test
        void folderHasTheSetAsItsSidecar() {
            ManifestSet set = Samples.set("image.iso", "b");
            Envelope envelope = Envelope.sign(set, Samples.ALICE);
            URI folder = URI.create("https://example.org/files/");
            Sidecar sidecar = new Sidecar(envelope, List.of(URI.create("https://example.org/files/.byway")));

            assertThat(judge(sidecar, new Subject.Url(folder), TrustedKeys.NONE))
                    .isEqualTo(new AcceptedSet(set, ALICE));
            assertRefused(judge(sidecar, URL, TrustedKeys.NONE), Refusal.OTHER_PLACE);
        }

        @Test
        void speaksAboutUrlsOnly() {
            Sidecar sidecar = new Sidecar(SIGNED, List.of(PLACE));
            assertRefused(judge(sidecar, new Subject.Id(Samples.FILE.id()), OWN), Refusal.WRONG_SUBJECT);
            assertRefused(judge(sidecar, new Subject.WholeFile(SHA256), OWN), Refusal.WRONG_SUBJECT);
            assertRefused(judge(sidecar, new Subject.Unstated(), OWN), Refusal.WRONG_SUBJECT);
        }
    }

    @Nested
    @DisplayName("digest at the origin")
    class StatedByTheOrigin {
        @ParameterizedTest
        @EnumSource(DigestPlace.class)
        void acceptedOverHttpsFromTheSameOrigin(DigestPlace place) {
            assertThat(judge(statement(place, place.of(Samples.URL).orElseThrow()), URL, TrustedKeys.NONE))
                    .isEqualTo(new AcceptedDigest(SHA256));
        }

        @ParameterizedTest
        @EnumSource(DigestPlace.class)
        void refusedAfterARedirectToAnotherOrigin(DigestPlace place) {
            URI first = place.of(Samples.URL).orElseThrow();
            URI away = URI.create("https://cdn.example.net/x");

            assertRefused(judge(statement(place, first, away), URL, TrustedKeys.NONE), Refusal.CROSS_ORIGIN);
        }

        @ParameterizedTest
        @EnumSource(DigestPlace.class)
        void refusedOverPlainHttp(DigestPlace place) {
            URI http = URI.create("http://example.org/files/image.iso");

            assertRefused(
                    judge(statement(place, place.of(http).orElseThrow()), new Subject.Url(http), TrustedKeys.NONE),
                    Refusal.PLAIN_HTTP);
        }

        @ParameterizedTest
        @EnumSource(DigestPlace.class)
        void refusedFromAnotherPlaceOfTheOrigin(DigestPlace place) {
            URI elsewhere = URI.create("https://example.org/uploads/mallory");

            assertRefused(judge(statement(place, elsewhere), URL, TrustedKeys.NONE), Refusal.OTHER_PLACE);
        }

        @Test
        void headerCountsForUrlsWithAQueryAndFilesBesideThemDoNotExist() {
            URI query = URI.create("https://example.org/download?id=5");

            assertThat(judge(statement(DigestPlace.REPR_DIGEST, query), new Subject.Url(query), TrustedKeys.NONE))
                    .isInstanceOf(AcceptedDigest.class);
            assertRefused(
                    judge(statement(DigestPlace.SHA256_FILE, query), new Subject.Url(query), TrustedKeys.NONE),
                    Refusal.OTHER_PLACE);
        }

        @Test
        void speaksAboutUrlsOnly() {
            assertRefused(
                    judge(statement(DigestPlace.REPR_DIGEST, Samples.URL), new Subject.Unstated(), TrustedKeys.NONE),
                    Refusal.WRONG_SUBJECT);
        }

        private static DigestStatement statement(DigestPlace place, URI... hops) {
            return new DigestStatement(place, SHA256, List.of(hops));
        }
    }

    @Nested
    @DisplayName("given by hand")
    class GivenByHand {
        @Test
        void fileIsAcceptedWithAListedKey() {
            assertThat(judge(new GivenFile(SIGNED), URL, OWN))
                    .isEqualTo(new AcceptedManifest(Samples.manifest(), ALICE));
        }

        @Test
        void fileMaySayItselfWhatItIsAbout() {
            assertThat(judge(new GivenFile(SIGNED), new Subject.Unstated(), OWN))
                    .isInstanceOf(AcceptedManifest.class);
            Envelope set = Envelope.sign(Samples.set("a"), Samples.ALICE);
            assertThat(judge(new GivenFile(set), new Subject.Unstated(), OWN)).isInstanceOf(AcceptedSet.class);
        }

        @Test
        void fileIsRefusedWithAnyOtherKeyEvenIfItCarriesIt() {
            assertRefused(judge(new GivenFile(FOREIGN), URL, OWN), Refusal.UNKNOWN_KEY);
            assertRefused(judge(new GivenFile(SIGNED), URL, TrustedKeys.NONE), Refusal.UNKNOWN_KEY);
        }

        @Test
        void fleetKeysAreForTheCoordinatorOnly() {
            assertRefused(judge(new GivenFile(SIGNED), URL, FLEET), Refusal.UNKNOWN_KEY);
        }

        @Test
        void digestIsTheUsersWord() {
            Verdict verdict =
                    judge(new UserDigest(SHA256), new Subject.Url(URI.create("http://a/b?c")), TrustedKeys.NONE);

            assertThat(verdict).isEqualTo(new AcceptedDigest(SHA256));
        }
    }

    @Nested
    @DisplayName("a peer")
    class FromAPeer {
        private static final PieceLayer LAYER = Samples.FILE.layer();

        @Test
        void neverNamesTheContentOfAUrl() {
            assertRefused(judge(new PeerManifest(SIGNED), URL, FLEET), Refusal.PEER_NAMES_CONTENT);
            assertRefused(judge(new PeerManifest(SIGNED), new Subject.Unstated(), OWN), Refusal.PEER_NAMES_CONTENT);
            PeerLayer layer = new PeerLayer(LAYER.layout(), LAYER.pieces());
            assertRefused(judge(layer, URL, FLEET), Refusal.PEER_NAMES_CONTENT);
            assertRefused(judge(layer, new Subject.WholeFile(SHA256), FLEET), Refusal.PEER_NAMES_CONTENT);
        }

        @Test
        void mayGiveTheManifestOfATrustedIdOrDigestIfABelievedKeySignedIt() {
            for (TrustedKeys keys : List.of(FLEET, OWN)) {
                assertThat(judge(new PeerManifest(SIGNED), new Subject.Id(Samples.FILE.id()), keys))
                        .isInstanceOf(AcceptedManifest.class);
                assertThat(judge(new PeerManifest(SIGNED), new Subject.WholeFile(SHA256), keys))
                        .isInstanceOf(AcceptedManifest.class);
            }
        }

        @Test
        void itsManifestNeedsABelievedKey() {
            assertRefused(
                    judge(new PeerManifest(FOREIGN), new Subject.Id(Samples.FILE.id()), FLEET), Refusal.UNKNOWN_KEY);
        }

        @Test
        void itsManifestMustBeAboutTheTrustedContent() {
            Subject otherId = new Subject.Id(Samples.hash(new byte[7]).id());
            Subject otherDigest = new Subject.WholeFile(Digest.ZERO);
            assertRefused(judge(new PeerManifest(SIGNED), otherId, FLEET), Refusal.OTHER_CONTENT);
            assertRefused(judge(new PeerManifest(SIGNED), otherDigest, FLEET), Refusal.OTHER_CONTENT);
        }

        @Test
        void itsLayerProvesItselfAgainstTheTrustedIdOrNot() {
            Subject id = new Subject.Id(Samples.FILE.id());

            assertThat(judge(new PeerLayer(LAYER.layout(), LAYER.pieces()), id, TrustedKeys.NONE))
                    .isInstanceOfSatisfying(
                            AcceptedLayer.class,
                            accepted -> assertThat(accepted.layer().pieces()).isEqualTo(LAYER.pieces()));
            assertRefused(
                    judge(new PeerLayer(LAYER.layout(), List.of(Digest.ZERO)), id, TrustedKeys.NONE), Refusal.UNPROVED);
            assertRefused(
                    judge(new PeerLayer(PieceLayout.of(7), LAYER.pieces()), id, TrustedKeys.NONE), Refusal.UNPROVED);
        }
    }

    @Nested
    @DisplayName("every signed statement")
    class WhateverTheSource {
        @Test
        void aboutAnotherUrlIsRefused() {
            Subject other = new Subject.Url(URI.create("https://example.org/files/other.iso"));

            assertRefused(judge(new CoordinatorAnswer(SIGNED, true), other, FLEET), Refusal.OTHER_URL);
            assertRefused(judge(new GivenFile(SIGNED), other, OWN), Refusal.OTHER_URL);
            assertRefused(
                    judge(
                            new Sidecar(SIGNED, List.of(URI.create("https://example.org/files/other.iso.byway"))),
                            other,
                            OWN),
                    Refusal.OTHER_URL);
        }

        @Test
        void memberOfASetIsFoundByUrlIdOrDigest() {
            CoordinatorAnswer set = new CoordinatorAnswer(Envelope.sign(Samples.set("image.iso"), Samples.ALICE), true);

            for (Subject subject : List.of(URL, new Subject.Id(Samples.FILE.id()), new Subject.WholeFile(SHA256))) {
                assertThat(judge(set, subject, FLEET))
                        .isInstanceOfSatisfying(
                                AcceptedManifest.class,
                                accepted -> assertThat(accepted.manifest().names(Samples.URL))
                                        .isTrue());
            }
            assertRefused(
                    judge(set, new Subject.Url(URI.create("https://example.org/files/b")), FLEET), Refusal.OTHER_URL);
            assertRefused(judge(set, new Subject.WholeFile(Digest.ZERO), FLEET), Refusal.OTHER_CONTENT);
        }

        @Test
        void wrongSignatureOfAKnownKeyIsSaidSo() {
            assertRefused(judge(new CoordinatorAnswer(damaged(SIGNED), true), URL, FLEET), Refusal.WRONG_SIGNATURE);
        }

        @Test
        void signedBytesThatAreNoManifestAreRefused() {
            Envelope odd = signedPayload("{\"version\":1}");

            Refused refused = assertRefused(judge(new GivenFile(odd), URL, OWN), Refusal.MALFORMED);
            assertThat(refused.message()).contains("'content' is missing");
        }

        @Test
        void expiryAllowsForAClockADayOff() {
            Instant end = Samples.manifest().expires().orElseThrow();

            assertThat(at(end.plus(Trust.CLOCK_ALLOWANCE))).isInstanceOf(AcceptedManifest.class);
            assertRefused(at(end.plus(Trust.CLOCK_ALLOWANCE).plusSeconds(1)), Refusal.EXPIRED);
        }

        @Test
        void futureAllowsForAClockADayOff() {
            assertThat(at(Samples.ISSUED.minus(Trust.CLOCK_ALLOWANCE))).isInstanceOf(AcceptedManifest.class);
            assertRefused(at(Samples.ISSUED.minus(Trust.CLOCK_ALLOWANCE).minusSeconds(1)), Refusal.ISSUED_IN_FUTURE);
        }

        @Test
        void olderThanOneSeenBeforeIsRefusedAndTheSameIsNot() {
            Instant issued = Samples.ISSUED;
            assertThat(seen(issued)).isInstanceOf(AcceptedManifest.class);
            assertThat(seen(issued.minus(Duration.ofDays(1)))).isInstanceOf(AcceptedManifest.class);
            assertRefused(seen(issued.plusMillis(1)), Refusal.REPLAYED);
        }

        @Test
        void acceptedTellsWhatToRemember() {
            assertThat(seen(Samples.ISSUED))
                    .isInstanceOfSatisfying(
                            Verdict.Accepted.class,
                            accepted -> assertThat(accepted.issued()).contains(Samples.ISSUED));
        }

        private static Verdict at(Instant now) {
            return Trust.judge(new GivenFile(SIGNED), new Question(URL, OWN, now, Optional.empty()));
        }

        private static Verdict seen(Instant newest) {
            return Trust.judge(new GivenFile(SIGNED), new Question(URL, OWN, Samples.NOW, Optional.of(newest)));
        }
    }

    private static Verdict judge(Evidence evidence, Subject subject, TrustedKeys keys) {
        return Trust.judge(evidence, new Question(subject, keys, Samples.NOW, Optional.empty()));
    }

    private static Refused assertRefused(Verdict verdict, Refusal reason) {
        assertThat(verdict).isInstanceOf(Refused.class);
        Refused refused = (Refused) verdict;
        assertThat(refused.reason()).as(refused.message()).isEqualTo(reason);
        return refused;
    }

    private static Envelope damaged(Envelope envelope) {
        byte[] payload = envelope.payload().toArray();
        payload[payload.length / 2] ^= 1;
        return new Envelope(envelope.payloadType(), ByteString.of(payload), envelope.signatures());
    }

    private static Envelope withoutCarriedKeys(Envelope envelope) {
        return new Envelope(
                envelope.payloadType(),
                envelope.payload(),
                envelope.signatures().stream()
                        .map(s -> new Envelope.Signature(s.keyId(), s.bytes(), Optional.empty()))
                        .toList());
    }

    private static Envelope signedPayload(String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        var signature = Samples.ALICE.sign(Envelope.preAuthentication(Manifest.PAYLOAD_TYPE, payload));
        return new Envelope(
                Manifest.PAYLOAD_TYPE,
                ByteString.of(payload),
                List.of(new Envelope.Signature(ALICE.id(), signature, Optional.empty())));
    }
}
