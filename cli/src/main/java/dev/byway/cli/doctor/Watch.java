package dev.byway.cli.doctor;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.core.doctor.Diagnosis;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Asks the doctor again and again, and tells what has changed, until the process is stopped.
 *
 * @param every from one beginning to the next
 */
record Watch(Consultation consultation, Duration every, boolean json, Console console, InstantSource clock) {
    /** A neighbour dials back six times a minute at the most, for all who ask it. */
    static final Duration EVERY = Duration.ofSeconds(20);

    void run() throws InterruptedException {
        Optional<Diagnosis> before = Optional.empty();
        while (true) {
            long begun = System.nanoTime();
            Diagnosis now = consultation.diagnose();
            tell(now, before);
            before = Optional.of(now);
            Thread.sleep(Math.max(0, every.toMillis() - (System.nanoTime() - begun) / 1_000_000));
        }
    }

    private void tell(Diagnosis now, Optional<Diagnosis> before) {
        String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        if (json) {
            console.out().println(Json.line(DiagnosisListing.json(now).put("at", at)));
        } else if (before.isEmpty()) {
            console.out().println(at);
            DiagnosisListing.print(console, now, false);
            console.err().println("byway: watching; Ctrl-C ends it");
        } else {
            DiagnosisListing.printChanges(console, at, now, before.get());
        }
    }
}
