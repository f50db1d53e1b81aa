package dev.byway.core.content;

import java.time.Instant;
import java.util.Optional;

/** What {@link Trust} makes of a piece of evidence. */
public sealed interface Verdict {
    /** The statement is believed. */
    sealed interface Accepted extends Verdict {
        /** When it was issued: to be remembered for the subject, so that an older one is refused from now on. */
        default Optional<Instant> issued() {
            return Optional.empty();
        }
    }

    /**
     * A manifest about the subject.
     *
     * @param key the key that signed it
     */
    record AcceptedManifest(Manifest manifest, PublisherKey key) implements Accepted {
        @Override
        public Optional<Instant> issued() {
            return Optional.of(manifest.issued());
        }
    }

    /**
     * A whole set of manifests; the subject was its folder, or unstated.
     *
     * @param key the key that signed it
     */
    record AcceptedSet(ManifestSet set, PublisherKey key) implements Accepted {
        @Override
        public Optional<Instant> issued() {
            return Optional.of(set.issued());
        }
    }

    /** The SHA-256 of the whole file, which nothing proves before the last byte is there. */
    record AcceptedDigest(Digest sha256) implements Accepted {
        /** Whether a hashed file is the one that was meant. */
        public boolean proves(HashedContent content) {
            return content.sha256().filter(sha256::equals).isPresent();
        }
    }

    /** A piece layer that proved itself. */
    record AcceptedLayer(PieceLayer layer) implements Accepted {}

    /**
     * The statement is not believed and must not be used.
     *
     * @param reason for programs
     * @param message for people: what, where and what to do
     */
    record Refused(Refusal reason, String message) implements Verdict {}
}
