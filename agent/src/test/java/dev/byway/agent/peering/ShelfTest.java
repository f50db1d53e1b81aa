package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreOptions;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.Membership;
import dev.byway.core.fleet.PeerIdentity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which peer gets what from this device's cache. */
class ShelfTest {
    @TempDir
    Path folder;

    private ContentStore store;
    private Shelf shelf;

    @BeforeEach
    void open() {
        store = ContentStore.open(folder, StoreOptions.standard());
        shelf = new Shelf(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void groupVisibleContentGoesToDevicesWithTheGroupOnly() {
        ContentId id = hold("secret", new Visibility.Groups(List.of("engineering")));
        assertThat(shelf.take(id, anonymous())).isEmpty();
        assertThat(shelf.take(id, member())).isEmpty();
        assertThat(shelf.take(id, member("sales"))).isEmpty();
        assertThat(shelf.take(id, member("sales", "engineering"))).isPresent();
        assertThat(shelf.take(id, anonymous()))
                .as("while it lies open for another")
                .isEmpty();
        shelf.giveBack(id);
    }

    @Test
    void publicContentGoesToAnybody() {
        ContentId id = hold("news", new Visibility.Public());
        assertThat(shelf.take(id, anonymous())).isPresent();
        shelf.giveBack(id);
        assertThat(shelf.find(id)).isEmpty();
    }

    @Test
    void aFileOfAPublishedFolderIsForWhomTheFolderIs() {
        assertThat(shelf.take(holdInFolder("handbook", new Visibility.Public()), anonymous()))
                .isPresent();
        ContentId secret = holdInFolder("plans", new Visibility.Groups(List.of("engineering")));
        assertThat(shelf.take(secret, anonymous())).isEmpty();
        assertThat(shelf.take(secret, member("engineering"))).isPresent();
        shelf.giveBack(secret);
    }

    private ContentId holdInFolder(String text, Visibility visibility) {
        HashedContent hashed = hash(text);
        ManifestSet set = new ManifestSet(
                List.of(URI.create("https://files.example/")),
                List.of(new ManifestSet.Entry(
                        new SafeName(text),
                        hashed.id(),
                        hashed.sha256().orElseThrow(),
                        hashed.layer().layout().pieceLength())),
                visibility,
                Instant.parse("2026-11-20T12:00:00Z"),
                Optional.empty());
        try (StoredContent content = store.acquire(hashed.id(), hashed.layer().layout())) {
            content.saveManifest(Envelope.sign(set, SigningKey.ofSecret(new byte[SigningKey.SECRET_BYTES]))
                    .toBytes());
        }
        return hashed.id();
    }

    @Test
    void whatNobodyPublishedGoesToNobody() {
        HashedContent hashed = hash("mine");
        store.acquire(hashed.id(), hashed.layer().layout()).close();
        assertThat(shelf.take(hashed.id(), member("engineering"))).isEmpty();
    }

    private ContentId hold(String text, Visibility visibility) {
        return Published.into(store, hash(text), visibility);
    }

    private static HashedContent hash(String text) {
        byte[] bytes = text.repeat(1000).getBytes(StandardCharsets.UTF_8);
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(bytes, 0, bytes.length);
        return hasher.finish();
    }

    private static PeerIdentity anonymous() {
        return new PeerIdentity(new DeviceId(Digest.sha256(new byte[] {1})), new Membership.Anonymous());
    }

    private static PeerIdentity member(String... groups) {
        Set<AccessGroup> granted = Arrays.stream(groups).map(AccessGroup::new).collect(Collectors.toSet());
        return new PeerIdentity(new DeviceId(Digest.sha256(new byte[] {2})), new Membership.Fleet(granted));
    }
}
