package dev.byway.agent.api;

import dev.byway.agent.job.AgentStatus;
import dev.byway.core.content.ContentId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.TreeMap;

/** {@link AgentStatus} as JSON, whole: what is written reads back equal. */
public final class AgentStatusJson {
    /** Longest status that is read, in bytes. */
    static final int MAX_BYTES = 64 << 20;

    private AgentStatusJson() {}

    /** One JSON object on one line, in UTF-8. */
    public static byte[] write(AgentStatus status) {
        return JsonOutput.bytes(json -> {
            json.text("version", status.version());
            json.text("device", status.device());
            json.objects("settings", new TreeMap<>(status.settings()).entrySet(), ExaminationJson::setting);
            json.text("startedAt", status.startedAt().toString());
            json.object(
                    "peerPort",
                    port -> port.number("port", status.peerPort().port())
                            .text("note", status.peerPort().note()));
            json.objects("contents", status.contents(), AgentStatusJson::content);
            json.object("sources", sources -> JobStatusJson.sources(sources, status.sources()));
            json.number("uploaded", status.uploaded()).number("wasted", status.wasted());
            json.object("monthlyUpload", monthly -> monthly(monthly, status.monthly()));
            json.objects("links", status.links(), AgentStatusJson::link);
            json.number("residentBytes", status.residentBytes());
            json.text("coordinator", status.coordinator()).text("discovery", status.discovery());
            json.text("tunnel", status.tunnel());
        });
    }

    static AgentStatus read(byte[] json) {
        return JsonInput.read(json, MAX_BYTES, AgentStatusJson::read);
    }

    private static void monthly(JsonOutput json, AgentStatus.MonthlyUpload monthly) {
        json.text("month", monthly.month().toString()).number("bytes", monthly.bytes());
        json.number("cap", monthly.cap()).flag("assumed", monthly.assumed());
    }

    private static void content(JsonOutput json, AgentStatus.Content content) {
        json.text("contentId", content.id().toString()).text("name", content.name());
        json.number("pieces", content.pieces()).number("of", content.of());
        json.flag("pinned", content.pinned());
        json.text("lastUsed", content.lastUsed().toString());
    }

    private static void link(JsonOutput json, AgentStatus.LinkStatus link) {
        json.text("device", link.device()).text("address", link.address());
        json.flag("dialledHere", link.dialledHere());
        json.text("relation", link.relation()).text("software", link.software());
        json.number("bytesIn", link.bytesIn()).number("bytesOut", link.bytesOut());
    }

    private static AgentStatus read(JsonInput json) {
        return new AgentStatus(
                json.text("version"),
                json.text("device"),
                ExaminationJson.settings(json),
                json.parsed("startedAt", Instant::parse),
                json.object("peerPort", port -> new AgentStatus.PeerPort(port.smallCount("port"), port.text("note"))),
                json.objects("contents", AgentStatusJson::content),
                json.object("sources", JobStatusJson::sources),
                json.count("uploaded"),
                json.object("monthlyUpload", AgentStatusJson::monthly),
                json.count("wasted"),
                json.objects("links", AgentStatusJson::link),
                json.count("residentBytes"),
                json.optionalText("coordinator"),
                json.text("discovery"),
                json.text("tunnel"));
    }

    private static AgentStatus.MonthlyUpload monthly(JsonInput json) {
        return new AgentStatus.MonthlyUpload(
                json.parsed("month", YearMonth::parse),
                json.count("bytes"),
                json.optionalCount("cap"),
                json.flag("assumed", false));
    }

    private static AgentStatus.Content content(JsonInput json) {
        return new AgentStatus.Content(
                json.parsed("contentId", ContentId::parse),
                json.text("name"),
                json.smallCount("pieces"),
                json.smallCount("of"),
                json.flag("pinned", false),
                json.parsed("lastUsed", Instant::parse));
    }

    private static AgentStatus.LinkStatus link(JsonInput json) {
        return new AgentStatus.LinkStatus(
                json.text("device"),
                json.text("address"),
                json.flag("dialledHere", false),
                json.text("relation"),
                json.text("software"),
                json.count("bytesIn"),
                json.count("bytesOut"));
    }
}
