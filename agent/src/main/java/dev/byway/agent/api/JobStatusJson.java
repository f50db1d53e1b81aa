package dev.byway.agent.api;

import dev.byway.agent.job.JobStatus;
import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contribution;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.unit.ByteRange;
import java.time.Duration;
import java.util.List;

/** {@link JobStatus} as JSON, whole: what is written reads back equal. */
public final class JobStatusJson {
    /** Longest status or list of statuses that is read, in bytes. */
    static final int MAX_BYTES = 64 << 20;

    private JobStatusJson() {}

    /** One JSON object on one line, in UTF-8. */
    public static byte[] write(JobStatus status) {
        return JsonOutput.bytes(json -> fields(json, status));
    }

    static byte[] writeAll(List<JobStatus> statuses) {
        return JsonOutput.bytes(json -> json.objects("jobs", statuses, JobStatusJson::fields));
    }

    static JobStatus read(byte[] json) {
        return JsonInput.read(json, MAX_BYTES, JobStatusJson::read);
    }

    static List<JobStatus> readAll(byte[] json) {
        return JsonInput.read(json, MAX_BYTES, list -> list.objects("jobs", JobStatusJson::read));
    }

    private static void fields(JsonOutput json, JobStatus status) {
        json.number("version", status.version());
        json.number("generation", status.generation());
        json.text("state", JsonOutput.word(status.state()));
        json.text("url", status.url());
        json.text("contentId", status.content().map(ContentId::toString));
        json.number("length", status.length());
        json.pairs("ready", status.ready(), range -> new long[] {range.offset(), range.length()});
        json.number("bytes", status.accounts().bytes());
        json.object("sources", sources -> sources(sources, status.accounts().sources()));
        json.object("wasted", sources -> sources(sources, status.accounts().wasted()));
        json.number("peers", status.accounts().peers());
        json.objects("contributions", status.accounts().contributions(), JobStatusJson::contribution);
        json.number("held", status.held());
        json.number("bytesPerSecond", status.bytesPerSecond());
        json.decimal("seconds", status.seconds());
        json.number("neighbours", status.neighbours());
        json.objects("reasons", status.reasons(), JobStatusJson::reason);
        status.failure()
                .ifPresent(failure -> json.object(
                        "failure", field -> field.text("kind", failure.kind()).text("message", failure.message())));
    }

    static void sources(JsonOutput json, SourceBytes bytes) {
        for (SourceKind kind : SourceKind.values()) {
            json.number(kind.field(), bytes.from(kind));
        }
    }

    private static void contribution(JsonOutput json, Contribution from) {
        json.text("kind", from.from().kind().field()).text("name", from.from().name());
        json.number("verified", from.verified()).number("wasted", from.wasted());
    }

    private static void reason(JsonOutput json, Reason reason) {
        json.text("source", reason.source()).text("code", reason.code().name());
        json.text("setting", reason.setting()).text("detail", reason.detail());
        reason.timing().ifPresent(when -> json.object("timing", field -> timing(field, when)));
    }

    private static void timing(JsonOutput json, Reason.Timing when) {
        json.number("firstMillis", when.first().toMillis());
        json.number("lastMillis", when.last().toMillis());
        json.number("times", when.times());
        json.number("waitedMillis", when.waited().toMillis());
    }

    private static JobStatus read(JsonInput json) {
        Accounts accounts = new Accounts(
                json.object("sources", JobStatusJson::sources),
                json.object("wasted", JobStatusJson::sources),
                json.smallCount("peers"),
                json.objects("contributions", JobStatusJson::contribution));
        return new JobStatus(
                json.number("version"),
                json.count("generation"),
                json.word("state", JobStatus.State.class),
                json.text("url"),
                json.optional("contentId", ContentId::parse),
                json.optionalCount("length"),
                json.pairs("ready", pair -> new ByteRange(pair[0], pair[1])),
                accounts,
                json.count("held"),
                json.count("bytesPerSecond"),
                json.decimal("seconds"),
                json.smallCount("neighbours"),
                json.objects("reasons", JobStatusJson::reason),
                json.optionalObject(
                        "failure", field -> new JobStatus.Failure(field.text("kind"), field.text("message"))));
    }

    static SourceBytes sources(JsonInput json) {
        SourceBytes bytes = SourceBytes.NONE;
        for (SourceKind kind : SourceKind.values()) {
            bytes = bytes.plus(SourceBytes.of(kind, json.count(kind.field())));
        }
        return bytes;
    }

    private static Contribution contribution(JsonInput json) {
        Contributor from = new Contributor(json.word("kind", SourceKind.class), json.text("name"));
        return new Contribution(from, json.count("verified"), json.count("wasted"));
    }

    private static Reason reason(JsonInput json) {
        return new Reason(
                json.text("source"),
                json.parsed("code", ReasonCode::valueOf),
                json.optionalText("setting"),
                json.text("detail"),
                json.optionalObject("timing", JobStatusJson::timing));
    }

    private static Reason.Timing timing(JsonInput json) {
        return new Reason.Timing(
                Duration.ofMillis(json.count("firstMillis")),
                Duration.ofMillis(json.count("lastMillis")),
                json.count("times"),
                Duration.ofMillis(json.count("waitedMillis")));
    }
}
