package dev.byway.agent.fleet;

import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The held stream of events. One virtual thread connects, reads and, when the stream breaks, connects again after a pause that
 * doubles to half a minute and is spread at random; another one ends a stream that is silent for longer than the coordinator's
 * heartbeat allows.
 */
public final class EventSubscription implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EventSubscription.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration SILENCE =
            FleetLimits.HEARTBEAT.multipliedBy(2).plusSeconds(5);

    private final Calls calls;
    private final Consumer<FleetEvent> onEvent;
    private final Runnable onConnected;
    private final Thread thread;
    private volatile boolean connected;

    private EventSubscription(Calls calls, Consumer<FleetEvent> onEvent, Runnable onConnected) {
        this.calls = calls;
        this.onEvent = onEvent;
        this.onConnected = onConnected;
        this.thread = Thread.ofVirtual().name("fleet-events").unstarted(this::run);
    }

    static EventSubscription start(Calls calls, Consumer<FleetEvent> onEvent, Runnable onConnected) {
        EventSubscription subscription = new EventSubscription(calls, onEvent, onConnected);
        subscription.thread.start();
        return subscription;
    }

    /** Whether the stream is there now. */
    public boolean connected() {
        return connected;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            boolean wasConnected = readUntilBroken();
            pause = wasConnected ? FIRST_PAUSE : longer(pause);
            sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static void sleep(Duration pause) {
        try {
            long millis = pause.toMillis();
            Thread.sleep(millis / 2 + RandomGenerator.getDefault().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the stream was there at all. */
    private boolean readUntilBroken() {
        boolean was = false;
        try (InputStream in = calls.open("/v1/events");
                SilenceGuard guard = new SilenceGuard(in, SILENCE)) {
            was = true;
            connected = true;
            onConnected.run();
            LineReader lines = new LineReader(in, FleetLimits.EVENT);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                guard.heard();
                deliver(FleetEvent.read(line.get()));
            }
        } catch (IOException | MalformedMessageException e) {
            LOG.log(Level.DEBUG, () -> "the stream of events broke: " + e.getMessage());
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException e) {
            LOG.log(Level.DEBUG, () -> "no stream of events: " + e.getMessage());
        } finally {
            connected = false;
        }
        return was;
    }

    private void deliver(FleetEvent event) {
        if (event instanceof FleetEvent.Heartbeat || event instanceof FleetEvent.Unknown) {
            return;
        }
        try {
            onEvent.accept(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an event of the coordinator could not be taken: " + event, e);
        }
    }

    /** Ends the stream. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
