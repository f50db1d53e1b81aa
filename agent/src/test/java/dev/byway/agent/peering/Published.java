package dev.byway.agent.peering;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Contents that somebody published and that lie in a store, as after a download. */
final class Published {
    private Published() {}

    /** Puts manifest and piece layer into the store. */
    static ContentId into(ContentStore store, HashedContent hashed, Visibility visibility) {
        Manifest manifest = new Manifest(
                hashed.id(),
                hashed.sha256().orElseThrow(),
                hashed.layer().layout().pieceLength(),
                new SafeName("file.bin"),
                List.of(URI.create("https://files.example/file.bin")),
                Validators.NONE,
                visibility,
                Instant.parse("2026-11-20T12:00:00Z"),
                Optional.empty());
        try (StoredContent content = store.acquire(hashed.id(), hashed.layer().layout())) {
            content.saveLayer(hashed.layer());
            content.saveManifest(Envelope.sign(manifest, SigningKey.ofSecret(new byte[SigningKey.SECRET_BYTES]))
                    .toBytes());
        }
        return hashed.id();
    }
}
