package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this thread takes from the heap. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** For the error, its message and its trace, and for what classes need when they are loaded. */
    private static final long FIXED = 512 * 1024;

    private Allocation() {}

    public static long of(Runnable task) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        task.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Runs {@code task} and fails if it took more than a small multiple of the {@code input} bytes it was given. */
    public static void assertModest(int input, Runnable task) {
        assertThat(of(task)).isLessThan(FIXED + 32L * input);
    }
}
