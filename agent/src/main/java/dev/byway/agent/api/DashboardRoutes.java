package dev.byway.agent.api;

import dev.byway.agent.job.LocalAgent;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The routes of the dashboard: a page for reading, written whole by the server. Any thread. */
final class DashboardRoutes {
    private static final String HTML = "text/html; charset=utf-8";

    private final LocalAgent agent;
    private final Sessions sessions;
    private final String url;

    DashboardRoutes(LocalAgent agent, Sessions sessions, String url) {
        this.agent = agent;
        this.sessions = sessions;
        this.url = url;
    }

    Answer link() {
        String once = sessions.newLink(System.nanoTime()).reveal();
        return Answer.json(
                200,
                JsonOutput.bytes(json -> json.text("url", url + "/dash?once=" + once)
                        .number("seconds", Sessions.LINK_LIFE.toSeconds())));
    }

    /** A one-time link becomes a cookie and leaves the address bar; with the cookie comes the page. */
    Answer page(ApiCall call) {
        Optional<String> once = call.query().text("once");
        return once.isPresent()
                ? redeem(once.get())
                : html(DashboardPage.page(agent.status(), agent.jobs().recent()));
    }

    private Answer redeem(String once) {
        Secret cookie = sessions.redeem(once, System.nanoTime())
                .orElseThrow(() -> new RequestRefusedException(
                        401,
                        "link-used",
                        "this link was used already, or is too old",
                        "run 'byway dashboard' for a new one"));
        String value = DoorRules.COOKIE + "=" + cookie.reveal() + "; Path=/dash; HttpOnly; SameSite=Strict";
        return new Answer.Whole(303, Map.of("Location", "/dash", "Set-Cookie", value), ByteString.EMPTY);
    }

    Answer content() {
        return html(DashboardPage.content(agent.status(), agent.jobs().recent()));
    }

    Answer script() {
        return file("page.js", "text/javascript; charset=utf-8");
    }

    Answer style() {
        return file("page.css", "text/css; charset=utf-8");
    }

    private static Answer html(String text) {
        return new Answer.Whole(
                200, Map.of("Content-Type", HTML), ByteString.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer file(String name, String type) {
        try (InputStream in = DashboardRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build of Byway");
            }
            return new Answer.Whole(200, Map.of("Content-Type", type), ByteString.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
