package dev.byway.core.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the microbenchmarks beside it, each in two processes of its own, and prints them with their error bars. */
class JmhBench {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Test
    void measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(System.getProperty("byway.jmh", "dev\\.byway\\.core\\..*Benchmark"))
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementTime(TimeValue.seconds(1))
                        .forks(2)
                        .jvmArgs("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+UseCompactObjectHeaders")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        results.forEach(JmhBench::print);
    }

    private static void print(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        double allocated = Optional.ofNullable(result.getSecondaryResults().get(ALLOCATED))
                .map(one -> one.getScore())
                .orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "bench: %s: %.3f ± %.3f %s, %.0f bytes allocated (99.9 %%, %d measurements)%n",
                result.getParams().getBenchmark().replaceFirst("dev\\.byway\\.core\\.", ""),
                time.getScore(),
                time.getScoreError(),
                time.getScoreUnit(),
                allocated,
                time.getSampleCount());
    }
}
