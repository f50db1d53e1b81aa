package dev.byway.sim.command;

import dev.byway.sim.fleet.Result;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * What a run cost this machine; the only thing about it that is not the same each time.
 *
 * @param seconds by the clock
 * @param processorSeconds of all cores
 * @param eventsPerSecond things that happened in a second by the clock
 * @param microsecondsPerPiece work of the processors for each piece that came to a device
 * @param millisecondsPerDevice work of the processors for each device
 * @param megabytes most memory in use, in 1,048,576 bytes
 */
record Effort(
        double seconds,
        double processorSeconds,
        double eventsPerSecond,
        double microsecondsPerPiece,
        double millisecondsPerDevice,
        long megabytes) {
    /** Takes the time. */
    record Begun(long nanos, long processorNanos) {
        private static long processor() {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof com.sun.management.OperatingSystemMXBean system
                    ? system.getProcessCpuTime()
                    : 0;
        }

        private static long peakBytes() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getPeakUsage)
                    .mapToLong(MemoryUsage::getUsed)
                    .sum();
        }

        Effort end(Result result) {
            double seconds = (System.nanoTime() - nanos) / 1e9;
            double spent = (processor() - processorNanos) / 1e9;
            return new Effort(
                    seconds,
                    spent,
                    result.events() / seconds,
                    spent * 1e6 / Math.max(1, result.pieces()),
                    spent * 1e3 / result.scenario().devices(),
                    peakBytes() >> 20);
        }
    }

    static Begun begin() {
        return new Begun(System.nanoTime(), Begun.processor());
    }
}
