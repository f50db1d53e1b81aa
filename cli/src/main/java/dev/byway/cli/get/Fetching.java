package dev.byway.cli.get;

import dev.byway.agent.api.ApiException;
import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.Progress;
import dev.byway.cli.terminal.ProgressView;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fetches files one after the other through one agent. When that agent leaves, it finds another one, or becomes one, and goes
 * on. One thread, except {@link #stop()}.
 */
final class Fetching implements AutoCloseable {
    /** Agents that may leave us in a row without a byte in between. */
    private static final int MOST_LOSSES = 5;

    /** How long an agent may take to hear that we stop. */
    private static final Duration STOP = Duration.ofSeconds(2);

    private final AgentDoor door;
    private final Console console;
    private final ProgressView view;
    private volatile Optional<OpenAgent> agent = Optional.empty();
    private volatile Optional<Job> job = Optional.empty();
    private volatile Optional<PartFile> part = Optional.empty();
    private volatile Optional<JobStatus> last = Optional.empty();
    private volatile Optional<DirectDownloads> direct = Optional.empty();
    private volatile Optional<Reason> withoutCache = Optional.empty();
    private volatile boolean stopped;

    Fetching(AgentDoor door, Console console, ProgressView view) {
        this.door = door;
        this.console = console;
        this.view = view;
    }

    /**
     * Fetches one file.
     *
     * @return how it went; a failure of the download is a report, too
     * @throws CommandException when the destination or the agent cannot be used
     */
    Report fetch(Wanted wanted) throws InterruptedException {
        wanted.destination().check();
        long began = System.nanoTime();
        last = Optional.empty();
        try (PartFile open = PartFile.open(wanted.destination())) {
            part = Optional.of(open);
            Fetched fetched = fetch(wanted, new Delivery(wanted.destination(), open), open);
            double seconds = (System.nanoTime() - began) / 1e9;
            Optional<String> file = Optional.of(wanted.destination().file().toString());
            return Report.of(fetched.end(), fetched.accounts(), seconds, file);
        } finally {
            part = Optional.empty();
            view.end();
        }
    }

    /** How it ended, and what came from first to last. */
    private record Fetched(JobStatus end, Accounts accounts) {}

    private Fetched fetch(Wanted wanted, Delivery delivery, PartFile open) throws InterruptedException {
        Accounts before = Accounts.EMPTY;
        int losses = 0;
        while (withoutCache.isEmpty()) {
            try {
                JobStatus end = run(wanted, delivery, before);
                withoutCache = CacheTrouble.of(end);
                if (withoutCache.isEmpty()) {
                    return new Fetched(end, sum(before, end.accounts()));
                }
                before = sum(before, end.accounts());
            } catch (ApiException e) {
                Interruption.passUnlessEnding();
                Accounts now = sum(before, last.map(JobStatus::accounts).orElse(Accounts.EMPTY));
                losses = now.bytes() > before.bytes() ? 0 : losses + 1;
                if (!AgentDoor.isGone(e) || losses > MOST_LOSSES) {
                    throw CommandException.notReachable(String.valueOf(e.getMessage()));
                }
                before = now;
                last = Optional.empty();
                loseAgent();
            } catch (StoreException | IdentityException | CommandException e) {
                withoutCache = Optional.of(CacheTrouble.of(e).orElseThrow(() -> e));
            }
        }
        close();
        return runDirect(wanted, new PartTarget(open, delivery.prefix()), before, withoutCache.get());
    }

    /** Without a cache, from the origin. What came before and is not built upon came in vain. */
    private Fetched runDirect(Wanted wanted, PartTarget target, Accounts before, Reason because) {
        try (DirectDownloads downloads = door.withoutCache()) {
            direct = Optional.of(downloads);
            JobStatus end = downloads.fetch(wanted.request(), target, because, status -> {
                last = Optional.of(status);
                target.expect(status.length());
                if (!stopped) {
                    view.show(List.of(progress(wanted, status, Accounts.EMPTY)));
                }
            });
            Accounts earlier = end.held() > 0 ? before : inVain(before);
            if (end.state() == JobStatus.State.DONE) {
                target.finish();
            }
            return new Fetched(end, sum(earlier, end.accounts()));
        } catch (UncheckedIOException e) {
            throw PartFile.trouble(
                    wanted.destination(), Optional.ofNullable(e.getCause()).orElseGet(() -> new IOException(e)));
        } catch (IOException e) {
            throw PartFile.trouble(wanted.destination(), e);
        } finally {
            direct = Optional.empty();
        }
    }

    private static Accounts inVain(Accounts accounts) {
        Ledger ledger = new Ledger();
        accounts.contributions().forEach(one -> ledger.wasted(one.from(), one.verified() + one.wasted()));
        return ledger.accounts();
    }

    private JobStatus run(Wanted wanted, Delivery delivery, Accounts earlier) throws InterruptedException {
        if (agent.isEmpty()) {
            agent = Optional.of(door.runningOrOwn());
        }
        try (Job started = agent.orElseThrow().agent().jobs().start(wanted.request())) {
            job = Optional.of(started);
            return delivery.run(started, status -> {
                last = Optional.of(status);
                if (!stopped) {
                    view.show(List.of(progress(wanted, status, earlier)));
                }
            });
        } finally {
            job = Optional.empty();
        }
    }

    private static Progress progress(Wanted wanted, JobStatus status, Accounts earlier) {
        Accounts accounts = sum(earlier, status.accounts());
        long ready = Math.max(status.readyBytes(), accounts.bytes());
        long here = status.state() == JobStatus.State.RESOLVING ? 0 : Math.max(0, ready - accounts.bytes());
        return Progress.ofDownload(
                wanted.label(),
                ready,
                status.length(),
                status.bytesPerSecond(),
                here,
                accounts.sources(),
                status.neighbours());
    }

    private static Accounts sum(Accounts earlier, Accounts later) {
        if (earlier.bytes() == 0 && earlier.wastedBytes() == 0) {
            return later;
        }
        Ledger ledger = new Ledger(earlier);
        for (Contribution one : later.contributions()) {
            ledger.verified(one.from(), one.verified());
            ledger.wasted(one.from(), one.wasted());
        }
        return ledger.accounts();
    }

    private void loseAgent() {
        view.end();
        console.err().println("The agent that carried this download has left; going on without it.");
        agent.ifPresent(OpenAgent::close);
        agent = Optional.empty();
    }

    /**
     * Ends at once, from the thread that runs when the process is told to stop: what was fetched stays with the agent.
     *
     * @return what to tell
     */
    String stop() {
        stopped = true;
        view.end();
        String at = last.flatMap(status ->
                        status.length().isPresent() && status.length().getAsLong() > 0
                                ? Optional.of(" at "
                                        + 100
                                                * Math.max(
                                                        status.readyBytes(),
                                                        status.accounts().bytes())
                                                / status.length().getAsLong()
                                        + " %")
                                : Optional.empty())
                .orElse("");
        part.ifPresent(PartFile::discard);
        endJob();
        agent.ifPresent(OpenAgent::close);
        direct.ifPresent(DirectDownloads::close);
        return "stopped" + at
                + (direct.isPresent()
                        ? ". Nothing is kept, because the cache cannot be written: the same command begins anew."
                        : ". What was fetched is kept where the origin lets one go on: the same command goes on from there.");
    }

    /** So that an agent that goes on does not go on with this; one that does not answer is not waited for. */
    private void endJob() {
        Thread ending = Thread.ofVirtual().start(() -> {
            try {
                job.ifPresent(Job::close);
            } catch (ApiException e) {
                return;
            }
        });
        try {
            ending.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go of the agent; one of our own stops. */
    @Override
    public void close() {
        agent.ifPresent(OpenAgent::leave);
        agent = Optional.empty();
    }
}
