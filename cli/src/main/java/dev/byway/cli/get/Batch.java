package dev.byway.cli.get;

import dev.byway.cli.command.Console;
import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.Report;
import dev.byway.cli.terminal.Progress;
import dev.byway.cli.terminal.ProgressView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Fetches files through one agent, some of them at once, each on a thread of its own. What they come to is told on the thread
 * that calls {@link #run}, which alone writes on the screen.
 */
final class Batch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);

    /** How long agents may take to hear that we stop. */
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Console console;
    private final ProgressView view;
    private final Carrier carrier;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Running> running = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /** What is told of each file. A failure that it throws ends all. */
    interface Listener {
        /** It was fetched, or could not be. */
        void ended(Wanted wanted, Report report);

        /** Something on this machine is in the way. */
        void failed(Wanted wanted, RuntimeException trouble);
    }

    private record Running(Fetching fetching, Thread thread) {}

    private sealed interface Event {
        record Word(String text) implements Event {}

        record Ended(Fetching fetching, Report report) implements Event {}

        record Failed(Fetching fetching, RuntimeException trouble) implements Event {}
    }

    Batch(AgentDoor door, Console console, ProgressView view) {
        this.console = console;
        this.view = view;
        this.carrier = new Carrier(door, text -> events.add(new Event.Word(text)));
    }

    /** Returns when all were fetched, or could not be; at most {@code most} at once, begun in their order. */
    void run(List<Wanted> all, int most, Listener listener) throws InterruptedException {
        Queue<Wanted> waiting = new ArrayDeque<>(all);
        while (true) {
            while (running.size() < most && !waiting.isEmpty()) {
                start(waiting.remove());
            }
            if (running.isEmpty()) {
                return;
            }
            Event event = events.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                show();
            } else {
                view.end();
                tell(event, listener);
            }
        }
    }

    private void start(Wanted wanted) {
        Fetching fetching = new Fetching(wanted, carrier);
        Thread thread = Thread.ofVirtual().name("byway-get").unstarted(() -> fetch(fetching));
        running.add(new Running(fetching, thread));
        thread.start();
    }

    private void fetch(Fetching fetching) {
        try {
            events.add(new Event.Ended(fetching, fetching.run()));
        } catch (RuntimeException e) {
            events.add(new Event.Failed(fetching, e));
        } catch (Error e) {
            events.add(new Event.Failed(fetching, new IllegalStateException("while a file was fetched: " + e, e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Event event, Listener listener) {
        switch (event) {
            case Event.Word(String text) -> console.err().println(text);
            case Event.Ended(Fetching fetching, Report report) -> {
                forget(fetching);
                listener.ended(fetching.wanted(), report);
            }
            case Event.Failed(Fetching fetching, RuntimeException trouble) -> {
                forget(fetching);
                listener.failed(fetching.wanted(), trouble);
            }
        }
    }

    private void forget(Fetching fetching) {
        running.removeIf(one -> one.fetching().equals(fetching));
    }

    private void show() {
        if (!stopped) {
            view.show(running.stream()
                    .flatMap(one -> one.fetching().progress().stream())
                    .toList());
        }
    }

    /**
     * Ends at once, from the thread that runs when the process is told to stop: what was fetched stays with the agent.
     *
     * @return what to tell
     */
    String stop() {
        stopped = true;
        view.end();
        List<Fetching> open = running.stream().map(Running::fetching).toList();
        boolean kept = open.stream().allMatch(Fetching::isKept);
        String at = open.size() == 1 ? at(open.getFirst().progress()) : "";
        List<Thread> stopping =
                open.stream().map(one -> Thread.ofVirtual().start(one::stop)).toList();
        await(stopping);
        carrier.stop();
        return "stopped" + at
                + (kept
                        ? ". What was fetched is kept where the origin lets one go on: the same command goes on from there."
                        : ". Nothing is kept, because the cache cannot be written: the same command begins anew.");
    }

    private static String at(Optional<Progress> progress) {
        OptionalInt percent = progress.map(Progress::percent).orElse(OptionalInt.empty());
        return percent.isPresent() ? " at " + percent.getAsInt() + " %" : "";
    }

    /** So that an agent that goes on does not go on with this; one that does not answer is not waited for. */
    private static void await(List<Thread> threads) {
        long deadline = System.nanoTime() + STOP.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go of the agent; what still runs is given up. */
    @Override
    public void close() {
        running.forEach(one -> one.thread().interrupt());
        await(running.stream().map(Running::thread).toList());
        view.end();
        carrier.close();
    }
}
