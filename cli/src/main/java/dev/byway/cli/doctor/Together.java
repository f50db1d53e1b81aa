package dev.byway.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Tries the same with several things at the same time, each on a virtual thread. */
final class Together {
    private Together() {}

    /** What came of each, in their order. What one throws is thrown. */
    static <T, R> List<R> tried(List<T> things, Function<T, R> attempt) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<R>> tasks = things.stream()
                    .<Callable<R>>map(thing -> () -> attempt.apply(thing))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
