package dev.byway.core.content;

import dev.byway.core.content.Verdict.AcceptedManifest;
import dev.byway.core.content.Verdict.AcceptedSet;
import dev.byway.core.content.Verdict.Refused;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The part of {@link Trust} that is the same for every envelope: who signed it, about what, and when. */
final class SignedStatement {
    private SignedStatement() {}

    /** Judges an envelope, given the keys that are believed in the place it came from. */
    static Verdict judge(Envelope envelope, List<PublisherKey> believed, Question question) {
        Optional<PublisherKey> signer = envelope.signedByOneOf(believed);
        if (signer.isEmpty()) {
            return unsigned(envelope, believed);
        }
        try {
            return about(envelope.unverified(), signer.get(), question);
        } catch (UntrustedContentException e) {
            return new Refused(Refusal.MALFORMED, e.getMessage());
        }
    }

    private static Refused unsigned(Envelope envelope, List<PublisherKey> believed) {
        return envelope.claimsOneOf(believed)
                ? new Refused(
                        Refusal.WRONG_SIGNATURE,
                        "the signature is not that of the key it names: the manifest was damaged or changed")
                : new Refused(
                        Refusal.UNKNOWN_KEY,
                        "no key that is believed here signed the manifest; it names "
                                + envelope.signatures().stream()
                                        .map(Envelope.Signature::keyId)
                                        .map(id -> id.substring(0, Math.min(id.length(), 64)))
                                        .filter(id -> id.matches("[0-9a-f]+"))
                                        .toList()
                                + ": if the publisher is right, add its key to trust.publishers or the fleet's list");
    }

    private static Verdict about(Published published, PublisherKey signer, Question question) {
        return switch (published) {
            case Manifest manifest -> aboutManifest(manifest, signer, question);
            case ManifestSet set -> aboutSet(set, signer, question);
        };
    }

    private static Verdict aboutManifest(Manifest manifest, PublisherKey signer, Question question) {
        Optional<Verdict> other = switch (question.subject()) {
            case Subject.Url(URI url) when !manifest.names(url) -> otherUrl(url);
            case Subject.Id(ContentId id) when !manifest.id().equals(id) -> otherContent();
            case Subject.WholeFile(Digest sha256) when !manifest.sha256().equals(sha256) -> otherContent();
            case Subject.Url _, Subject.Id _, Subject.WholeFile _, Subject.Unstated _ -> Optional.empty();
        };
        return other.or(() -> untimely(manifest.issued(), manifest.expires(), question))
                .orElseGet(() -> new AcceptedManifest(manifest, signer));
    }

    private static Verdict aboutSet(ManifestSet set, PublisherKey signer, Question question) {
        boolean whole = switch (question.subject()) {
            case Subject.Unstated _ -> true;
            case Subject.Url(URI url) -> set.names(url);
            case Subject.Id _, Subject.WholeFile _ -> false;
        };
        if (whole) {
            return untimely(set.issued(), set.expires(), question).orElseGet(() -> new AcceptedSet(set, signer));
        }
        Optional<Manifest> member = switch (question.subject()) {
            case Subject.Url(URI url) -> set.manifestFor(url);
            case Subject.Id(ContentId id) -> set.manifestFor(entry -> entry.id().equals(id));
            case Subject.WholeFile(Digest sha256) ->
                set.manifestFor(entry -> entry.sha256().equals(sha256));
            case Subject.Unstated _ -> Optional.empty();
        };
        return member.map(manifest -> aboutManifest(manifest, signer, question))
                .orElseGet(() -> question.subject() instanceof Subject.Url
                        ? new Refused(
                                Refusal.OTHER_URL,
                                "the signed set of " + set.entries().size() + " files has none with this URL")
                        : new Refused(Refusal.OTHER_CONTENT, "the signed set has no such file"));
    }

    private static Optional<Verdict> untimely(Instant issued, Optional<Instant> expires, Question question) {
        Instant now = question.now();
        if (issued.isAfter(now.plus(Trust.CLOCK_ALLOWANCE))) {
            return refused(
                    Refusal.ISSUED_IN_FUTURE,
                    "the manifest was issued at " + issued + ", this device's clock says " + now + ": check the clock");
        }
        if (expires.filter(end -> end.plus(Trust.CLOCK_ALLOWANCE).isBefore(now)).isPresent()) {
            return refused(
                    Refusal.EXPIRED,
                    "the manifest expired at " + expires.get() + ", this device's clock says " + now
                            + ": the publisher must publish again, or the clock is wrong");
        }
        return question.newestIssued()
                .filter(issued::isBefore)
                .flatMap(newest -> refused(
                        Refusal.REPLAYED,
                        "the manifest was issued at " + issued + ", but one of " + newest
                                + " was seen before: an old one is being served again"));
    }

    private static Optional<Verdict> otherUrl(URI url) {
        return refused(
                Refusal.OTHER_URL,
                "the manifest does not name " + UrlPrivacy.redact(url)
                        + ": publish the file with this URL, or ask for one that it names");
    }

    private static Optional<Verdict> otherContent() {
        return refused(Refusal.OTHER_CONTENT, "the manifest is about another file");
    }

    private static Optional<Verdict> refused(Refusal reason, String message) {
        return Optional.of(new Refused(reason, message));
    }
}
