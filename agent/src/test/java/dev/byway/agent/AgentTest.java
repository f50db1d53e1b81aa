package dev.byway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.SettingsReader;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Rate;
import dev.byway.testing.NginxServer;
import dev.byway.testing.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole agents on loopback addresses of their own, a real HTTPS origin, discovery by multicast. */
class AgentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LENGTH = 9 * 1024 * 1024 + 5;

    @TempDir
    Path home;

    private final TestCa ca = new TestCa("agents");
    private final byte[] content = bytes(LENGTH);
    private NginxServer origin;

    @BeforeEach
    void startOrigin() {
        NginxServer.assumeInstalled();
        origin = NginxServer.start(home.resolve("nginx"), Optional.of(ca.issue("localhost", "127.0.0.1")));
        origin.put("file.bin", content);
    }

    @AfterEach
    void stopOrigin() {
        if (origin != null) {
            origin.close();
        }
    }

    @Test
    void whatNobodyPublishedComesFromTheOriginAlone() throws Exception {
        try (Agent agent = start("a", "127.0.77.1")) {
            JobStatus status = get(agent, origin.plain("/file.bin"), content);
            assertThat(status.accounts().sources().origin()).isEqualTo(LENGTH);
            assertThat(status.reasons()).extracting(r -> r.code()).contains(ReasonCode.NO_MANIFEST);
        }
    }

    @Test
    void theSecondDeviceTakesAPublishedFileFromTheFirst() throws Exception {
        publish("/file.bin");
        try (Agent first = start("a", "127.0.77.1");
                Agent second = start("b", "127.0.77.2")) {
            JobStatus filled = get(first, origin.tls("/file.bin"), content);
            assertThat(filled.accounts().sources().origin()).isEqualTo(LENGTH);
            await(() -> !first.status().links().isEmpty());
            JobStatus shared = get(second, origin.tls("/file.bin"), content);
            assertThat(shared.accounts().sources().lan()).as("%s", shared).isGreaterThanOrEqualTo(LENGTH * 99L / 100);
            assertThat(shared.accounts().bytes()).isEqualTo(LENGTH);
        }
    }

    @Test
    void whatANeighbourWasSendingWhenItLeftComesFromTheOrigin() throws Exception {
        publish("/file.bin");
        try (Agent second = start("b", "127.0.77.2")) {
            JobRequest slow = new JobRequest(
                    origin.tls("/file.bin"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.of(new Rate(LENGTH / 4)));
            Job job;
            try (Agent first = start("a", "127.0.77.1")) {
                get(first, origin.tls("/file.bin"), content);
                await(() -> !first.status().links().isEmpty());
                job = second.jobs().start(slow);
                await(() -> job.status().readyBytes() > 0);
            }
            JobStatus status = finish(job);
            assertThat(status.state()).as("%s", status).isEqualTo(JobStatus.State.DONE);
            assertThat(status.accounts().sources().origin()).isPositive();
            assertThat(status.accounts().sources().lan()).isPositive();
            assertThat(read(job, status)).isEqualTo(content);
        }
    }

    @Test
    void whatIsInTheCacheIsNotFetchedAgain() throws Exception {
        publish("/file.bin");
        try (Agent agent = start("a", "127.0.77.1")) {
            get(agent, origin.tls("/file.bin"), content);
        }
        try (Agent again = start("a", "127.0.77.1")) {
            JobStatus status = get(again, origin.tls("/file.bin"), content);
            assertThat(status.accounts().bytes()).isZero();
            assertThat(status.held()).isGreaterThanOrEqualTo(LENGTH);
            assertThat(status.reasons()).extracting(r -> r.code()).contains(ReasonCode.ALREADY_HELD);
        }
    }

    @Test
    void twoJobsForOneUrlShareOneDownload() throws Exception {
        publish("/file.bin");
        try (Agent agent = start("a", "127.0.77.1");
                Job one = agent.jobs().start(JobRequest.of(origin.tls("/file.bin")));
                Job two = agent.jobs().start(JobRequest.of(origin.tls("/file.bin")))) {
            assertThat(finish(one).state()).isEqualTo(JobStatus.State.DONE);
            assertThat(finish(two).accounts()).isEqualTo(one.status().accounts());
        }
    }

    @Test
    void aFileThatChangedSincePublishingComesFromTheOriginAndSaysSo() throws Exception {
        publish("/file.bin");
        byte[] changed = bytes(LENGTH + 7);
        origin.put("file.bin", changed);
        try (Agent agent = start("a", "127.0.77.1")) {
            JobStatus status = get(agent, origin.tls("/file.bin"), changed);
            assertThat(status.reasons()).extracting(r -> r.code()).contains(ReasonCode.CHANGED_AT_ORIGIN);
        }
    }

    @Test
    void whatIsNotThereFailsWithItsStatus() throws Exception {
        try (Agent agent = start("a", "127.0.77.1");
                Job job = agent.jobs().start(JobRequest.of(origin.tls("/missing.bin")))) {
            JobStatus status = finish(job);
            assertThat(status.state()).isEqualTo(JobStatus.State.FAILED);
            assertThat(status.failure().orElseThrow().kind()).isEqualTo("HTTP_404");
        }
    }

    @Test
    void anotherDigestThanTheGivenOneIsNotDelivered() throws Exception {
        URI url = origin.plain("/file.bin");
        JobRequest request = new JobRequest(
                url, List.of(), Optional.of(Digest.sha256(new byte[1])), Optional.empty(), true, Optional.empty());
        try (Agent agent = start("a", "127.0.77.1");
                Job job = agent.jobs().start(request)) {
            JobStatus status = finish(job);
            assertThat(status.failure().orElseThrow().kind()).isEqualTo("DIGEST_MISMATCH");
            assertThat(status.ready()).isEmpty();
        }
    }

    private Agent start(String name, String address) {
        var settings = new SettingsReader(Platform.LINUX)
                .commandLine(List.of(
                        "peer.address=" + address,
                        "peer.port=7680",
                        "origin.ca=" + ca.writeCertificate(home.resolve("ca.pem"))))
                .read();
        return Agent.start(AgentConfig.of(home.resolve(name), settings, "test"));
    }

    private void publish(String path) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(content, 0, content.length);
        HashedContent hashed = hasher.finish();
        Manifest manifest = new Manifest(
                hashed.id(),
                hashed.sha256().orElseThrow(),
                hashed.layer().layout().pieceLength(),
                new SafeName("file.bin"),
                List.of(origin.tls(path)),
                Validators.NONE,
                new Visibility.Public(),
                Instant.now(),
                Optional.empty());
        Envelope envelope = Envelope.sign(manifest, SigningKey.ofSecret(bytes(32)));
        byte[] layer = hashed.layer().toBytes().toArray();
        origin.put("file.bin.byway", new ManifestFile(envelope, Optional.of(layer)).toBytes());
    }

    private static JobStatus get(Agent agent, URI url, byte[] expected) throws Exception {
        try (Job job = agent.jobs().start(JobRequest.of(url))) {
            JobStatus status = finish(job);
            assertThat(status.state()).as("%s", status).isEqualTo(JobStatus.State.DONE);
            assertThat(read(job, status)).isEqualTo(expected);
            return status;
        }
    }

    private static byte[] read(Job job, JobStatus status) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteRange range : status.ready()) {
            job.read(range, Channels.newChannel(out));
        }
        return out.toByteArray();
    }

    private static JobStatus finish(Job job) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        JobStatus status = job.status();
        while (!status.isOver() && System.nanoTime() < until) {
            status = job.await(status.version(), Duration.ofSeconds(1));
        }
        return status;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
