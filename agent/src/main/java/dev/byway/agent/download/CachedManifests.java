package dev.byway.agent.download;

import dev.byway.agent.store.ContentStore;
import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.UntrustedContentException;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The manifests that were believed before this start, as they lie beside their contents: so that an older one is no news to
 * a device that was off meanwhile. As long as the cache keeps them. Any thread.
 */
record CachedManifests(ContentStore store) implements Resolver.Remembered {
    @Override
    public Optional<Instant> newestIssued(URI url) {
        if (url.getRawQuery() != null) {
            return Optional.empty();
        }
        return store.cameFrom(url).stream().flatMap(id -> issued(id).stream()).max(Comparator.naturalOrder());
    }

    private Optional<Instant> issued(ContentId id) {
        try {
            return store.find(id).flatMap(found -> {
                try (StoredContent content = found) {
                    return content.manifest().flatMap(CachedManifests::issued);
                }
            });
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> issued(byte[] envelope) {
        try {
            return Optional.of(
                    switch (Envelope.parse(envelope).unverified()) {
                        case Manifest manifest -> manifest.issued();
                        case ManifestSet set -> set.issued();
                    });
        } catch (UntrustedContentException e) {
            return Optional.empty();
        }
    }
}
