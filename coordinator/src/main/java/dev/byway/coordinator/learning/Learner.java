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
 * Answers look-ups at origins that the administrator listed: where nobody published what is asked for, it fetches that once and
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
    private final LearnConfig config;
    private final SigningKey key;
    private final Study study;
    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final Semaphore looks = new Semaphore(LOOKS_AT_ONCE);
    private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final Learning rules;

    private volatile boolean closed;

    /**
     * Learns for a fleet.
     *
     * @param folder where the key is kept
     * @throws CoordinatorException when the key cannot be used
     */
    public Learner(Catalog catalog, PublisherList publishers, Path folder, LearnConfig config, InstantSource clock) {
        this.catalog = catalog;
        this.publishers = publishers;
        this.clock = clock;
        this.config = config;
        this.key = key(new SecretFile(folder.resolve(FILE)), publishers);
        this.study = new Study(config.http());
        this.rules = new Learning(config.limits(), now());
        catalog.learner(key.publicKey(NAME));
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

    /** Whether it learns what is at {@code url}. */
    public boolean admits(URI url) {
        return config.origins().admits(url);
    }

    /**
     * The envelope that says which content is at a URL that it learns. Waits as long as is asked for while that is being found out.
     *
     * @param asker whose turns a file costs that has to be fetched
     * @return empty when nobody says, {@code reader} may not know of it, or it is not learned
     * @throws RefusedException LEARNING when it is being found out
     */
    public Optional<ByteString> lookUp(URI url, LookupRequest asked, Reader reader, String asker) {
        String name = WebOrigin.resourceKey(url).orElseThrow();
        while (true) {
            Moment read = now();
            Optional<ByteString> known = catalog.lookUp(url, reader);
            Optional<ByteString> said = catalog.statementAt(name);
            Optional<Manifest> own = said.flatMap(this::learned);
            boolean published = said.isPresent() && own.isEmpty();
            if (published || !maySay(own)) {
                return known;
            }
            Optional<Manifest> standing = own.filter(_ -> known.isPresent());
            switch (next(url, name, standing, asked, asker, read)) {
                case Learning.Word.AsSaid _, Learning.Word.LookAgain _, Learning.Word.No _ -> {
                    return known;
                }
                case Learning.Word.ReadAgain _ -> {}
                case Learning.Word.Begin _, Learning.Word.UnderWay _ -> {
                    await(name, asked.patience());
                    return catalog.lookUp(url, reader);
                }
            }
        }
    }

    /** What the rules say, begun. */
    private Learning.Word next(
            URI url, String name, Optional<Manifest> standing, LookupRequest asked, String asker, Moment read) {
        lock.lock();
        try {
            Learning.Word word = rules.lookedUp(name, said(standing, asked), read, asker, now());
            switch (word) {
                case Learning.Word.Begin _ -> begin(url, name, standing);
                case Learning.Word.LookAgain _ ->
                    standing.ifPresent(manifest -> start(() -> lookAgain(url, name, manifest)));
                case Learning.Word.No(String why) ->
                    LOG.log(Level.DEBUG, UrlPrivacy.redact(url) + " is not learned now: " + why);
                case Learning.Word.AsSaid _, Learning.Word.ReadAgain _, Learning.Word.UnderWay _ -> {}
            }
            return word;
        } finally {
            lock.unlock();
        }
    }

    private Learning.Said said(Optional<Manifest> standing, LookupRequest asked) {
        if (standing.isEmpty()) {
            return Learning.Said.NOTHING;
        }
        boolean expired = standing.flatMap(Manifest::expires)
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
        boolean outdated = asked.outdated().equals(standing.map(Manifest::id));
        return expired || outdated ? Learning.Said.DOUBTED : Learning.Said.LEARNED;
    }

    /** Guarded by the lock. */
    private void begin(URI url, String name, Optional<Manifest> before) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        underWay.put(name, done);
        start(() -> learn(url, name, before, done));
    }

    /** Not when the administrator removed the key, or withdrew what was said. */
    private boolean maySay(Optional<Manifest> own) {
        boolean withdrawn = own.map(Manifest::id)
                .map(catalog::standing)
                .filter(Standing.Withdrawn.class::isInstance)
                .isPresent();
        String id = key.publicKey(NAME).id();
        return !withdrawn
                && publishers.current().keys().stream().anyMatch(one -> one.id().equals(id));
    }

    /** What an envelope says, if it is this coordinator's own word. */
    private Optional<Manifest> learned(ByteString bytes) {
        try {
            Envelope envelope = Envelope.parse(bytes.toArray());
            boolean own = envelope.signedByOneOf(List.of(key.publicKey(NAME))).isPresent();
            return own && envelope.unverified() instanceof Manifest manifest ? Optional.of(manifest) : Optional.empty();
        } catch (UntrustedContentException _) {
            return Optional.empty();
        }
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("byway-learn").start(task);
    }

    private void await(String name, Duration patience) {
        try {
            Optional<CompletableFuture<Void>> task = Optional.ofNullable(underWay.get(name));
            if (task.isPresent()) {
                task.get().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException _) {
            throw stillLearning();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw stillLearning();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RefusedException stillLearning() {
        return new RefusedException(new Refusal(
                Refusal.Reason.LEARNING,
                "nobody published it; the coordinator is fetching it to know what it is",
                Optional.of(Duration.ofSeconds(1))));
    }

    // ---- a file ----

    /** Fetches a file and publishes what it is; one that was known before only if it is another one by now. */
    private void learn(URI url, String name, Optional<Manifest> before, CompletableFuture<Void> done) {
        Optional<String> trouble = Optional.empty();
        boolean seated = false;
        try {
            seats.acquire();
            seated = true;
            refuseWhenClosed();
            if (before.isEmpty() || isAnother(url, before.get())) {
                Study.Studied file = study.fetch(url, length -> taken(length));
                refuseWhenClosed();
                publish(url, file);
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
                seats.release();
            }
            end(url, name, trouble);
            done.complete(null);
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new NotLearnedException("the coordinator is going away");
        }
    }

    private Optional<String> taken(long length) {
        lock.lock();
        try {
            return rules.take(length, now());
        } finally {
            lock.unlock();
        }
    }

    private void end(URI url, String name, Optional<String> trouble) {
        lock.lock();
        try {
            trouble.ifPresentOrElse(why -> rules.failed(name, why, now()), () -> rules.learned(name, now()));
            underWay.remove(name);
        } finally {
            lock.unlock();
        }
        trouble.ifPresent(why -> LOG.log(Level.INFO, UrlPrivacy.redact(url) + " is not learned: " + why));
    }

    private void lookAgain(URI url, String name, Manifest known) {
        if (!looks.tryAcquire()) {
            return; // many are under way: it is looked at when it is asked for again, a while later
        }
        try {
            if (isAnother(url, known)) {
                lock.lock();
                try {
                    if (rules.asked(name, ACTOR, now()) instanceof Learning.Word.Begin) {
                        begin(url, name, Optional.empty());
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (NotLearnedException | RefusedException | CoordinatorException e) {
            LOG.log(Level.DEBUG, UrlPrivacy.redact(url) + " was not looked at again: " + e.getMessage());
        } finally {
            looks.release();
        }
    }

    /** Asks the origin; what is the same is said anew in time, so that it does not expire. */
    private boolean isAnother(URI url, Manifest known) {
        return switch (study.look(url, known)) {
            case Freshness.Changed _ -> true;
            case Freshness.Unchanged _, Freshness.NotKnown _ -> {
                if (known.issued().plus(VALID.dividedBy(2)).isBefore(clock.instant())) {
                    sign(url, known.id(), known.sha256(), known.pieceLength(), known.validators());
                }
                yield false;
            }
        };
    }

    private void publish(URI url, Study.Studied file) {
        ContentId id = file.content().id();
        int pieceLength = file.content().layer().layout().pieceLength();
        Digest sha256 = file.content().sha256().orElseThrow();
        Publication taken = sign(url, id, sha256, pieceLength, file.validators());
        if (taken.missingLayers().contains(id)) {
            catalog.putLayer(id, pieceLength, file.content().layer().toBytes());
        }
        LOG.log(Level.INFO, "learned " + UrlPrivacy.redact(url) + ": " + id.length() + " bytes, SHA-256 " + sha256);
    }

    private Publication sign(URI url, ContentId id, Digest sha256, int pieceLength, Validators validators) {
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
        return catalog.publish(ByteString.of(Envelope.sign(manifest, key).toBytes()), ACTOR);
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
        study.close();
    }
}
