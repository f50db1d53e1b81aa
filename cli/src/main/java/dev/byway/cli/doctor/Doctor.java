package dev.byway.cli.doctor;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Program;
import dev.byway.core.doctor.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Takes all looks at the same time, each no longer than {@link #TIME}, and makes a diagnosis of them. */
final class Doctor {
    static final Duration TIME = Duration.ofSeconds(14);

    private Doctor() {}

    static Diagnosis diagnose(Program program, List<Look> looks) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Result>>> tasks = looks.stream()
                    .<Callable<List<Result>>>map(look -> look::look)
                    .toList();
            List<Future<List<Result>>> futures = threads.invokeAll(tasks, TIME.toMillis(), TimeUnit.MILLISECONDS);
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < looks.size(); i++) {
                results.addAll(results(looks.get(i), futures.get(i)));
            }
            return Diagnosis.of(program, results);
        }
    }

    private static List<Result> results(Look look, Future<List<Result>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            return unknown(look, "it took longer than " + TIME.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            return unknown(look, String.valueOf(cause.getMessage()));
        }
    }

    private static List<Result> unknown(Look look, String because) {
        return look.checks().stream()
                .map((Check check) -> new Result(check, "", new Finding.NotCollected(because)))
                .toList();
    }
}
