package dev.byway.agent.api;

import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Examination;
import dev.byway.core.doctor.Question;
import dev.byway.core.doctor.Trial;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.Validity;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Hearing;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@link Examination} as JSON, whole: what is written reads back equal. */
final class ExaminationJson {
    static final int MAX_BYTES = 1 << 20;

    /** Longest request in bytes. */
    static final int MAX_REQUEST = 1024;

    private ExaminationJson() {}

    /** The request. */
    static byte[] write(Question question) {
        return JsonOutput.bytes(json -> json.text("content", question.content().map(ContentId::toString))
                .objects("peer", question.peer(), ExaminationJson::endpoint));
    }

    /** A request; an empty one asks about nothing in particular. */
    static Question question(ByteString request) {
        return request.length() == 0
                ? Question.NONE
                : JsonInput.read(request.toArray(), MAX_REQUEST, ExaminationJson::question);
    }

    private static Question question(JsonInput json) {
        List<Endpoint> peer = json.objects("peer", ExaminationJson::endpoint);
        if (peer.size() > Question.MOST_ADDRESSES) {
            throw new MalformedDocumentException("'peer' has more than " + Question.MOST_ADDRESSES + " addresses");
        }
        return new Question(json.optional("content", ContentId::parse), peer);
    }

    private static void endpoint(JsonOutput json, Endpoint endpoint) {
        json.text("address", endpoint.address().getHostAddress()).number("port", endpoint.port());
    }

    private static Endpoint endpoint(JsonInput json) {
        int port = json.smallCount("port");
        if (port < 1 || port > 65_535) {
            throw new MalformedDocumentException("'port' is not 1 to 65535");
        }
        return new Endpoint(json.parsed("address", InetAddress::ofLiteral), port);
    }

    static byte[] write(Examination seen) {
        return JsonOutput.bytes(json -> {
            json.text("version", seen.version());
            json.objects("settings", new TreeMap<>(seen.settings()).entrySet(), ExaminationJson::setting);
            json.number("port", seen.port()).text("portNote", seen.portNote());
            json.objects("downloads", seen.downloads(), ExaminationJson::reason);
            json.objects("uploads", seen.uploads(), ExaminationJson::reason);
            json.objects("neighbours", seen.neighbours(), ExaminationJson::neighbour);
            seen.fleet().ifPresent(fleet -> json.object("fleet", out -> fleet(out, fleet)));
            json.object("tunnel", out -> TunnelJson.write(out, seen.tunnel()));
            json.text("cache", seen.cache());
        });
    }

    static void setting(JsonOutput json, Map.Entry<String, String> entry) {
        json.text("name", entry.getKey()).text("value", entry.getValue());
    }

    private static void reason(JsonOutput json, Reason reason) {
        json.text("source", reason.source()).text("code", reason.code().name());
        json.text("setting", reason.setting()).text("detail", reason.detail());
    }

    private static void neighbour(JsonOutput json, Examination.Neighbour one) {
        json.text("device", one.device()).text("address", one.address());
        json.flag("heard", one.heard()).flag("named", one.named()).flag("asked", one.asked());
        json.object("outward", trial -> trial(trial, one.outward()));
        json.object("inward", trial -> trial(trial, one.inward()));
        json.text("hearing", JsonOutput.word(one.hearing()));
    }

    private static void trial(JsonOutput json, Trial trial) {
        json.text("outcome", JsonOutput.word(trial.outcome())).text("detail", trial.detail());
    }

    private static void fleet(JsonOutput json, Examination.Fleet fleet) {
        json.text("url", fleet.url());
        // The coordinator's message as it is: it has limits and a reader of its own.
        json.text("nearby", fleet.nearby().map(near -> new String(near.bytes(), StandardCharsets.UTF_8)));
        json.flag("refused", fleet.refused()).text("trouble", fleet.trouble());
        json.object("routeIn", trial -> trial(trial, fleet.routeIn()));
        json.text("certificateFrom", fleet.certificate().from().toString());
        json.text("certificateUntil", fleet.certificate().until().toString());
    }

    static Examination read(byte[] json) {
        return JsonInput.read(json, MAX_BYTES, ExaminationJson::read);
    }

    static Map<String, String> settings(JsonInput json) {
        List<Map.Entry<String, String>> settings =
                json.objects("settings", entry -> Map.entry(entry.text("name"), entry.text("value")));
        return settings.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a));
    }

    private static Examination read(JsonInput json) {
        return new Examination(
                json.text("version"),
                settings(json),
                json.smallCount("port"),
                json.text("portNote"),
                json.objects("downloads", ExaminationJson::reason),
                json.objects("uploads", ExaminationJson::reason),
                json.objects("neighbours", ExaminationJson::neighbour),
                json.optionalObject("fleet", ExaminationJson::fleet),
                json.object("tunnel", TunnelJson::read),
                json.text("cache"));
    }

    private static Reason reason(JsonInput json) {
        return new Reason(
                json.text("source"),
                json.parsed("code", ReasonCode::valueOf),
                json.optionalText("setting"),
                json.text("detail"));
    }

    private static Examination.Neighbour neighbour(JsonInput json) {
        return new Examination.Neighbour(
                json.text("device"),
                json.text("address"),
                json.flag("heard", false),
                json.flag("named", false),
                json.flag("asked", false),
                json.object("outward", ExaminationJson::trial),
                json.object("inward", ExaminationJson::trial),
                json.word("hearing", Hearing.class));
    }

    private static Trial trial(JsonInput json) {
        return new Trial(json.word("outcome", ProbeOutcome.class), json.text("detail"));
    }

    private static Nearby nearby(String text) {
        try {
            return Nearby.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            throw new MalformedDocumentException("'nearby' cannot be read: " + e.getMessage());
        }
    }

    private static Examination.Fleet fleet(JsonInput json) {
        Optional<Nearby> nearby = json.optional("nearby", ExaminationJson::nearby);
        return new Examination.Fleet(
                json.text("url"),
                nearby,
                json.flag("refused", false),
                json.text("trouble"),
                json.object("routeIn", ExaminationJson::trial),
                new Validity(
                        json.parsed("certificateFrom", Instant::parse),
                        json.parsed("certificateUntil", Instant::parse)));
    }
}
