package dev.byway.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteRange;
import dev.byway.core.unit.Rate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every document reads back as it was written; any other bytes are one typed error. */
class JsonProperties {
    private static final List<Consumer<byte[]>> READERS = List.of(
            JobRequestJson::read,
            JobStatusJson::read,
            JobStatusJson::readAll,
            AgentStatusJson::read,
            ApiError::read,
            ApiFile::parse);

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(40);
    }

    private static Arbitrary<Long> counts() {
        return Arbitraries.longs().between(0, 1L << 50);
    }

    private static Arbitrary<ContentId> contents() {
        return Combinators.combine(Arbitraries.bytes().array(byte[].class).ofSize(8), counts())
                .as((bytes, length) -> length == 0 ? ContentId.EMPTY : new ContentId(Digest.sha256(bytes), length));
    }

    private static Arbitrary<SourceBytes> sources() {
        return Combinators.combine(counts(), counts(), counts(), counts(), counts())
                .as(SourceBytes::new);
    }

    private static Arbitrary<Accounts> accounts() {
        Arbitrary<Contribution> contribution = Combinators.combine(
                        Arbitraries.of(SourceKind.class), texts(), counts(), counts())
                .as((kind, name, good, bad) -> new Contribution(new Contributor(kind, name), good, bad));
        return Combinators.combine(
                        sources(),
                        sources(),
                        Arbitraries.integers().greaterOrEqual(0),
                        contribution.list().ofMaxSize(3))
                .as(Accounts::new);
    }

    private static Arbitrary<Reason> reasons() {
        Arbitrary<Duration> times = counts().map(millis -> Duration.ofMillis(millis % 1_000_000_000));
        Arbitrary<Reason.Timing> timing =
                Combinators.combine(times, times, counts(), times).as(Reason.Timing::new);
        return Combinators.combine(
                        texts(), Arbitraries.of(ReasonCode.class), texts().optional(), texts(), timing.optional())
                .as(Reason::new);
    }

    @Provide
    Arbitrary<JobStatus> statuses() {
        Arbitrary<ByteRange> range = Combinators.combine(counts(), counts()).as(ByteRange::new);
        var first = Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.of(JobStatus.State.class),
                        texts(),
                        contents().optional(),
                        counts().optional(),
                        range.list().ofMaxSize(5),
                        accounts(),
                        counts())
                .as((version, state, url, content, length, ready, accounts, held) -> new JobStatus(
                        version,
                        held % 7,
                        state,
                        url,
                        content,
                        length.isPresent() ? OptionalLong.of(length.get()) : OptionalLong.empty(),
                        ready,
                        accounts,
                        held,
                        0,
                        0,
                        0,
                        List.of(),
                        Optional.empty()));
        Arbitrary<JobStatus.Failure> failure =
                Combinators.combine(texts(), texts()).as(JobStatus.Failure::new);
        return Combinators.combine(
                        first,
                        counts(),
                        Arbitraries.doubles().between(0, 1e9),
                        Arbitraries.integers().greaterOrEqual(0),
                        reasons().list().ofMaxSize(3),
                        failure.optional())
                .as((status, rate, seconds, neighbours, reasons, why) -> new JobStatus(
                        status.version(),
                        status.generation(),
                        status.state(),
                        status.url(),
                        status.content(),
                        status.length(),
                        status.ready(),
                        status.accounts(),
                        status.held(),
                        rate,
                        seconds,
                        neighbours,
                        reasons,
                        why));
    }

    @Provide
    Arbitrary<AgentStatus> agents() {
        Arbitrary<Instant> instants = Arbitraries.longs().between(0, 1L << 40).map(Instant::ofEpochMilli);
        Arbitrary<Integer> small = Arbitraries.integers().greaterOrEqual(0);
        Arbitrary<AgentStatus.Content> content = Combinators.combine(
                        contents(), texts(), small, small, Arbitraries.of(true, false), instants)
                .as(AgentStatus.Content::new);
        Arbitrary<AgentStatus.LinkStatus> link = Combinators.combine(
                        texts(), texts(), Arbitraries.of(true, false), texts(), texts(), counts(), counts())
                .as(AgentStatus.LinkStatus::new);
        return Combinators.combine(
                        texts(),
                        instants,
                        small,
                        content.list().ofMaxSize(3),
                        sources(),
                        link.list().ofMaxSize(3),
                        counts(),
                        texts().optional())
                .as((text, start, port, contents, bytes, links, count, coordinator) -> new AgentStatus(
                        text,
                        text,
                        Map.of(text, text),
                        start,
                        new AgentStatus.PeerPort(port, text),
                        contents,
                        bytes,
                        count,
                        new AgentStatus.MonthlyUpload(
                                YearMonth.of(2000 + port % 7000, 1 + port % 12),
                                count,
                                text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(count),
                                port % 2 == 0),
                        count,
                        links,
                        count,
                        coordinator,
                        text,
                        text));
    }

    @Property(tries = 300)
    void aJobStatusReadsBackAsItWasWritten(@ForAll("statuses") JobStatus status) {
        assertThat(JobStatusJson.read(JobStatusJson.write(status))).isEqualTo(status);
        assertThat(JobStatusJson.readAll(JobStatusJson.writeAll(List.of(status, status))))
                .containsExactly(status, status);
    }

    @Property(tries = 200)
    void anAgentStatusReadsBackAsItWasWritten(@ForAll("agents") AgentStatus status) {
        assertThat(AgentStatusJson.read(AgentStatusJson.write(status))).isEqualTo(status);
    }

    @Property
    void anyBytesAreADocumentOrOneTypedError(@ForAll byte[] bytes) {
        READERS.forEach(reader -> readOrRefuse(reader, bytes));
    }

    @Property(tries = 300)
    void aDamagedDocumentIsADocumentOrOneTypedError(
            @ForAll("statuses") JobStatus status, @ForAll int place, @ForAll byte value) {
        byte[] json = JobStatusJson.write(status);
        json[Math.floorMod(place, json.length)] = value;
        READERS.forEach(reader -> readOrRefuse(reader, json));
        byte[] cut = java.util.Arrays.copyOf(json, Math.floorMod(place, json.length));
        READERS.forEach(reader -> readOrRefuse(reader, cut));
    }

    private static void readOrRefuse(Consumer<byte[]> reader, byte[] bytes) {
        try {
            reader.accept(bytes);
        } catch (MalformedDocumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void refused(Consumer<byte[]> reader, String json) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> reader.accept(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void halfACharacterDoesNotStopAReport() {
        Reason cut = Reason.of("x\ud83d", ReasonCode.USED, "y");
        JobStatus status = new JobStatus(
                1,
                0,
                JobStatus.State.DONE,
                "u",
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Accounts.EMPTY,
                0,
                0,
                Double.NaN,
                0,
                List.of(cut),
                Optional.empty());
        JobStatus read = JobStatusJson.read(JobStatusJson.write(status));
        assertThat(read.reasons().getFirst().source()).isEqualTo("x?");
        assertThat(read.seconds()).isZero();
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() {
        refused(JobRequestJson::read, "{}");
        refused(JobRequestJson::read, "{\"url\":\"ftp://x/\"}");
        refused(JobRequestJson::read, "{\"url\":\"/relative\"}");
        refused(JobRequestJson::read, "{\"url\":\"http:///no-host\"}");
        refused(JobRequestJson::read, "{\"url\":7}");
        refused(JobRequestJson::read, "{\"url\":\"http://x/\",\"url\":\"http://y/\"}");
        refused(JobRequestJson::read, "{\"url\":\"http://x/\",\"sha256\":\"abc\"}");
        refused(JobRequestJson::read, "{\"url\":\"http://x/\",\"bytesPerSecond\":-1}");
        refused(JobRequestJson::read, "{\"url\":\"http://x/\",\"headers\":[{\"name\":\"A b\",\"value\":\"\"}]}");
        refused(
                JobRequestJson::read,
                "{\"url\":\"http://x/\",\"headers\":[{\"name\":\"A\",\"value\":\"a\\r\\nB: c\"}]}");
        refused(
                JobRequestJson::read,
                "{\"url\":\"http://x/\",\"headers\":[" + "{\"name\":\"A\",\"value\":\"\"},".repeat(64)
                        + "{\"name\":\"A\",\"value\":\"\"}]}");
        refused(JobRequestJson::read, "{\"url\":\"http://x/\"} {}");
        refused(JobRequestJson::read, "[".repeat(100_000));
    }

    @Test
    void aRequestReadsBackAsItWasWritten() {
        byte[] manifest = {0, -1};
        JobRequest request = new JobRequest(
                URI.create("https://origin.example/%C3%A4?q=1"),
                List.of(new JobRequest.Header("Authorization", "Basic x\u00e9")),
                Optional.of(Digest.ZERO),
                Optional.of(manifest),
                false,
                Optional.of(new Rate(5)));
        assertThat(JobRequestJson.read(JobRequestJson.write(request)))
                .usingRecursiveComparison()
                .isEqualTo(request);
    }
}
