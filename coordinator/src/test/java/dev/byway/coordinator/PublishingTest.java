package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.MerkleTree;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishingTest {
    private static final URI URL = URI.create("https://origin.example/a/setup.bin");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long LENGTH = 3 * 1024 * 1024 + 5;
    private static final PieceLayout LAYOUT = new PieceLayout(LENGTH, 1024 * 1024);
    private static final List<Digest> PIECES = List.of(digest(1), digest(2), digest(3), digest(4));
    private static final ContentId CONTENT = new ContentId(MerkleTree.root(PIECES, 6), LENGTH);
    private static final PieceLayer LAYER = PieceLayer.prove(CONTENT, LAYOUT, PIECES);

    @TempDir
    Path folder;

    private TestFleet fleet;

    @BeforeEach
    void start() {
        fleet = TestFleet.start(folder);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void whatAPublisherSignedIsLookedUpByUrlAndById() {
        FleetClient device = fleet.join().client();
        Envelope envelope = manifest(NOW, new Visibility.Public());
        assertThat(device.lookUp(URL)).isEmpty();

        device.publish(envelope, content -> LAYER);

        assertThat(device.lookUp(URL)).contains(envelope);
        assertThat(device.lookUp(URI.create("HTTPS://Origin.Example:443/a/setup.bin")))
                .contains(envelope);
        assertThat(device.envelope(CONTENT)).contains(envelope);
        assertThat(device.layer(CONTENT, LAYOUT)).map(PieceLayer::pieces).contains(PIECES);
    }

    @Test
    void whatLacksItsLayerIsNotFoundYet() {
        FleetClient device = fleet.join().client();
        assertThatThrownBy(() -> device.publish(manifest(NOW, new Visibility.Public()), content -> {
                    throw new IllegalStateException("the publisher is gone");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(device.lookUp(URL)).isEmpty();
    }

    @Test
    void aStrangersSignatureIsRefusedWhoeverBringsIt() {
        Envelope foreign = Envelope.sign(
                statement(NOW, new Visibility.Public()),
                SigningKey.ofSecret(digest(9).bytes()));
        for (FleetClient client : List.of(fleet.join().client(), fleet.admin())) {
            assertThatThrownBy(() -> client.publish(foreign, content -> LAYER))
                    .isInstanceOfSatisfying(
                            CoordinatorRefusedException.class,
                            e -> assertThat(e.refusal().reason()).isEqualTo(Refusal.Reason.NOT_ACCEPTED));
        }
    }

    @Test
    void anOlderManifestPlayedBackIsRefused() {
        FleetClient device = fleet.join().client();
        Envelope old = manifest(NOW.minusSeconds(60), new Visibility.Public());
        Envelope current = manifest(NOW, new Visibility.Public());
        device.publish(old, content -> LAYER);
        device.publish(current, content -> LAYER);
        assertThat(device.publish(current, content -> LAYER).missingLayers()).isEmpty();
        assertThatThrownBy(() -> device.publish(old, content -> LAYER))
                .isInstanceOfSatisfying(
                        CoordinatorRefusedException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(Refusal.Reason.OUTDATED));
        assertThat(device.lookUp(URL)).contains(current);
    }

    @Test
    void groupsDecideWhoMayKnow() {
        TestFleet.Member artist = fleet.join("artists");
        TestFleet.Member other = fleet.join("builders");
        Envelope envelope = manifest(NOW, new Visibility.Groups(List.of("artists")));
        artist.client().publish(envelope, content -> LAYER);

        assertThat(artist.client().lookUp(URL)).contains(envelope);
        assertThat(other.client().lookUp(URL)).isEmpty();
        assertThat(other.client().envelope(CONTENT)).isEmpty();
        assertThat(other.client().layer(CONTENT, LAYOUT)).isEmpty();
        assertThat(fleet.admin().lookUp(URL)).contains(envelope);
    }

    @Test
    void aNewerManifestThatNarrowsTheGroupsLeavesNoOldDoorOpen() {
        TestFleet.Member other = fleet.join();
        fleet.admin().publish(manifest(NOW.minusSeconds(60), new Visibility.Public()), content -> LAYER);
        assertThat(other.client().envelope(CONTENT)).isPresent();
        fleet.admin().publish(manifest(NOW, new Visibility.Groups(List.of("artists"))), content -> LAYER);
        assertThat(other.client().envelope(CONTENT)).isEmpty();
        assertThat(other.client().layer(CONTENT, LAYOUT)).isEmpty();
    }

    @Test
    void aLayerThatDoesNotProveItselfIsRefused() {
        PieceLayer other = PieceLayer.prove(
                new ContentId(MerkleTree.root(List.of(digest(5), digest(6), digest(7), digest(8)), 6), LENGTH),
                LAYOUT,
                List.of(digest(5), digest(6), digest(7), digest(8)));
        assertThatThrownBy(() -> fleet.admin().publish(manifest(NOW, new Visibility.Public()), content -> other))
                .isInstanceOf(CoordinatorRefusedException.class)
                .hasMessageContaining("does not lead to the root");
    }

    @Test
    void whatIsWithdrawnIsGoneAndCannotComeBack() {
        FleetClient device = fleet.join().client();
        Envelope envelope = manifest(NOW, new Visibility.Public());
        device.publish(envelope, content -> LAYER);
        fleet.admin().withdraw(CONTENT);
        assertThat(device.lookUp(URL)).isEmpty();
        assertThatThrownBy(() -> device.publish(envelope, content -> LAYER))
                .isInstanceOf(CoordinatorRefusedException.class)
                .hasMessageContaining("withdrawn");
    }

    @Test
    void aRemovedPublisherPublishesNoMore() {
        FleetClient admin = fleet.admin();
        long before = fleet.coordinator().fleet().publishers().current().version();
        assertThat(admin.removePublisher(TestFleet.PUBLISHER.publicKey("")).version())
                .isGreaterThan(before);
        assertThatThrownBy(() -> admin.publish(manifest(NOW, new Visibility.Public()), content -> LAYER))
                .isInstanceOf(CoordinatorRefusedException.class);
        assertThat(admin.addPublisher(TestFleet.PUBLISHER.publicKey("vendor")).keys())
                .hasSize(1);
        admin.publish(manifest(NOW, new Visibility.Public()), content -> LAYER);
    }

    @Test
    void everyFileOfASetIsFoundByItsUrl() {
        ContentId small = new ContentId(digest(77), 1000);
        ManifestSet set = new ManifestSet(
                List.of(URI.create("https://origin.example/pack/")),
                List.of(
                        new ManifestSet.Entry(new SafeName("big.bin"), CONTENT, digest(1), LAYOUT.pieceLength()),
                        new ManifestSet.Entry(new SafeName("sub/small.bin"), small, digest(2), LAYOUT.pieceLength())),
                new Visibility.Public(),
                NOW,
                Optional.empty());
        FleetClient device = fleet.join().client();
        device.publish(Envelope.sign(set, TestFleet.PUBLISHER), content -> LAYER);
        assertThat(device.lookUp(URI.create("https://origin.example/pack/big.bin")))
                .isPresent();
        assertThat(device.lookUp(URI.create("https://origin.example/pack/sub/small.bin")))
                .isPresent();
        assertThat(device.layer(small, PieceLayout.of(1000))).isPresent();
    }

    private static Envelope manifest(Instant issued, Visibility visibility) {
        return Envelope.sign(statement(issued, visibility), TestFleet.PUBLISHER);
    }

    private static Manifest statement(Instant issued, Visibility visibility) {
        return new Manifest(
                CONTENT,
                digest(100),
                LAYOUT.pieceLength(),
                new SafeName("setup.bin"),
                List.of(URL),
                Validators.NONE,
                visibility,
                issued,
                Optional.empty());
    }

    private static Digest digest(int seed) {
        return Digest.sha256(new byte[] {(byte) seed});
    }
}
