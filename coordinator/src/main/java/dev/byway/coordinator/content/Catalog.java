package dev.byway.coordinator.content;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.coordinator.store.Audit;
import dev.byway.coordinator.store.Database;
import dev.byway.coordinator.store.Rows;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Evidence;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.Published;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.Question;
import dev.byway.core.content.Subject;
import dev.byway.core.content.Trust;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.content.Verdict;
import dev.byway.core.content.WebOrigin;
import dev.byway.core.fleet.Publication;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.unit.ByteString;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What was published. An envelope is taken when a publisher of the fleet's list signed it; the signature is what counts, not
 * who brings it. Its files can be looked up once their piece layers, which prove themselves, are here. For each URL only the
 * statement that was issued last counts: an older one, played back, is refused. Any thread.
 */
public final class Catalog {
    private final Database database;
    private final PublisherList publishers;
    private final VisibilityCache visibilities;
    private final InstantSource clock;
    private volatile Optional<PublisherKey> learner = Optional.empty();

    public Catalog(Database database, PublisherList publishers, InstantSource clock) {
        this.database = database;
        this.publishers = publishers;
        this.visibilities = new VisibilityCache(database);
        this.clock = clock;
    }

    /**
     * Takes an envelope.
     *
     * @param bytes its JSON, at most {@link dev.byway.core.fleet.FleetLimits#ENVELOPE}
     * @param actor who brings it
     * @throws RefusedException when it is not signed by a publisher, untimely, older than what is here, or withdrawn
     */
    public Publication publish(ByteString bytes, String actor) {
        Published published = judged(bytes);
        List<PublishedFile> files = PublishedFile.in(published);
        if (files.stream().anyMatch(PublishedFile::tooManyPieces)) {
            throw refused("the pieces are too small: a file has at most 16384; publish it again with longer pieces");
        }
        String id = Digest.sha256(bytes.toArray()).toString();
        boolean learned = isLearned(bytes);
        List<PublisherKey> keys = publishers.keys();
        Instant issued = Statements.issued(published);
        Publication publication = database.transact(rows -> {
            refuseWithdrawn(rows, files);
            if (learned) {
                refuseWherePublished(rows, files, keys);
            }
            refuseReplay(rows, files, id, issued, learned);
            Statements.store(rows, id, bytes, published, files);
            Audit.add(rows, clock.instant(), actor, "publish", id);
            return publication(rows, files);
        });
        publication.contents().forEach(visibilities::forget);
        return publication;
    }

    private Published judged(ByteString bytes) {
        Envelope envelope = parse(bytes);
        Question question = new Question(
                new Subject.Unstated(),
                new TrustedKeys(List.of(), publishers.keys()),
                clock.instant(),
                Optional.empty());
        return switch (Trust.judge(new Evidence.GivenFile(envelope), question)) {
            case Verdict.AcceptedManifest accepted -> accepted.manifest();
            case Verdict.AcceptedSet accepted -> accepted.set();
            case Verdict.Refused no -> throw refused(no.message());
            case Verdict.AcceptedDigest _, Verdict.AcceptedLayer _ -> throw refused("not a manifest");
        };
    }

    private static Envelope parse(ByteString bytes) {
        try {
            return Envelope.parse(bytes.toArray());
        } catch (UntrustedContentException e) {
            throw new RefusedException(Refusal.Reason.MALFORMED, e.getMessage());
        }
    }

    private static void refuseWithdrawn(Rows rows, List<PublishedFile> files) {
        for (PublishedFile file : files) {
            if (isWithdrawn(rows, file.content())) {
                throw new RefusedException(
                        Refusal.Reason.WITHDRAWN, file.content() + " was withdrawn by the administrator");
            }
        }
    }

    private static boolean isWithdrawn(Rows rows, ContentId content) {
        return rows.one("SELECT 1 FROM withdrawn WHERE content = ?", row -> row, content)
                .isPresent();
    }

    /** From now on what is signed with this key counts only where no publisher says anything, whichever was issued first. */
    public void learner(PublisherKey key) {
        learner = Optional.of(key);
    }

    private boolean isLearned(ByteString envelope) {
        return learner.isPresent() && isSigned(envelope, List.of(learner.get()));
    }

    private static boolean isSigned(ByteString envelope, List<PublisherKey> keys) {
        return parse(envelope).signedByOneOf(keys).isPresent();
    }

    private void refuseWherePublished(Rows rows, List<PublishedFile> files, List<PublisherKey> keys) {
        boolean published = files.stream()
                .flatMap(file -> file.locations().stream())
                .flatMap(location -> envelopeAt(rows, location).stream())
                .anyMatch(envelope -> !isLearned(envelope) && isSigned(envelope, keys));
        if (published) {
            throw new RefusedException(Refusal.Reason.OUTDATED, "a publisher says what is there");
        }
    }

    private static Optional<ByteString> envelopeAt(Rows rows, String location) {
        return rows.one(
                "SELECT e.bytes FROM location l JOIN envelope e ON e.id = l.envelope WHERE l.url = ?",
                row -> row.bytes(1),
                location);
    }

    /**
     * What a publisher that counts says of a URL, whoever may know of it, and whether or not its layer is here or its content
     * withdrawn.
     */
    public Optional<ByteString> statementAt(String resourceKey) {
        List<PublisherKey> keys = publishers.keys();
        return database.read(rows -> envelopeAt(rows, resourceKey)).filter(envelope -> isSigned(envelope, keys));
    }

    private void refuseReplay(Rows rows, List<PublishedFile> files, String envelope, Instant issued, boolean learned) {
        for (PublishedFile file : files) {
            for (String location : file.locations()) {
                Optional<Instant> newest = rows.one(
                        "SELECT issued FROM location WHERE url = ? AND envelope <> ?",
                        row -> Instant.ofEpochMilli(row.number(1)),
                        location,
                        envelope);
                boolean yields = !learned
                        && envelopeAt(rows, location).filter(this::isLearned).isPresent();
                if (!yields && newest.isPresent() && !issued.isAfter(newest.get())) {
                    throw new RefusedException(
                            Refusal.Reason.OUTDATED,
                            "the manifest was issued at " + issued + ", but one of " + newest.get()
                                    + " is here for the same URL: sign it anew");
                }
            }
        }
    }

    private static Publication publication(Rows rows, List<PublishedFile> files) {
        List<ContentId> missing = files.stream()
                .filter(PublishedFile::needsLayer)
                .filter(file -> !Layers.has(rows, file.content(), file.layout()))
                .map(PublishedFile::content)
                .distinct()
                .toList();
        return new Publication(
                files.stream().map(PublishedFile::content).distinct().toList(), missing);
    }

    /**
     * Takes the piece layer of a published content.
     *
     * @throws RefusedException when no manifest here speaks of that content in such pieces, or the layer does not prove itself
     */
    public void putLayer(ContentId content, int pieceLength, ByteString layer) {
        PieceLayout layout = Layers.layout(content, pieceLength);
        database.transact(rows -> {
            if (rows.one(
                            "SELECT 1 FROM statement WHERE content = ? AND piece_length = ?",
                            row -> row,
                            content,
                            pieceLength)
                    .isEmpty()) {
                throw notFound();
            }
            prove(content, layout, layer);
            return Layers.store(rows, content, layout, layer);
        });
        visibilities.forget(content);
    }

    private static void prove(ContentId content, PieceLayout layout, ByteString layer) {
        try {
            PieceLayer.read(content, layout, ByteBuffer.wrap(layer.toArray()));
        } catch (UntrustedContentException e) {
            throw refused(e.getMessage());
        }
    }

    /**
     * The envelope that says which content is at {@code url}; empty when none does, its layer is not here yet, or {@code reader} may
     * not know of it.
     *
     * @throws RefusedException when it is no web URL
     */
    public Optional<ByteString> lookUp(URI url, Reader reader) {
        String key = WebOrigin.resourceKey(url)
                .orElseThrow(() -> new RefusedException(Refusal.Reason.MALFORMED, "not an http or https URL"));
        return database.read(rows -> Statements.at(rows, key).flatMap(statement -> visible(rows, statement, reader)));
    }

    /**
     * The newest envelope that speaks of {@code content} and that {@code reader} may know of.
     *
     * @throws RefusedException when there is none
     */
    public ByteString envelopeOf(ContentId content, Reader reader) {
        return database.read(rows -> Statements.about(rows, content).stream()
                .flatMap(statement -> visible(rows, statement, reader).stream())
                .findFirst()
                .orElseThrow(Catalog::notFound));
    }

    private static Optional<ByteString> visible(Rows rows, Statements.Entry statement, Reader reader) {
        boolean ready = reader.maySee(statement.visibility())
                && !isWithdrawn(rows, statement.content())
                && Layers.has(rows, statement.content(), statement.layout());
        return ready ? Statements.envelope(rows, statement.envelope()) : Optional.empty();
    }

    /**
     * The piece layer of {@code content} in pieces of that length.
     *
     * @throws RefusedException when it is not here or {@code reader} may not know of it
     */
    public ByteString layer(ContentId content, int pieceLength, Reader reader) {
        PieceLayout layout = Layers.layout(content, pieceLength);
        return database.read(rows -> Statements.about(rows, content).stream()
                .filter(statement -> reader.maySee(statement.visibility()) && !isWithdrawn(rows, content))
                .findFirst()
                .flatMap(statement -> Layers.load(rows, content, layout))
                .orElseThrow(Catalog::notFound));
    }

    /** Withdraws a content for good: it is neither looked up nor are peers named for it any more. */
    public void withdraw(ContentId content) {
        Instant now = clock.instant();
        database.transact(rows -> {
            rows.change("INSERT OR IGNORE INTO withdrawn VALUES (?, ?)", content, now.getEpochSecond());
            Audit.add(rows, now, "admin", "withdraw", content.toString());
            return content;
        });
        visibilities.forget(content);
    }

    /** Who may be told of {@code content}, as far as the catalog knows it. */
    public Standing standing(ContentId content) {
        return visibilities.standing(content);
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Refusal.Reason.NOT_ACCEPTED, message);
    }

    /** Nothing is there, or nothing that whoever asks may know of. */
    public static RefusedException notFound() {
        return new RefusedException(
                Refusal.Reason.NOT_FOUND, "nothing is published there, or not for this device's access groups");
    }
}
