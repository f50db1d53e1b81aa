package dev.byway.core.content;

import java.util.Optional;
import java.util.OptionalLong;

/** Whether a manifest still describes what its origin serves. */
public sealed interface Freshness {
    /** The origin states the same validators. */
    record Unchanged() implements Freshness {}

    /** The origin did not answer in time, or states nothing that can be compared. The manifest is used: it proves itself. */
    record NotKnown() implements Freshness {}

    /**
     * The file changed at the origin; the manifest must not be used.
     *
     * @param validator which one differs: {@code length}, {@code ETag} or {@code Last-Modified}
     * @param published its value when the file was published
     * @param now its value at the origin
     */
    record Changed(String validator, String published, String now) implements Freshness {
        /** For {@code why}. */
        public String message() {
            return "changed at the origin: its " + validator + " is " + now + ", published was " + published;
        }
    }

    /** Whether the manifest may be used. */
    default boolean isManifestUsable() {
        return switch (this) {
            case Unchanged _, NotKnown _ -> true;
            case Changed _ -> false;
        };
    }

    /**
     * Compares a manifest with what its origin says now.
     *
     * <p>The length decides if it differs. Else the entity tag, where both sides have one, compared weakly (proofs come from
     * the tree, so only "another version" matters); a server's dates then do not count, as in RFC 9110 section 13.1.3. Else
     * the date.
     *
     * @param origin what the origin answered; empty when it did not answer in time
     */
    static Freshness judge(Manifest manifest, Optional<Validators> origin) {
        Validators published = new Validators(
                manifest.validators().etag(),
                manifest.validators().lastModified(),
                OptionalLong.of(manifest.id().length()));
        return origin.map(now -> compare(published, now)).orElseGet(NotKnown::new);
    }

    /** As {@link #judge}, for two sets of validators. */
    static Freshness compare(Validators published, Validators now) {
        Freshness length = compare("length", boxed(published.length()), boxed(now.length()));
        if (length instanceof Changed) {
            return length;
        }
        Freshness tag = compare("ETag", published.opaqueTag(), now.opaqueTag());
        Freshness decisive =
                tag instanceof NotKnown ? compare("Last-Modified", published.lastModified(), now.lastModified()) : tag;
        return decisive instanceof NotKnown ? length : decisive;
    }

    private static Freshness compare(String validator, Optional<?> published, Optional<?> now) {
        if (published.isEmpty() || now.isEmpty()) {
            return new NotKnown();
        }
        return published.equals(now)
                ? new Unchanged()
                : new Changed(validator, published.get().toString(), now.get().toString());
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
