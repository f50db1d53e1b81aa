package dev.byway.agent.peering;

import dev.byway.agent.store.StoreException;
import dev.byway.agent.store.StoredContent;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestSet;
import dev.byway.core.content.Published;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.content.Visibility;
import java.util.Optional;

/** With whom a content of the store may be shared. Any thread. */
public final class SharedWith {
    private SharedWith() {}

    /** What somebody published is shared with those for whom it is meant, and with anybody what a user named by its tree. */
    public static Optional<Visibility> of(StoredContent content) {
        try {
            Optional<byte[]> manifest = content.manifest();
            if (manifest.isEmpty()) {
                return Optional.<Visibility>of(new Visibility.Public())
                        .filter(_ -> content.meta().open());
            }
            return manifest.map(Envelope::parse)
                    .map(Envelope::unverified)
                    .flatMap(published -> visibility(published, content.id()));
        } catch (UntrustedContentException | StoreException e) {
            return Optional.empty();
        }
    }

    private static Optional<Visibility> visibility(Published published, ContentId id) {
        return switch (published) {
            case Manifest manifest -> Optional.of(manifest.visibility());
            case ManifestSet set ->
                set.manifestFor(entry -> entry.id().equals(id)).map(Manifest::visibility);
        };
    }
}
