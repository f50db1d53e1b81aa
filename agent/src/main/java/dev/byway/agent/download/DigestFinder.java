package dev.byway.agent.download;

import dev.byway.core.content.Digest;
import dev.byway.core.content.DigestPlace;
import dev.byway.core.content.Evidence;
import dev.byway.core.content.SidecarUrls;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.origin.Headers;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginClient;
import dev.byway.origin.RedirectRule;
import dev.byway.origin.Representation;
import dev.byway.origin.SmallAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for the SHA-256 that an origin states for one of its files: in the head of its answer, in files beside it, in those that list
 * a folder. What is not there is remembered for a day for the whole folder, and one question about a folder is under way at a time:
 * a folder of a thousand files without digests costs as many requests as there are {@linkplain DigestPlace places}. Whether the
 * origin vouches for what is found, {@link dev.byway.core.content.Trust} judges. Blocks; any thread.
 */
final class DigestFinder {
    /** For all places together. */
    static final Duration TIME = Duration.ofSeconds(2);

    /** How long a folder that has no such file is not asked for it again. */
    static final Duration MISSING = Duration.ofDays(1);

    /** How long a list counts for other files of its folder. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private static final int MOST_FOLDERS = 2_000;
    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("byway-digest").start(task);

    private final Fetch fetch;
    private final Supplier<Moment> clock;

    /** The last list that came, which other files of its folder may be in. One, because it may be long. */
    private final AtomicReference<Optional<SumsFile>> list = new AtomicReference<>(Optional.empty());

    /** The last used last; guarded by itself. */
    private final Map<URI, Folder> folders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Folder> eldest) {
            return size() > MOST_FOLDERS;
        }
    };

    /** Fetches a small file of an origin, whole and within a time. */
    @FunctionalInterface
    interface Fetch {
        SmallAnswer fetch(URI url, Duration within);

        static Fetch of(OriginClient origins) {
            return (url, within) -> origins.fetchSmall(url, DigestPlace.MAX_BYTES, RedirectRule.SAME_ORIGIN, within);
        }
    }

    /** What is known of a folder; guarded by its lock. */
    private static final class Folder {
        private final ReentrantLock turn = new ReentrantLock();
        private final Map<DigestPlace, Moment> missing = new EnumMap<>(DigestPlace.class);
    }

    private record SumsFile(Folder folder, DigestPlace place, ByteString bytes, List<URI> hops, Moment came) {}

    DigestFinder(Fetch fetch, Supplier<Moment> clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /**
     * What the head of an answer about a file states.
     *
     * @param trouble is told, for people, what is stated and cannot be used
     */
    static Optional<Evidence.DigestStatement> inHead(Representation about, Consumer<String> trouble) {
        Headers headers = about.headers();
        return DigestPlace.fields().stream()
                .flatMap(place -> stated(() -> place.inField(headers.values(place.place())), trouble)
                        .map(sha256 -> new Evidence.DigestStatement(place, sha256, about.asked()))
                        .stream())
                .findFirst();
    }

    /**
     * What files beside this one state.
     *
     * @param trouble is told, for people, what is stated and cannot be used
     * @return empty when none does, or none within {@link #TIME}
     */
    Optional<Evidence.DigestStatement> beside(URI url, Consumer<String> trouble) {
        Optional<URI> where = SidecarUrls.folder(url).filter(u -> u.getScheme().equals("https"));
        Optional<String> name = SidecarUrls.fileName(url);
        if (where.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        Moment until = clock.get().plus(TIME);
        Folder folder = folder(where.get());
        try {
            if (!folder.turn.tryLock(TIME.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            Search search = new Search(folder, url, name.get(), until);
            Optional<Evidence.DigestStatement> found =
                    inList(folder, name.get(), trouble).or(search::run);
            search.troubles.forEach(trouble);
            return found;
        } finally {
            folder.turn.unlock();
        }
    }

    private Folder folder(URI where) {
        synchronized (folders) {
            return folders.computeIfAbsent(where, _ -> new Folder());
        }
    }

    private Optional<Evidence.DigestStatement> inList(Folder folder, String name, Consumer<String> trouble) {
        return list.get()
                .filter(last -> last.folder() == folder)
                .filter(last -> clock.get().since(last.came()).compareTo(FRESH) < 0)
                .flatMap(last -> stated(() -> last.place().inFile(last.bytes().toArray(), name), trouble)
                        .map(sha256 -> new Evidence.DigestStatement(last.place(), sha256, last.hops())));
    }

    /** Who states two digests for one file states none. */
    private static Optional<Digest> stated(Supplier<Optional<Digest>> reading, Consumer<String> trouble) {
        try {
            return reading.get();
        } catch (UntrustedContentException e) {
            trouble.accept(e.getMessage());
            return Optional.empty();
        }
    }

    /** One question about one file: its two kinds of places side by side, each kind one place after the other. */
    private final class Search {
        private final Folder folder;
        private final URI url;
        private final String name;
        private final Moment until;
        private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
        private volatile boolean found;

        Search(Folder folder, URI url, String name, Moment until) {
            this.folder = folder;
            this.url = url;
            this.name = name;
            this.until = until;
        }

        Optional<Evidence.DigestStatement> run() {
            CompletableFuture<Optional<Evidence.DigestStatement>> beside =
                    CompletableFuture.supplyAsync(() -> inTurn(DigestPlace.beside()), VIRTUAL);
            Optional<Evidence.DigestStatement> listed = inTurn(DigestPlace.inFolder());
            return beside.join().or(() -> listed);
        }

        private Optional<Evidence.DigestStatement> inTurn(List<DigestPlace> places) {
            for (DigestPlace place : places) {
                if (found || !clock.get().isBefore(until)) {
                    return Optional.empty();
                }
                Optional<Evidence.DigestStatement> stated = isMissing(place) ? Optional.empty() : at(place);
                if (stated.isPresent()) {
                    found = true;
                    return stated;
                }
            }
            return Optional.empty();
        }

        private boolean isMissing(DigestPlace place) {
            synchronized (folder.missing) {
                return Optional.ofNullable(folder.missing.get(place))
                        .filter(since -> clock.get().since(since).compareTo(MISSING) < 0)
                        .isPresent();
            }
        }

        private Optional<Evidence.DigestStatement> at(DigestPlace place) {
            Optional<URI> where = place.of(url);
            if (where.isEmpty()) {
                return Optional.empty();
            }
            return switch (fetch.fetch(where.get(), until.since(clock.get()))) {
                case SmallAnswer.Complete complete -> read(place, complete);
                case SmallAnswer.Missing(OriginAnswer.Refused refused) -> {
                    if (Stream.of(403, 404, 410).anyMatch(status -> status == refused.status())) {
                        remember(place);
                    }
                    yield Optional.empty();
                }
                case SmallAnswer.Missing(OriginAnswer.Failed failed) -> {
                    if (failed.kind() == OriginAnswer.Kind.REDIRECT_REFUSED) {
                        troubles.add(failed.message());
                    }
                    yield Optional.empty();
                }
                case SmallAnswer.Missing ignored -> Optional.empty();
            };
        }

        private Optional<Evidence.DigestStatement> read(DigestPlace place, SmallAnswer.Complete complete) {
            byte[] bytes = complete.bytes().toArray();
            if (!place.isPlausible(bytes)) {
                remember(place);
                return Optional.empty();
            }
            List<URI> hops = complete.about().asked();
            if (DigestPlace.inFolder().contains(place)) {
                list.set(Optional.of(new SumsFile(folder, place, complete.bytes(), hops, clock.get())));
            }
            return stated(() -> place.inFile(bytes, name), troubles::add)
                    .map(sha256 -> new Evidence.DigestStatement(place, sha256, hops));
        }

        private void remember(DigestPlace place) {
            synchronized (folder.missing) {
                folder.missing.put(place, clock.get());
            }
        }
    }
}
