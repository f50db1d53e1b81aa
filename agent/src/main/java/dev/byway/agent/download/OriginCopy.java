package dev.byway.agent.download;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.store.Spool;
import dev.byway.agent.store.SpoolReader;
import dev.byway.agent.store.Spools;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Reason;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Validators;
import dev.byway.core.unit.Moment;
import dev.byway.origin.OriginSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A download as long as nobody can prove any part of it: a copy in the cache that grows from the origin. It ends when it is whole; or it
 * is halted because there may be a better way, and then goes on, or gives what is here to what takes its place. One thread runs and
 * closes it; any thread reads it, halts it and stops it.
 */
final class OriginCopy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Spool spool;
    private final PlainShow show;
    private final PlainDownload download;

    private OriginCopy(Spool spool, PlainShow show, PlainDownload download) {
        this.spool = spool;
        this.show = show;
        this.download = download;
    }

    /**
     * What it shows itself on.
     *
     * @param reasons what is to be told by now; may grow
     * @param inVain what came before, and is of no use
     */
    record View(Board board, Moment began, Supplier<List<Reason>> reasons, Accounts inVain) {}

    /**
     * Opens the copy, with what an earlier download left of it.
     *
     * @param sharing what is known of its digest
     * @return empty while readers of an earlier download of this URL do not leave
     */
    static Optional<OriginCopy> open(
            Downloads.Context context, JobRequest request, View view, Pace pace, Optional<ByDigest> sharing) {
        return openSpool(context.store().spools(), key(request)).map(spool -> {
            PlainShow show = new PlainShow(
                    view.board(),
                    request,
                    Optional.empty(),
                    view.reasons(),
                    view.began(),
                    spool.length(),
                    view.inVain());
            PlainDownload.Listener listener = sharing.<PlainDownload.Listener>map(
                            one -> one.around(show, spool::reader))
                    .orElse(show);
            Supplier<OriginSession> sessions = () -> context.origins().session(OriginSession.DEFAULT_PARALLEL);
            return new OriginCopy(
                    spool, show, new PlainDownload(request, sessions, new SpoolCopy(spool), pace, listener));
        });
    }

    private static Digest key(JobRequest request) {
        return Digest.sha256(UrlDownload.Key.of(request).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Spool> openSpool(Spools spools, Digest key) {
        Moment until = Loop.now().plus(PATIENCE);
        Optional<Spool> opened = spools.open(key);
        while (opened.isEmpty() && Loop.now().isBefore(until) && pause()) {
            opened = spools.open(key);
        }
        return opened;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Fetches to the end, which is shown; false when it was halted before. Blocks. */
    boolean run() {
        return download.run();
    }

    /** As {@link PlainDownload#halt}. */
    void halt() {
        download.halt();
    }

    /** Stops it for good. */
    void stop() {
        download.stop();
    }

    /** A new reader, from the first byte. */
    SpoolReader reader() {
        return spool.reader();
    }

    /** Bytes that are here, from the first one on. */
    long length() {
        return spool.length();
    }

    /** Bytes of them that came in this download. */
    long came() {
        return show.came();
    }

    /** Of which version it is, as far as that is known. */
    Validators version() {
        return download.version();
    }

    /** What is here is of no use any more. */
    void discard() {
        spool.startOver(Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** What is here stays for the next download of this URL, if it can be continued. */
    @Override
    public void close() {
        spool.close();
    }
}
