package dev.byway.agent.api;

import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.account.SourceBytes;
import dev.byway.core.account.SourceKind;
import java.util.List;

/** The dashboard as HTML. Names and URLs come from outside and are escaped. */
final class DashboardPage {
    private DashboardPage() {}

    static String page(AgentStatus status, List<JobStatus> jobs) {
        return "<!doctype html><html lang=en><meta charset=utf-8><title>Byway</title>"
                + "<link rel=stylesheet href=/dash/page.css><script src=/dash/page.js defer></script>"
                + "<h1>Byway on this device</h1><p id=note></p><main id=content>"
                + content(status, jobs)
                + "</main></html>";
    }

    static String content(AgentStatus status, List<JobStatus> jobs) {
        Html html = new Html();
        device(html, status);
        jobs(html, jobs);
        sources(html, status.sources());
        links(html, status.links());
        contents(html, status.contents());
        return html.toString();
    }

    private static void device(Html html, AgentStatus status) {
        html.raw("<p>Device ").text(status.device()).raw(", version ").text(status.version());
        html.raw(", since ").text(Html.readable(status.startedAt())).raw("<br>Peers may dial: ");
        html.text(
                status.peerPort().port() == 0
                        ? "no"
                        : "TCP port " + status.peerPort().port());
        html.text(
                status.peerPort().note().isEmpty()
                        ? ""
                        : " (" + status.peerPort().note() + ")");
        html.raw("<br>Coordinator: ").text(status.coordinator().orElse("none"));
        html.raw("<br>Discovery: ").text(status.discovery());
        html.raw("<br>Tunnel: ").text(status.tunnel());
        html.raw("<br>Given to peers: ").text(Html.readable(status.uploaded()));
        html.raw("; to the Internet in ")
                .text(status.monthly().month().toString())
                .raw(": ");
        html.text(Html.readable(status.monthly().bytes()));
        status.monthly().cap().ifPresent(cap -> html.raw(" of ").text(Html.readable(cap)));
        html.raw("; received in vain: ").text(Html.readable(status.wasted()));
        html.raw("; memory: ").text(Html.readable(status.residentBytes())).raw("</p>");
    }

    private static void jobs(Html html, List<JobStatus> jobs) {
        html.raw("<h2>Downloads</h2>");
        if (jobs.isEmpty()) {
            html.raw("<p>None since the start.</p>");
            return;
        }
        html.raw("<table><tr><th>URL<th>State<th>Ready<th class=number>Rate<th class=number>From peers</tr>");
        for (JobStatus job : jobs) {
            html.raw("<tr>").cell(job.url());
            html.cell(JsonOutput.word(job.state())
                    + job.failure().map(failure -> ": " + failure.message()).orElse(""));
            html.raw("<td>").text(Html.readable(job.readyBytes()));
            job.length().ifPresent(length -> html.raw(" of ").text(Html.readable(length)));
            html.raw("</td><td class=number>")
                    .text(job.isOver() ? "" : Html.readable(job.bytesPerSecond()) + "/s")
                    .raw("</td>");
            html.size(job.accounts().sources().fromPeers()).raw("</tr>");
        }
        html.raw("</table>");
    }

    private static void sources(Html html, SourceBytes sources) {
        html.raw("<h2>Where bytes came from since the start</h2><table>");
        for (SourceKind kind : SourceKind.values()) {
            html.raw("<tr>").cell(kind.field()).size(sources.from(kind)).raw("</tr>");
        }
        html.raw("</table>");
    }

    private static void links(Html html, List<AgentStatus.LinkStatus> links) {
        html.raw("<h2>Links</h2>");
        if (links.isEmpty()) {
            html.raw("<p>None. A device links when it holds or wants shareable content.</p>");
            return;
        }
        html.raw("<table><tr><th>Device<th>Address<th>Relation<th>Dialled by<th>Software")
                .raw("<th class=number>In<th class=number>Out</tr>");
        for (AgentStatus.LinkStatus link : links) {
            html.raw("<tr>").id(link.device()).cell(link.address()).cell(link.relation());
            html.cell(link.dialledHere() ? "this device" : "the peer").cell(link.software());
            html.size(link.bytesIn()).size(link.bytesOut()).raw("</tr>");
        }
        html.raw("</table>");
    }

    private static void contents(Html html, List<AgentStatus.Content> contents) {
        html.raw("<h2>Cache</h2>");
        if (contents.isEmpty()) {
            html.raw("<p>Empty.</p>");
            return;
        }
        html.raw("<table><tr><th>Name<th>Content<th class=number>Pieces<th class=number>of")
                .raw("<th>Pinned<th>Last used</tr>");
        for (AgentStatus.Content content : contents) {
            html.raw("<tr>").cell(content.name()).id(content.id().toString());
            html.number(content.pieces()).number(content.of()).cell(content.pinned() ? "yes" : "");
            html.cell(Html.readable(content.lastUsed())).raw("</tr>");
        }
        html.raw("</table>");
    }
}
