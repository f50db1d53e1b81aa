package dev.byway.coordinator.learning;

import dev.byway.core.content.Freshness;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.PrivateReason;
import dev.byway.core.content.SharingRequest;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Validators;
import dev.byway.core.unit.ByteRange;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginClient;
import dev.byway.origin.OriginFailureException;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSession;
import dev.byway.origin.OriginSettings;
import dev.byway.origin.Representation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Asks origins, anonymously, and hashes what they give; nothing of it is kept. Where requests may go is the egress check's to say, for
 * every redirect anew. Blocks, for as long as bytes come at {@link #LEAST_RATE}; any thread.
 */
final class Study implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final Duration START = Duration.ofSeconds(30);

    /** Bytes in a second: an origin that gives less on the whole is not waited for. */
    private static final long LEAST_RATE = 128 * 1024;

    private final OriginClient client;
    private final Set<OriginSession> sessions = ConcurrentHashMap.newKeySet();

    Study(OriginSettings http) {
        this.client = new OriginClient(http);
    }

    /** What a file is, and by what its origin tells it from another. */
    record Studied(HashedContent content, Validators validators) {}

    /**
     * Fetches a file to its end.
     *
     * @param refusal says why a file of that length is not to be fetched
     * @throws NotLearnedException when it may not be shared, cannot be told from another version, or does not come
     */
    Studied fetch(URI url, LongFunction<Optional<String>> refusal) {
        return with(OriginRequest.of(url), body -> {
            Representation about = body.about();
            refuseWhatIsPrivate(about);
            OptionalLong length = about.validators().length();
            if (about.offset() != 0 || length.isEmpty() || length.getAsLong() == 0) {
                throw new NotLearnedException("its origin does not say how long it is, or it is empty");
            }
            if (about.validators().etag().isEmpty()
                    && about.validators().lastModified().isEmpty()) {
                throw new NotLearnedException(
                        "its origin states no ETag and no Last-Modified, so nobody could tell when it changes");
            }
            refusal.apply(length.getAsLong()).ifPresent(why -> {
                throw new NotLearnedException(why);
            });
            HashedContent content = hash(body);
            if (content.id().length() != length.getAsLong()) {
                throw new NotLearnedException("it has another length than its origin says");
            }
            return new Studied(content, about.validators());
        });
    }

    private static void refuseWhatIsPrivate(Representation about) {
        List<PrivateReason> reasons = new SharingRequest(
                        about.asked(), Set.of(), about.headers().values("Cache-Control"), false)
                .privateReasons();
        if (!reasons.isEmpty()) {
            throw new NotLearnedException("it is private: "
                    + reasons.stream().map(PrivateReason::code).collect(Collectors.joining(", ")));
        }
    }

    private static HashedContent hash(OriginAnswer.Body body) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        byte[] buffer = new byte[BUFFER];
        long began = System.nanoTime();
        for (int n = 0; n >= 0; n = body.bytes().read(buffer, 0, BUFFER)) {
            hasher.update(buffer, 0, n);
            long beyondStart = System.nanoTime() - began - START.toNanos();
            if (beyondStart > 0 && hasher.length() < beyondStart / 1_000_000_000.0 * LEAST_RATE) {
                throw new NotLearnedException("its origin gives less than " + LEAST_RATE / 1024 + " KiB/s");
            }
        }
        return hasher.finish();
    }

    /** Whether the file that a manifest speaks of is still the one at the URL. */
    Freshness look(URI url, Manifest known) {
        return with(
                OriginRequest.of(url).part(new ByteRange(0, 1)),
                body -> Freshness.judge(known, Optional.of(body.about().validators())));
    }

    /** What is done with a body. */
    private interface Reading<T> {
        T read(OriginAnswer.Body body);
    }

    private <T> T with(OriginRequest request, Reading<T> reading) {
        try (OriginSession session = client.session(1)) {
            sessions.add(session);
            try {
                return switch (session.open(request)) {
                    case OriginAnswer.Body body -> {
                        try (body) {
                            yield reading.read(body);
                        }
                    }
                    case OriginAnswer.NoBody no -> throw new NotLearnedException(no.message());
                };
            } catch (OriginFailureException e) {
                throw new NotLearnedException(e.failure().message());
            } finally {
                sessions.remove(session);
            }
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        sessions.forEach(OriginSession::close);
        client.close();
    }
}
