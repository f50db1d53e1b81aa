package dev.byway.agent.download;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.Jobs;
import dev.byway.agent.peering.Peering;
import dev.byway.agent.store.ContentStore;
import dev.byway.core.account.Reason;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.UrlRule;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.swarm.Tuning;
import dev.byway.origin.OriginClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** All downloads of this agent, and the jobs that wait for them. Any thread. */
public final class Downloads implements Jobs, AutoCloseable {
    private static final int RECENT = 100;

    private final Context context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition jobClosed = lock.newCondition();
    private final SecureRandom random = new SecureRandom();
    private final Map<String, OpenJob> jobs = new LinkedHashMap<>();
    private final Map<Object, UrlDownload> byUrl = new HashMap<>();
    private final Map<ContentId, SwarmRun> byContent = new HashMap<>();
    private final Deque<JobStatus> closed = new ArrayDeque<>();

    /** What downloads work with. */
    record Context(
            DeviceId self,
            ContentStore store,
            OriginClient origins,
            Peering peering,
            Resolver resolver,
            Gates gates,
            Tuning tuning,
            Totals totals,
            Runnable changed) {}

    private Downloads(Context context) {
        this.context = context;
    }

    /**
     * Downloads for one agent.
     *
     * @param keys whose signatures are believed
     * @param rules which parameters of URLs name a file
     * @param gates says why peers may not be used for a download, or that they may
     * @param tuning the numbers of the rules
     * @param changed called when what is held or wanted changed
     */
    public static Downloads of(
            DeviceId self,
            ContentStore store,
            OriginClient origins,
            Peering peering,
            Publications publications,
            Supplier<TrustedKeys> keys,
            List<UrlRule> rules,
            Gates gates,
            Tuning tuning,
            Totals totals,
            Runnable changed) {
        Resolver resolver =
                new Resolver(origins, publications, keys, rules, InstantSource.system(), new CachedManifests(store));
        return new Downloads(new Context(self, store, origins, peering, resolver, gates, tuning, totals, changed));
    }

    @Override
    public Job start(JobRequest request) {
        String scheme =
                Optional.ofNullable(request.url().getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || request.url().getHost() == null) {
            throw new JobRefusedException("only http and https URLs with a host can be fetched; give one, for example "
                    + "https://example.com/file.iso");
        }
        if (request.manifest().isPresent() && !request.headers().isEmpty()) {
            throw new JobRefusedException(
                    "a request with header fields is private, and a manifest is for what is public:"
                            + " leave one of them out, or give the file's --sha256 instead of the manifest");
        }
        lock.lock();
        try {
            if (jobs.size() >= MAX_JOBS) {
                throw new JobRefusedException("there are " + MAX_JOBS + " open jobs already: wait until some are done");
            }
            UrlDownload download =
                    byUrl.computeIfAbsent(UrlDownload.Key.of(request), key -> new UrlDownload(context, this, request));
            OpenJob job = new OpenJob(newId(), download, this);
            jobs.put(job.id(), job);
            download.use();
            return job;
        } finally {
            lock.unlock();
        }
    }

    private String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Optional<Job> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(jobs.get(id));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<JobStatus> recent() {
        lock.lock();
        try {
            List<JobStatus> all = new ArrayList<>();
            jobs.values().forEach(job -> all.add(job.status()));
            Collections.reverse(all);
            all.addAll(closed);
            return all;
        } finally {
            lock.unlock();
        }
    }

    void close(OpenJob job) {
        lock.lock();
        try {
            if (jobs.remove(job.id()) == null) {
                return;
            }
            jobClosed.signalAll();
            closed.addFirst(job.status());
            if (closed.size() > RECENT) {
                closed.removeLast();
            }
            if (job.download().unuse()) {
                byUrl.values().remove(job.download());
            }
        } finally {
            lock.unlock();
        }
        job.download().endIfUnused();
    }

    /** Waits until no job is open that is done, because somebody still reads what it brought; at most so long. */
    public void awaitReaders(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (left > 0
                    && jobs.values().stream().anyMatch(job -> job.status().state() == JobStatus.State.DONE)) {
                left = jobClosed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Contents that are being fetched. */
    public Set<ContentId> wanted() {
        lock.lock();
        try {
            return Set.copyOf(byContent.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Adds to the story of a content that is being fetched, if it is. */
    public void explain(ContentId id, Reason reason) {
        lock.lock();
        try {
            Optional.ofNullable(byContent.get(id))
                    .flatMap(SwarmRun::download)
                    .ifPresent(download -> download.explain(reason));
        } finally {
            lock.unlock();
        }
    }

    /** The run of a content, with one user more; a new one is made if there is none that can be joined. */
    SwarmRun joinRun(ContentId id, PieceLayout layout) {
        lock.lock();
        try {
            SwarmRun run = Optional.ofNullable(byContent.get(id))
                    .filter(running -> !running.hasFailed())
                    .orElseGet(() ->
                            new SwarmRun(context.store().acquire(id, layout), context.peering(), context.totals()));
            byContent.put(id, run);
            run.join();
            return run;
        } finally {
            lock.unlock();
        }
    }

    void leaveRun(SwarmRun run, SwarmDownload.Listener listener) {
        lock.lock();
        try {
            if (!run.leave(listener)) {
                return;
            }
            byContent.remove(run.stored().id(), run);
        } finally {
            lock.unlock();
        }
        run.end();
        context.changed().run();
    }

    /** The jobs of a download read its copy no more; each lets go of it when what it is reading is read. */
    void letGoOfCopy(UrlDownload download) {
        lock.lock();
        try {
            jobs.values().stream()
                    .filter(job -> job.download() == download)
                    .forEach(job -> Thread.ofVirtual().name("byway-let-go").start(job::letGo));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<OpenJob> open;
        lock.lock();
        try {
            open = List.copyOf(jobs.values());
        } finally {
            lock.unlock();
        }
        open.forEach(OpenJob::close);
    }
}
