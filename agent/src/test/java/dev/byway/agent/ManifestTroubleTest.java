package dev.byway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.agent.job.JobStatus.State;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.Digest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.Validators;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests and digests that must not be believed, at a real HTTPS origin: what is delivered then, and what is said. */
class ManifestTroubleTest {
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

    private Reason refusal(byte[] manifest) throws Exception {
        site.publish(manifest);
        try (Agent agent = site.agent("a" + Arrays.hashCode(manifest));
                Job job = agent.jobs().start(JobRequest.of(site.url()))) {
            JobStatus status = Site.finish(job);
            assertThat(status.state()).as("%s", status).isEqualTo(State.DONE);
            assertThat(status.content()).isEmpty();
            assertThat(Site.read(job, status)).isEqualTo(site.content);
            return status.reasons().getLast();
        }
    }

    @Test
    void whatCannotBeBelievedIsNotUsedAndTheFileComesFromTheOriginAlone() throws Exception {
        String good = new String(site.draft().file().toBytes(), StandardCharsets.UTF_8);
        assertThat(refusal(good.substring(0, good.length() / 2).getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(ReasonCode.MANIFEST_REFUSED_MALFORMED);
        assertThat(refusal("login".getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo(ReasonCode.MANIFEST_REFUSED_MALFORMED);
        ManifestFile file = site.draft().file();
        byte[] layer = file.layer().orElseThrow().clone();
        layer[40] ^= 1;
        assertThat(refusal(new ManifestFile(file.envelope(), Optional.of(layer)).toBytes())
                        .code())
                .isEqualTo(ReasonCode.MANIFEST_REFUSED_MALFORMED);
        byte[] half = Arrays.copyOf(layer, layer.length / 2);
        assertThat(refusal(new ManifestFile(file.envelope(), Optional.of(half)).toBytes())
                        .code())
                .isEqualTo(ReasonCode.MANIFEST_REFUSED_MALFORMED);
        String swapped = good.replaceFirst("\"sig\":\"[^\"]{8}", "\"sig\":\"AAAAAAAA");
        assertThat(swapped).isNotEqualTo(good);
        assertThat(refusal(swapped.getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo(ReasonCode.MANIFEST_REFUSED_SIGNATURE);
    }

    @Test
    void whatIsNotOfThisFileOrThisTimeIsNotUsed() throws Exception {
        Site.Draft other = site.draft();
        other.urls = List.of(URI.create("https://localhost/other.bin"));
        assertThat(refusal(other.file().toBytes()).code()).isEqualTo(ReasonCode.MANIFEST_REFUSED_OTHER_FILE);
        Site.Draft expired = site.draft();
        expired.issued = Instant.now().minus(Duration.ofDays(30));
        expired.expires = Optional.of(Instant.now().minus(Duration.ofDays(2)));
        assertThat(refusal(expired.file().toBytes()).code()).isEqualTo(ReasonCode.MANIFEST_REFUSED_EXPIRED);
        Site.Draft future = site.draft();
        future.issued = Instant.now().plus(Duration.ofDays(3));
        Reason clock = refusal(future.file().toBytes());
        assertThat(clock.code()).isEqualTo(ReasonCode.CLOCK_WRONG);
        assertThat(clock.detail()).contains("check the clock");
        Site.Draft changed = site.draft();
        changed.validators = new Validators(Optional.of("\"old\""), Optional.empty(), OptionalLong.empty());
        assertThat(refusal(changed.file().toBytes()).code()).isEqualTo(ReasonCode.CHANGED_AT_ORIGIN);
    }

    @Test
    void aClockThatIsHalfADayOffIsBorne() throws Exception {
        Site.Draft ahead = site.draft();
        ahead.issued = Instant.now().plus(Duration.ofHours(23));
        site.publish(ahead.file().toBytes());
        try (Agent agent = site.agent("a")) {
            assertThat(Site.fetch(agent, JobRequest.of(site.url())).content()).isPresent();
        }
    }

    @Test
    void anOlderManifestIsAReplayAlsoAfterARestart() throws Exception {
        site.publish();
        try (Agent agent = site.agent("a")) {
            assertThat(Site.fetch(agent, JobRequest.of(site.url())).content()).isPresent();
        }
        byte[] before = Site.bytes(Site.LENGTH, 2);
        site.origin.put("file.bin", before);
        Site.Draft old = site.draft(before);
        old.issued = Instant.now().minus(Duration.ofDays(3));
        site.publish(old.file().toBytes());
        try (Agent again = site.agent("a")) {
            JobStatus status = Site.fetch(again, JobRequest.of(site.url()));
            assertThat(status.content()).isEmpty();
            assertThat(status.reasons().getLast().code()).isEqualTo(ReasonCode.MANIFEST_REFUSED_OLDER);
        }
    }

    private JobRequest request(Optional<Digest> sha256, Optional<byte[]> manifest) {
        return new JobRequest(site.url(), List.of(), sha256, manifest, true, Optional.empty());
    }

    private void assertNotDelivered(JobRequest request, String kind) throws Exception {
        try (Agent agent = site.agent("b" + kind)) {
            JobStatus status = Site.fetch(agent, request);
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.failure().orElseThrow().kind()).isEqualTo(kind);
            assertThat(status.ready()).isEmpty();
        }
    }

    @Test
    void aManifestGivenByHandIsUsedOrNothingIsDelivered() throws Exception {
        byte[] good = site.draft().file().toBytes();
        assertNotDelivered(request(Optional.empty(), Optional.of(good)), "MANIFEST_REFUSED_UNKNOWN_KEY");
        assertNotDelivered(request(Optional.empty(), Optional.of(new byte[9])), "MANIFEST_REFUSED_MALFORMED");
        String trust = "trust.publishers=" + Site.KEY.publicKey("");
        try (Agent agent = site.agent("c", trust)) {
            assertThat(Site.fetch(agent, request(Optional.empty(), Optional.of(good)))
                            .state())
                    .isEqualTo(State.DONE);
            site.origin.put("file.bin", Site.bytes(Site.LENGTH, 3));
        }
        try (Agent agent = site.agent("d", trust)) {
            JobStatus changed = Site.fetch(agent, request(Optional.empty(), Optional.of(good)));
            assertThat(changed.state()).isEqualTo(State.FAILED);
            assertThat(changed.failure().orElseThrow().message()).contains("did not match its digest");
        }
    }

    @Test
    void theDigestOfTheUserCountsMoreThanTheManifest() throws Exception {
        site.publish();
        Digest wanted = Digest.sha256(new byte[1]);
        assertNotDelivered(request(Optional.of(wanted), Optional.empty()), "DIGEST_MISMATCH");
        Site.Draft lie = site.draft();
        lie.sha256 = wanted;
        site.publish(lie.file().toBytes());
        try (Agent agent = site.agent("liar");
                Job job = agent.jobs().start(request(Optional.of(wanted), Optional.empty()))) {
            JobStatus status = Site.finish(job);
            assertThat(status.content()).as("the swarm ran").isPresent();
            assertThat(status.failure().orElseThrow().kind()).isEqualTo("DIGEST_MISMATCH");
            assertThat(status.ready()).isEmpty();
        }
    }

    @Test
    void aDigestIsCheckedAlsoWhenAnotherJobFetchesTheSame() throws Exception {
        site.publish();
        Digest right = Digest.sha256(site.content);
        try (Agent agent = site.agent("e");
                Job plain = agent.jobs().start(JobRequest.of(site.url()));
                Job wrong = agent.jobs().start(request(Optional.of(Digest.sha256(new byte[2])), Optional.empty()));
                Job good = agent.jobs().start(request(Optional.of(right), Optional.empty()))) {
            assertThat(Site.finish(plain).state()).isEqualTo(State.DONE);
            assertThat(Site.finish(wrong).failure().orElseThrow().kind()).isEqualTo("DIGEST_MISMATCH");
            assertThat(Site.read(good, Site.finish(good))).isEqualTo(site.content);
            try (Job late = agent.jobs().start(request(Optional.of(right), Optional.of(new byte[0])))) {
                assertThat(Site.finish(late).state()).isEqualTo(State.FAILED);
            }
        }
    }
}
