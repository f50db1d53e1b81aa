package dev.byway.cli.get;

import dev.byway.agent.api.ApiException;
import dev.byway.agent.download.DirectDownloads;
import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.store.StoreException;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Interruption;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.Progress;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Fetches one file through the agent of a command. When that agent leaves, it goes on with the next one. {@link #run()} has
 * one thread; all else is for any.
 */
final class Fetching {
    /** Agents that may leave us in a row without a byte in between. */
    private static final int MOST_LOSSES = 5;

    private final Wanted wanted;
    private final Carrier carrier;
    private volatile Optional<Job> job = Optional.empty();
    private volatile Optional<PartFile> part = Optional.empty();
    private volatile Optional<JobStatus> last = Optional.empty();
    private volatile Optional<DirectDownloads> direct = Optional.empty();
    private volatile Accounts before = Accounts.EMPTY;

    Fetching(Wanted wanted, Carrier carrier) {
        this.wanted = wanted;
        this.carrier = carrier;
    }

    Wanted wanted() {
        return wanted;
    }

    /**
     * Fetches it.
     *
     * @return how it went; a failure of the download is a report, too
     * @throws CommandException when the destination or the agent cannot be used
     */
    Report run() throws InterruptedException {
        wanted.destination().check();
        long began = System.nanoTime();
        try (PartFile open = PartFile.open(wanted.destination())) {
            part = Optional.of(open);
            Fetched fetched = fetch(new Delivery(wanted.destination(), open), open);
            double seconds = (System.nanoTime() - began) / 1e9;
            Optional<String> file = Optional.of(wanted.destination().file().toString());
            return Report.of(fetched.end(), fetched.accounts(), seconds, file);
        } finally {
            part = Optional.empty();
        }
    }

    /** How it ended, and what came from first to last. */
    private record Fetched(JobStatus end, Accounts accounts) {}

    /** From one place after the other, until one has it. */
    private Fetched fetch(Delivery delivery, PartFile open) throws InterruptedException {
        Optional<Fetched> fetched = Optional.empty();
        for (JobRequest request : wanted.requests()) {
            before = fetched.map(Fetched::accounts).orElse(Accounts.EMPTY);
            last = Optional.empty();
            fetched = Optional.of(fetch(request, delivery, open));
            if (fetched.get().end().state() == JobStatus.State.DONE) {
                break;
            }
        }
        return fetched.orElseThrow();
    }

    private Fetched fetch(JobRequest request, Delivery delivery, PartFile open) throws InterruptedException {
        int losses = 0;
        Optional<OpenAgent> agent = carrier.agent();
        while (agent.isPresent()) {
            try {
                JobStatus end = run(request, agent.get(), delivery);
                Optional<Reason> trouble = CacheTrouble.of(end);
                if (trouble.isEmpty()) {
                    return new Fetched(end, sum(before, end.accounts()));
                }
                before = sum(before, end.accounts());
                carrier.goWithoutCache(trouble.get());
            } catch (ApiException e) {
                Interruption.passUnlessEnding();
                Accounts now = sum(before, last.map(JobStatus::accounts).orElse(Accounts.EMPTY));
                losses = now.bytes() > before.bytes() ? 0 : losses + 1;
                if (!AgentDoor.isGone(e) || losses > MOST_LOSSES) {
                    throw CommandException.notReachable(String.valueOf(e.getMessage()));
                }
                before = now;
                last = Optional.empty();
                carrier.lose(agent.get());
            } catch (StoreException | IdentityException e) {
                carrier.goWithoutCache(CacheTrouble.of(e).orElseThrow(() -> e));
            }
            agent = carrier.agent();
        }
        return runDirect(
                request,
                new PartTarget(open, delivery.prefix()),
                carrier.withoutCache().orElseThrow());
    }

    /** Without a cache, from the origin. What came before and is not built upon came in vain. */
    private Fetched runDirect(JobRequest request, PartTarget target, Reason because) {
        Accounts earlier = before;
        before = Accounts.EMPTY;
        try (DirectDownloads downloads = carrier.direct()) {
            direct = Optional.of(downloads);
            JobStatus end = downloads.fetch(request, target, because, status -> {
                last = Optional.of(status);
                target.expect(status.length());
            });
            if (end.state() == JobStatus.State.DONE) {
                target.finish();
            }
            return new Fetched(end, sum(end.held() > 0 ? earlier : inVain(earlier), end.accounts()));
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

    private JobStatus run(JobRequest request, OpenAgent agent, Delivery delivery) throws InterruptedException {
        try (Job started = agent.agent().jobs().start(request)) {
            job = Optional.of(started);
            return delivery.run(started, status -> last = Optional.of(status));
        } finally {
            job = Optional.empty();
        }
    }

    /** Where it stands; empty before it began. */
    Optional<Progress> progress() {
        return last.map(status -> {
            Accounts accounts = sum(before, status.accounts());
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
        });
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

    /** Whether what came is lost when it stops. */
    boolean isKept() {
        return direct.isEmpty();
    }

    /** Ends at once, from another thread; what came stays with the agent, which does not go on with it. */
    void stop() {
        part.ifPresent(PartFile::discard);
        try {
            job.ifPresent(Job::close);
        } catch (ApiException e) {
            // An agent that does not answer goes on with nothing for us.
            return;
        } finally {
            direct.ifPresent(DirectDownloads::close);
        }
    }
}
