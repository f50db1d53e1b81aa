package dev.byway.cli.local;

import dev.byway.agent.job.JobStatus;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.terminal.ClosingLine;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.content.ContentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a download went: what {@code get --json} prints, what {@code why} explains.
 *
 * @param url without query and userinfo
 * @param contentId once known
 * @param file where it was put, when it was
 * @param length of the file, once known
 * @param held bytes of it that were here before
 * @param seconds that it took
 * @param sources bytes fetched by source; add up to {@link #bytes()}
 * @param wasted bytes that came in vain
 * @param peers devices that gave something
 * @param reasons why sources gave nothing, or less
 * @param state how far it came
 * @param failure why it failed
 */
public record Report(
        String url,
        Optional<String> contentId,
        Optional<String> file,
        long length,
        long held,
        double seconds,
        SourceBytes sources,
        long wasted,
        int peers,
        List<Reason> reasons,
        JobStatus.State state,
        Optional<JobStatus.Failure> failure) {
    public Report {
        reasons = List.copyOf(reasons);
    }

    /** Of a job, with accounts that may count more than this one job's. */
    public static Report of(JobStatus status, Accounts accounts, double seconds, Optional<String> file) {
        long length = status.length().orElse(accounts.bytes());
        return new Report(
                status.url(),
                status.content().map(Object::toString),
                file.filter(_ -> status.state() == JobStatus.State.DONE),
                length,
                Math.max(0, length - accounts.bytes()),
                seconds,
                accounts.sources(),
                accounts.wastedBytes(),
                accounts.peers(),
                status.reasons(),
                status.state(),
                status.failure());
    }

    /** Of a job as its agent tells it. */
    public static Report of(JobStatus status) {
        return of(status, status.accounts(), status.seconds(), Optional.empty());
    }

    /** The content, once known. */
    public Optional<ContentId> content() {
        try {
            return contentId.map(ContentId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // written by another release
        }
    }

    /** One line for people. */
    public String closingLine() {
        return ClosingLine.of(length, Duration.ofMillis(Math.round(seconds * 1000)), held, sources, peers);
    }

    /** What is wrong with the manifest, the content or this device, though the file came: nobody should have to ask for it. */
    public List<Reason> faults() {
        return reasons.stream()
                .filter(reason -> reason.code().weight() == ReasonCode.Weight.FAULT)
                .filter(reason -> reason.code().topic() == ReasonCode.Topic.CONTENT
                        || reason.code().topic() == ReasonCode.Topic.DEVICE)
                .toList();
    }

    /** Bytes fetched. */
    public long bytes() {
        return sources.total();
    }

    /** The object that scripts read; its fields are an API. */
    public ObjectNode toJson() {
        ObjectNode node = Json.object();
        node.put("url", url);
        node.put("contentId", contentId.orElse(null));
        node.put("file", file.orElse(null));
        node.put("bytes", bytes());
        node.put("seconds", Math.round(seconds * 1000) / 1000.0);
        putSources(node.putObject("sources"), sources);
        node.put("wasted", wasted);
        node.put("peers", peers);
        node.set("reasons", Json.array(reasons, Report::putReason));
        node.put("length", length);
        node.put("held", held);
        node.put("state", state.name());
        failure.ifPresent(f -> node.putObject("error")
                .put("exit", ExitCode.FAILED.number())
                .put("kind", f.kind())
                .put("message", f.message()));
        return node;
    }

    /** Bytes by source, under the names that all reports use. */
    public static void putSources(ObjectNode node, SourceBytes sources) {
        node.put("origin", sources.origin())
                .put("cache", sources.cache())
                .put("lan", sources.lan())
                .put("group", sources.group())
                .put("internet", sources.internet());
    }

    private static void putReason(ObjectNode node, Reason reason) {
        node.put("source", reason.source())
                .put("code", reason.code().name())
                .put("setting", reason.setting().orElse(null))
                .put("detail", reason.detail());
        reason.timing()
                .ifPresent(when -> node.putObject("timing")
                        .put("firstMillis", when.first().toMillis())
                        .put("lastMillis", when.last().toMillis())
                        .put("times", when.times())
                        .put("waitedMillis", when.waited().toMillis()));
    }

    private static Optional<Reason.Timing> timing(JsonNode node) {
        return Optional.of(node.path("timing"))
                .filter(JsonNode::isObject)
                .map(when -> new Reason.Timing(
                        millis(when, "firstMillis"),
                        millis(when, "lastMillis"),
                        when.path("times").asLong(1),
                        millis(when, "waitedMillis")));
    }

    private static Duration millis(JsonNode node, String name) {
        return Duration.ofMillis(node.path(name).asLong(0));
    }

    /** Reads what {@link #toJson()} wrote; empty for what another release wrote differently. */
    static Optional<Report> fromJson(JsonNode node) {
        try {
            JsonNode sources = node.path("sources");
            List<Reason> reasons = new ArrayList<>();
            node.path("reasons").forEach(reason -> readReason(reason).ifPresent(reasons::add));
            return Optional.of(new Report(
                    node.path("url").asString(""),
                    text(node, "contentId"),
                    text(node, "file"),
                    node.path("length").asLong(0),
                    node.path("held").asLong(0),
                    node.path("seconds").asDouble(0),
                    new SourceBytes(
                            sources.path("origin").asLong(0),
                            sources.path("cache").asLong(0),
                            sources.path("lan").asLong(0),
                            sources.path("group").asLong(0),
                            sources.path("internet").asLong(0)),
                    node.path("wasted").asLong(0),
                    node.path("peers").asInt(0),
                    reasons,
                    JobStatus.State.valueOf(node.path("state").asString("")),
                    Optional.of(node.path("error"))
                            .filter(JsonNode::isObject)
                            .map(e -> new JobStatus.Failure(
                                    e.path("kind").asString(""),
                                    e.path("message").asString("")))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Reason> readReason(JsonNode node) {
        String code = node.path("code").asString("");
        return Stream.of(ReasonCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(known -> new Reason(
                        node.path("source").asString(""),
                        known,
                        text(node, "setting"),
                        node.path("detail").asString(""),
                        timing(node)));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }
}
