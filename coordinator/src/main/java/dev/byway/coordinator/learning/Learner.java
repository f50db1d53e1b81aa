package dev.byway.coordinator.learning;

import dev.byway.coordinator.authority.SecretFile;
import dev.byway.coordinator.content.Catalog;
import dev.byway.coordinator.content.PublisherList;
import dev.byway.coordinator.content.Reader;
import dev.byway.coordinator.content.Standing;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.Freshness;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.core.content.WebOrigin;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.fleet.Publication;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.learning.Learning;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers look-ups; and where nobody published what is asked for, at an origin that the administrator listed, fetches it once and
 * publishes what it is, as a publisher with a key of its own ({@code learner.pem}).
 *
 * <p>What it says holds for {@link #VALID}; its origin is asked again now and then, and at once when a device says that the file is
 * another one by now. A file that changed is learned anew, and until then nothing is said of it. The administrator ends all of it by removing
 * the key from the list of publishers, and one file by withdrawing it.
 *
 * <p>Each file is a virtual thread, {@link #AT_ONCE} of them fetch; the {@link Learning rules} are guarded by a lock. Any thread.
 */
public final class Learner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Learner.class.getName());
    private static final String NAME = "coordinator (learned)";
    private static final String ACTOR = "coordinator";
    private static final String FILE = "learner.pem";
    private static final Duration VALID = Duration.ofDays(30);
    private static final int AT_ONCE = 2;
    private static final int LOOKS_AT_ONCE = 8;

    private final Catalog catalog;
    private final PublisherList publishers;
    private final InstantSource clock;
    private final Optional<School> school;
    private volatile boolean closed;

    /** What learning needs. */
    private static final class School {
        private final LearnConfig config;
        private final SigningKey key;
        private final Study study;
        private final Semaphore seats = new Semaphore(AT_ONCE);
        private final Semaphore looks = new Semaphore(LOOKS_AT_ONCE);
        private final ReentrantLock lock = new ReentrantLock();
        private final Learning rules;
        private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

        School(LearnConfig config, SigningKey key) {
            this.config = config;
            this.key = key;
            this.study = new Study(config.http());
            this.rules = new Learning(config.limits(), now());
        }
    }

    private Learner(Catalog catalog, PublisherList publishers, InstantSource clock, Optional<School> school) {
        this.catalog = catalog;
        this.publishers = publishers;
        this.clock = clock;
        this.school = school;
    }

    /**
     * Answers from the catalog.
     *
     * @param folder where the key is kept
     * @param config what is learned besides; empty for nothing
     * @throws CoordinatorException when the key cannot be used
     */
    public static Learner start(
            Catalog catalog, PublisherList publishers, Path folder, Optional<LearnConfig> config, InstantSource clock) {
        Optional<School> school =
                config.map(what -> new School(what, key(new SecretFile(folder.resolve(FILE)), publishers)));
        school.ifPresent(at -> catalog.learner(at.key.publicKey(NAME)));
        return new Learner(catalog, publishers, clock, school);
    }

    /** Added to the publishers before it is kept, and not again: the administrator may have removed it. */
    private static SigningKey key(SecretFile file, PublisherList publishers) {
        try {
            return file.read().map(SigningKey::parsePem).orElseGet(() -> {
                byte[] secret = new byte[SigningKey.SECRET_BYTES];
                new SecureRandom().nextBytes(secret);
                SigningKey key = SigningKey.ofSecret(secret);
                publishers.add(key.publicKey(NAME));
                file.write(key.toPem());
                return key;
            });
        } catch (KeyFormatException e) {
            throw new CoordinatorException(file.path() + " is damaged: " + e.getMessage() + "; restore the file", e);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    /**
     * The envelope that says which content is at {@code url}. Waits as long as is asked for while that is being found out.
     *
     * @param asker whose turns a file costs that has to be fetched
     * @throws RefusedException NOT_FOUND when nobody says, {@code reader} may not know of it, or it is not learned; LEARNING when it is
     *     being found out
     */
    public ByteString lookUp(URI url, LookupRequest asked, Reader reader, String asker) {
        Moment began = now();
        Optional<ByteString> known = catalog.lookUp(url, reader);
        return school.isPresent() && school.get().config.origins().admits(url)
                ? lookUp(school.get(), url, asked, known, reader, asker, began)
                : known.orElseThrow(() -> unknown(Optional.empty()));
    }

    private ByteString lookUp(
            School at,
            URI url,
            LookupRequest asked,
            Optional<ByteString> known,
            Reader reader,
            String asker,
            Moment began) {
        String key = WebOrigin.resourceKey(url).orElseThrow();
        Optional<ByteString> said = catalog.statementAt(key);
        Optional<Manifest> own = said.flatMap(bytes -> learned(at, bytes));
        boolean published = said.isPresent() && own.isEmpty();
        if (published || !maySay(at, own)) {
            return known.orElseThrow(() -> unknown(Optional.empty()));
        }
        boolean expired = own.flatMap(Manifest::expires)
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
        boolean doubted = expired
                || own.map(Manifest::id)
                        .filter(id -> asked.outdated().filter(id::equals).isPresent())
                        .isPresent();
        at.lock.lock();
        try {
            boolean looks = own.isPresent()
                    && !at.rules.isUnderWay(key)
                    && (expired || at.rules.looksAgain(key, doubted, now()));
            if (looks && !doubted) {
                own.ifPresent(manifest -> begin(() -> lookAgain(at, url, key, manifest)));
            }
            if (known.isPresent() && !at.rules.isUnderWay(key) && !(looks && doubted)) {
                return known.get();
            }
            if (known.isEmpty() && at.rules.isNewerThan(key, began)) {
                return lookUp(url, asked, reader, asker);
            }
            switch (at.rules.asked(key, asker, now())) {
                case Learning.Word.Begin _ -> {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    at.underWay.put(key, done);
                    begin(() -> learn(at, url, key, own.filter(_ -> known.isPresent()), done));
                }
                case Learning.Word.UnderWay _ -> {}
                case Learning.Word.No(String why) -> {
                    return known.orElseThrow(() -> unknown(Optional.of(why)));
                }
            }
        } finally {
            at.lock.unlock();
        }
        if (!await(at, key, asked.patience())) {
            throw new RefusedException(new Refusal(
                    Refusal.Reason.LEARNING,
                    "nobody published it; the coordinator is fetching it to know what it is",
                    Optional.of(Duration.ofSeconds(1))));
        }
        return catalog.lookUp(url, reader).orElseThrow(() -> unknown(Optional.empty()));
    }

    private static RefusedException unknown(Optional<String> why) {
        return new RefusedException(
                Refusal.Reason.NOT_FOUND,
                "nothing is published there, or not for this device's access groups"
                        + why.map(one -> "; and it is not learned: " + one).orElse(""));
    }

    /** Not when the administrator removed the key, or withdrew what was said. */
    private boolean maySay(School at, Optional<Manifest> own) {
        boolean withdrawn = own.map(Manifest::id)
                .map(catalog::standing)
                .filter(Standing.Withdrawn.class::isInstance)
                .isPresent();
        String id = at.key.publicKey(NAME).id();
        return !withdrawn
                && publishers.current().keys().stream().anyMatch(key -> key.id().equals(id));
    }

    /** What an envelope says, if it is this coordinator's own word. */
    private static Optional<Manifest> learned(School at, ByteString bytes) {
        try {
            Envelope envelope = Envelope.parse(bytes.toArray());
            boolean own =
                    envelope.signedByOneOf(List.of(at.key.publicKey(NAME))).isPresent();
            return own && envelope.unverified() instanceof Manifest manifest ? Optional.of(manifest) : Optional.empty();
        } catch (UntrustedContentException _) {
            return Optional.empty();
        }
    }

    private static void begin(Runnable task) {
        Thread.ofVirtual().name("byway-learn").start(task);
    }

    private static boolean await(School at, String key, Duration patience) {
        Optional<CompletableFuture<Void>> task = Optional.ofNullable(at.underWay.get(key));
        try {
            if (task.isPresent()) {
                task.get().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- a file ----

    /** Fetches a file and publishes what it is; one that was known before only if it is another one by now. */
    private void learn(School at, URI url, String key, Optional<Manifest> before, CompletableFuture<Void> done) {
        Optional<String> trouble = Optional.empty();
        boolean seated = false;
        try {
            at.seats.acquire();
            seated = true;
            refuseWhenClosed();
            if (before.isEmpty() || isAnother(at, url, before.get())) {
                Study.Studied file = at.study.fetch(url, length -> taken(at, length));
                refuseWhenClosed();
                publish(at, url, file);
            }
        } catch (NotLearnedException | RefusedException | CoordinatorException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            trouble = Optional.of("the coordinator is going away");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a file was not learned in a way that nobody thought of", e);
            trouble = Optional.of("the coordinator failed; its log says more");
        } finally {
            if (seated) {
                at.seats.release();
            }
            end(at, url, key, trouble);
            done.complete(null);
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new NotLearnedException("the coordinator is going away");
        }
    }

    private static Optional<String> taken(School at, long length) {
        at.lock.lock();
        try {
            return at.rules.take(length, now());
        } finally {
            at.lock.unlock();
        }
    }

    private static void end(School at, URI url, String key, Optional<String> trouble) {
        at.lock.lock();
        try {
            trouble.ifPresentOrElse(why -> at.rules.failed(key, why, now()), () -> at.rules.learned(key, now()));
            at.underWay.remove(key);
        } finally {
            at.lock.unlock();
        }
        trouble.ifPresent(why -> LOG.log(Level.INFO, UrlPrivacy.redact(url) + " is not learned: " + why));
    }

    private void lookAgain(School at, URI url, String key, Manifest known) {
        if (!at.looks.tryAcquire()) {
            return; // many are under way: it is looked at when it is asked for again, a while later
        }
        try {
            if (isAnother(at, url, known)) {
                at.lock.lock();
                try {
                    if (at.rules.asked(key, ACTOR, now()) instanceof Learning.Word.Begin) {
                        CompletableFuture<Void> done = new CompletableFuture<>();
                        at.underWay.put(key, done);
                        begin(() -> learn(at, url, key, Optional.empty(), done));
                    }
                } finally {
                    at.lock.unlock();
                }
            }
        } catch (NotLearnedException | RefusedException | CoordinatorException e) {
            LOG.log(Level.DEBUG, UrlPrivacy.redact(url) + " was not looked at again: " + e.getMessage());
        } finally {
            at.looks.release();
        }
    }

    /** Asks the origin; what is the same is said anew in time, so that it does not expire. */
    private boolean isAnother(School at, URI url, Manifest known) {
        return switch (at.study.look(url, known)) {
            case Freshness.Changed _ -> true;
            case Freshness.Unchanged _, Freshness.NotKnown _ -> {
                if (known.issued().plus(VALID.dividedBy(2)).isBefore(clock.instant())) {
                    sign(at, url, known.id(), known.sha256(), known.pieceLength(), known.validators());
                }
                yield false;
            }
        };
    }

    private void publish(School at, URI url, Study.Studied file) {
        ContentId id = file.content().id();
        int pieceLength = file.content().layer().layout().pieceLength();
        Digest sha256 = file.content().sha256().orElseThrow();
        Publication taken = sign(at, url, id, sha256, pieceLength, file.validators());
        if (taken.missingLayers().contains(id)) {
            catalog.putLayer(id, pieceLength, file.content().layer().toBytes());
        }
        LOG.log(Level.INFO, "learned " + UrlPrivacy.redact(url) + ": " + id.length() + " bytes, SHA-256 " + sha256);
    }

    private Publication sign(School at, URI url, ContentId id, Digest sha256, int pieceLength, Validators validators) {
        Instant issued = clock.instant();
        Manifest manifest = new Manifest(
                id,
                sha256,
                pieceLength,
                name(url),
                List.of(url),
                validators,
                new Visibility.Public(),
                issued,
                Optional.of(issued.plus(VALID)));
        return catalog.publish(ByteString.of(Envelope.sign(manifest, at.key).toBytes()), ACTOR);
    }

    private static SafeName name(URI url) {
        String path = Optional.ofNullable(url.getPath()).orElse("");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return new SafeName(SafeName.problemWith(last).isEmpty() ? last : "file");
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        closed = true;
        school.ifPresent(at -> at.study.close());
    }
}
