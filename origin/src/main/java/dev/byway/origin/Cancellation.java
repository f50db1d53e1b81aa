package dev.byway.origin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets any thread stop requests that others are blocked in, for one stated reason. Thread-safe. */
final class Cancellation {
    /** Why it was stopped. */
    record Cause(OriginAnswer.Kind kind, String message) {}

    /** Takes a hook back. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final Map<Object, Runnable> hooks = new LinkedHashMap<>();
    private Optional<Cause> cause = Optional.empty();

    /** Runs {@code hook} when cancelled, at once if that has happened already. */
    Registration onCancel(Runnable hook) {
        Object key = new Object();
        synchronized (this) {
            if (cause.isEmpty()) {
                hooks.put(key, hook);
                return () -> remove(key);
            }
        }
        hook.run();
        return () -> {};
    }

    /** Cancels everything, for this cause unless there is one already. */
    void cancel(OriginAnswer.Kind kind, String message) {
        List<Runnable> due;
        synchronized (this) {
            if (cause.isPresent()) {
                return;
            }
            cause = Optional.of(new Cause(kind, message));
            due = List.copyOf(hooks.values());
            hooks.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Why it was cancelled; empty while it is not. */
    synchronized Optional<Cause> cause() {
        return cause;
    }

    private synchronized void remove(Object key) {
        hooks.remove(key);
    }
}
