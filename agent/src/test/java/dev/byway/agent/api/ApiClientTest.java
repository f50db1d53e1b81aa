package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.job.CacheControl.Outcome;
import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRefusedException;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.doctor.Question;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Rate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiClientTest {
    private static final URI URL = URI.create("https://origin.example/file");

    @TempDir
    Path state;

    private final ScriptedAgent agent = new ScriptedAgent();
    private ApiServer server;
    private ApiClient client;

    @BeforeEach
    void open() {
        server = ApiServer.start(agent, state, InetAddress.getLoopbackAddress(), 0);
        client = running();
    }

    private ApiClient running() {
        FoundAgent found = ApiClient.find(state);
        assertThat(found).isInstanceOf(FoundAgent.Running.class);
        return ((FoundAgent.Running) found).client();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theWholeRequestReachesTheAgent() {
        agent.next(new byte[0]);
        byte[] manifest = {1, 2, 3};
        client.jobs()
                .start(new JobRequest(
                        URL,
                        List.of(new JobRequest.Header("X-Token", "a: b")),
                        Optional.of(Digest.ZERO),
                        Optional.of(manifest),
                        false,
                        Optional.of(new Rate(1000))));
        JobRequest arrived = agent.requests.getFirst();
        assertThat(arrived)
                .usingRecursiveComparison()
                .isEqualTo(new JobRequest(
                        URL,
                        List.of(new JobRequest.Header("X-Token", "a: b")),
                        Optional.of(Digest.ZERO),
                        Optional.of(manifest),
                        false,
                        Optional.of(new Rate(1000))));
    }

    @Test
    void aRefusedJobSaysWhy() {
        assertThatThrownBy(() -> client.jobs().start(JobRequest.of(URL)))
                .isInstanceOf(JobRefusedException.class)
                .hasMessage("no more jobs today; come back tomorrow");
    }

    @Test
    void aJobIsWatchedAndReadAcrossTheDoor() throws Exception {
        byte[] file = new byte[3_000_000];
        new Random(1).nextBytes(file);
        ScriptedJob scripted = agent.next(file);
        try (Job job = client.jobs().start(JobRequest.of(URL))) {
            JobStatus first = job.status();
            assertThat(first).isEqualTo(scripted.status());
            Thread.ofVirtual().start(() -> scripted.ready(2_000_000));
            JobStatus second = job.await(first.version(), Duration.ofSeconds(20));
            assertThat(second.ready()).containsExactly(new ByteRange(0, 2_000_000));
            assertThat(read(job, new ByteRange(5, 1_999_995))).isEqualTo(Arrays.copyOfRange(file, 5, 2_000_000));
            assertThatThrownBy(() -> read(job, new ByteRange(0, 2_000_001)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not all there yet");
            scripted.done();
            assertThat(read(job, new ByteRange(0, 3_000_000))).isEqualTo(file);
            assertThat(client.jobs().find(job.id())).isPresent();
            assertThat(client.jobs().recent()).containsExactly(scripted.status());
        }
        assertThat(scripted.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(client.jobs().find(scripted.id())).isEmpty();
    }

    private static byte[] read(Job job, ByteRange range) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        job.read(range, Channels.newChannel(out));
        return out.toByteArray();
    }

    @Test
    void awaitingReturnsTheSameStatusWhenTheTimeIsOver() throws Exception {
        agent.next(new byte[1]);
        try (Job job = client.jobs().start(JobRequest.of(URL))) {
            JobStatus status = job.status();
            assertThat(job.await(status.version(), Duration.ofMillis(50))).isEqualTo(status);
        }
    }

    @Test
    void statusAndCacheOrdersCrossTheDoor() {
        assertThat(client.status()).isEqualTo(agent.status());
        Question question = new Question(
                Optional.of(ScriptedAgent.HELD),
                List.of(
                        new Endpoint(InetAddress.ofLiteral("192.0.2.7"), 7680),
                        new Endpoint(InetAddress.ofLiteral("2001:db8::7"), 7690)));
        assertThat(client.examine(Question.NONE)).isEqualTo(ScriptedAgent.EXAMINATION);
        assertThat(client.examine(question)).isEqualTo(ScriptedAgent.EXAMINATION);
        assertThat(agent.orders).containsExactly("examine " + Question.NONE, "examine " + question);
        agent.orders.clear();
        ContentId unknown = new ContentId(Digest.sha256(new byte[] {9}), 9);
        assertThat(client.cache().pin(ScriptedAgent.HELD, true)).isEqualTo(Outcome.DONE);
        assertThat(client.cache().pin(ScriptedAgent.HELD, false)).isEqualTo(Outcome.DONE);
        assertThat(client.cache().remove(ScriptedAgent.BUSY)).isEqualTo(Outcome.IN_USE);
        assertThat(client.cache().remove(unknown)).isEqualTo(Outcome.NOT_HELD);
        assertThat(client.cache().verify(ScriptedAgent.HELD)).isEqualTo(3);
        assertThat(client.cache().verify(unknown)).isEqualTo(-1);
        assertThat(agent.orders)
                .startsWith("pin " + ScriptedAgent.HELD, "unpin " + ScriptedAgent.HELD, "remove " + ScriptedAgent.BUSY);
    }

    @Test
    void theAgentIsAskedToStop() throws Exception {
        client.stop();
        assertThat(agent.stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAgentThatIsGoneIsSaidToBe() {
        server.close();
        assertThatThrownBy(client::status)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.kind()).isEqualTo(ApiException.Kind.GONE));
        assertThat(ApiClient.find(state)).isEqualTo(new FoundAgent.NoAgent());
    }

    @Test
    void aFileOfAProcessThatIsGoneIsStale() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        ApiFile left = new ApiFile(server.url(), Secret.random(), process.pid(), java.util.OptionalLong.of(1));
        left.write(ApiFile.in(state));
        assertThat(ApiClient.find(state)).isEqualTo(new FoundAgent.Stale(process.pid()));
    }

    @Test
    void aProcessIdUsedAgainByAnotherProgramIsStale() throws Exception {
        long self = ProcessHandle.current().pid();
        new ApiFile(server.url(), Secret.random(), self, java.util.OptionalLong.of(1)).write(ApiFile.in(state));
        assertThat(ApiClient.find(state)).isEqualTo(new FoundAgent.Stale(self));
    }

    @Test
    void aBrokenFileIsNamed() throws Exception {
        Files.writeString(ApiFile.in(state), "{\"version\":1,\"url\":\"http://192.0.2.1:80\"}");
        assertThat(ApiClient.find(state))
                .isInstanceOfSatisfying(
                        FoundAgent.NotReadable.class,
                        file -> assertThat(file.message()).contains("api.json", "loopback", "restart the agent"));
    }

    @Test
    void theFileIsItsOwnersAloneAndGoesWithTheServer() throws Exception {
        Path file = ApiFile.in(state);
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        server.close();
        assertThat(file).doesNotExist();
    }

    @Test
    void theFileOfASuccessorStays() throws Exception {
        try (ApiServer second = ApiServer.start(agent, state, InetAddress.getLoopbackAddress(), 0)) {
            server.close();
            assertThat(ApiFile.read(ApiFile.in(state)).url()).isEqualTo(second.url());
        }
    }
}
