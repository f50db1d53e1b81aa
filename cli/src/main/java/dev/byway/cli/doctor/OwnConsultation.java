package dev.byway.cli.doctor;

import dev.byway.cli.local.AgentDoor;
import dev.byway.cli.local.OpenAgent;
import dev.byway.cli.local.Remembered;
import dev.byway.cli.local.Report;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Program;
import dev.byway.core.doctor.Question;
import dev.byway.core.fleet.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * About Byway on this device.
 *
 * @param which the content that is in question, by URL, name or id; empty for the last download
 * @param peer addresses of the neighbour that is in question; empty for any
 */
record OwnConsultation(Invocation invocation, AgentDoor door, Optional<String> which, List<Endpoint> peer)
        implements Consultation {
    @Override
    public Diagnosis diagnose() throws InterruptedException {
        CompletableFuture<Optional<Report>> subject = CompletableFuture.supplyAsync(
                () -> new Remembered(invocation.state(), door).find(which), OwnConsultation::start);
        Patient patient =
                new Patient(invocation, which, subject, subject.thenApplyAsync(this::examine, OwnConsultation::start));
        return Doctor.diagnose(
                Program.BYWAY,
                List.of(
                        new AgentLook(patient),
                        new FirewallLook(patient),
                        new CoordinatorLook(patient),
                        new OriginLook(patient),
                        new ContentLook(patient),
                        new CacheLook(patient),
                        new MachineLook(patient),
                        new PathLook(patient)));
    }

    private Optional<Examination> examine(Optional<Report> subject) {
        return door.running().map(open -> {
            try (OpenAgent agent = open) {
                return agent.agent().examine(new Question(subject.flatMap(Report::content), peer));
            }
        });
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("byway-examination").start(task);
    }
}
