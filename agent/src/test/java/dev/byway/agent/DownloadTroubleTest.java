package dev.byway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.unit.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads whose origin changes or leaves, at a real HTTPS origin. */
class DownloadTroubleTest {
    @TempDir
    Path home;

    private Site site;

    @BeforeEach
    void start() {
        site = new Site(home);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void aFileThatChangedUnnoticedByItsValidatorsComesAsItIsNow() throws Exception {
        site.publish();
        byte[] now = site.content.clone();
        now[Site.LENGTH - 1] ^= 1;
        site.origin.put("file.bin", now);
        try (Agent agent = site.agent("a");
                Job job = agent.jobs().start(JobRequest.of(site.url()))) {
            JobStatus status = Site.finish(job);
            assertThat(status.state()).as("%s", status).isEqualTo(State.DONE);
            assertThat(status.reasons()).extracting(Reason::code).contains(ReasonCode.CHANGED_AT_ORIGIN);
            assertThat(status.content()).isEmpty();
            assertThat(status.generation()).isEqualTo(1);
            assertThat(status.accounts().bytes()).isEqualTo(Site.LENGTH);
            assertThat(status.accounts().wastedBytes()).isPositive();
            assertThat(Site.read(job, status)).isEqualTo(now);
        }
    }

    @Test
    void aPublishedFileThatIsGoneSaysWhatTheOriginSays() throws Exception {
        site.publish();
        Files.delete(site.origin.files().resolve("file.bin"));
        try (Agent agent = site.agent("a")) {
            JobStatus status = Site.fetch(agent, JobRequest.of(site.url()));
            assertThat(status.failure().orElseThrow().kind()).isEqualTo("HTTP_404");
        }
    }

    @Test
    void oneWhoSharesADownloadGoesOnWhenTheOneWhoBeganItLeaves() throws Exception {
        Site.Draft draft = site.draft();
        draft.urls = List.of(site.url(), site.origin.tls("/copy.bin"));
        byte[] manifest = draft.file().toBytes();
        site.publish(manifest);
        site.origin.put("copy.bin", site.content);
        site.origin.put("copy.bin.byway", manifest);
        JobRequest slow = new JobRequest(
                site.url(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(new Rate(Site.LENGTH / 2)));
        try (Agent agent = site.agent("a");
                Job second = beginTogether(agent, slow)) {
            JobStatus status = Site.finish(second);
            assertThat(status.state()).as("%s", status).isEqualTo(State.DONE);
            assertThat(Site.read(second, status)).isEqualTo(site.content);
        }
    }

    private Job beginTogether(Agent agent, JobRequest slow) throws InterruptedException {
        try (Job first = agent.jobs().start(slow)) {
            awaitBytes(first);
            Job second = agent.jobs().start(JobRequest.of(site.origin.tls("/copy.bin")));
            awaitBytes(second);
            assertThat(second.status().isOver()).isFalse();
            return second;
        }
    }

    private static void awaitBytes(Job job) throws InterruptedException {
        JobStatus status = job.status();
        while (status.readyBytes() == 0 && !status.isOver()) {
            status = job.await(status.version(), Duration.ofSeconds(1));
        }
    }

    @Test
    void whatWasKeptOfAnUnprovedFileIsNotCountedAsFetchedAgain() throws Exception {
        JobRequest slow = new JobRequest(
                site.url(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(new Rate(Site.LENGTH / 4)));
        try (Agent agent = site.agent("a")) {
            try (Job job = agent.jobs().start(slow)) {
                awaitBytes(job);
            }
            try (Job job = agent.jobs().start(JobRequest.of(site.url()))) {
                JobStatus status = Site.finish(job);
                assertThat(status.held()).isPositive();
                assertThat(status.held() + status.accounts().bytes()).isEqualTo(Site.LENGTH);
                assertThat(Site.read(job, status)).isEqualTo(site.content);
            }
        }
    }

    @Test
    void aRequestWithHeaderFieldsAndAManifestIsRefused() {
        JobRequest both = new JobRequest(
                site.url(),
                List.of(new JobRequest.Header("A", "b")),
                Optional.empty(),
                Optional.of(new byte[1]),
                true,
                Optional.empty());
        try (Agent agent = site.agent("a")) {
            assertThatThrownBy(() -> agent.jobs().start(both))
                    .isInstanceOf(JobRefusedException.class)
                    .hasMessageContaining("--sha256");
        }
    }
}
