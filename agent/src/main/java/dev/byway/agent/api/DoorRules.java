package dev.byway.agent.api;

import dev.byway.agent.api.Decision.Allow;
import dev.byway.agent.api.Decision.Deny;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may come in by a loopback door, decided from the request alone. No I/O, no state.
 *
 * <p>The attackers are web pages in the user's own browser and other users of the same machine. A page can make the browser
 * connect here, also under a name of its own that it lets point to 127.0.0.1 (DNS rebinding): {@code Host} gives that away.
 * It can send forms and simple requests across sites: {@code Origin} and {@code Sec-Fetch-Site} give that away, and no
 * header of ours ever allows a page to read an answer. Another user can connect but not read the token, which lies in a
 * file of the agent's user. Cookies do not tell ports apart and so could reach another user's server on this address: a
 * cookie opens the dashboard's pages for reading and nothing else.
 *
 * <p>The order of the checks is part of the rule: without a credential a caller learns nothing, not even which routes exist.
 *
 * @param port the port of this door
 * @param token the bearer token
 * @param session whether a cookie's value is that of a dashboard session
 */
record DoorRules(int port, Secret token, Predicate<String> session) {
    static final String COOKIE = "byway";

    /** Longest request target in characters: a URL of 8 KiB, percent-encoded, and more. */
    static final int MAX_TARGET = 32 * 1024;

    private static final String BEARER = "Bearer ";
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*)+");
    private static final int MAX_COOKIES = 64;

    Decision decide(DoorRequest request) {
        return refusal(request).<Decision>map(deny -> deny).orElseGet(() -> route(request));
    }

    private Optional<Deny> refusal(DoorRequest request) {
        if (!request.remote().isLoopbackAddress()) {
            return deny(403, "not-local", "only this machine may use the local API", "");
        }
        if (!hostIsOurs(request)) {
            return deny(
                    421,
                    "wrong-host",
                    "the Host header does not name this door",
                    "use http://127.0.0.1:" + port + " or localhost");
        }
        if (foreign(request)) {
            return deny(403, "cross-site", "a web page of another site may not use the local API", "");
        }
        if (request.target().length() > MAX_TARGET
                || !PATH.matcher(request.path()).matches()) {
            return deny(400, "bad-path", "the path has a form that no route has", "");
        }
        return Optional.empty();
    }

    private boolean hostIsOurs(DoorRequest request) {
        List<String> hosts = request.values("host");
        if (hosts.size() != 1) {
            return false;
        }
        String host = hosts.getFirst();
        int colon = host.lastIndexOf(':');
        return colon > 0
                && LoopbackName.is(host.substring(0, colon))
                && host.substring(colon + 1).equals(Integer.toString(port));
    }

    /** A page of our own has exactly the origin that the Host header names, which is ours by now. */
    private static boolean foreign(DoorRequest request) {
        String own = "http://" + request.values("host").getFirst();
        boolean foreignOrigin = request.values("origin").stream().anyMatch(origin -> !origin.equals(own));
        boolean foreignSite = request.values("sec-fetch-site").stream()
                .anyMatch(site -> !site.equals("same-origin") && !site.equals("none"));
        return foreignOrigin || foreignSite;
    }

    private Decision route(DoorRequest request) {
        List<Route> here = Route.at(request.path());
        Access access = here.stream().map(Route::access).findFirst().orElse(Access.TOKEN);
        if (!opens(request, access)) {
            return unauthorized(access);
        }
        if (here.isEmpty()) {
            return new Deny(404, new ApiError("unknown-route", "there is nothing here", "see docs/local-api.md"));
        }
        return here.stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst()
                .map(route -> sized(request, route))
                .orElseGet(() -> notAllowed(here));
    }

    private boolean opens(DoorRequest request, Access access) {
        return switch (access) {
            case TOKEN -> hasToken(request);
            case SESSION -> hasSession(request);
            case LINK -> hasSession(request) || Query.of(request.query()).has("once");
        };
    }

    private boolean hasToken(DoorRequest request) {
        List<String> values = request.values("authorization");
        return values.size() == 1
                && values.getFirst().startsWith(BEARER)
                && token.matches(values.getFirst().substring(BEARER.length()));
    }

    private boolean hasSession(DoorRequest request) {
        return request.values("cookie").stream()
                .flatMap(header -> List.of(header.split(";")).stream())
                .limit(MAX_COOKIES)
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .anyMatch(cookie -> session.test(cookie.substring(COOKIE.length() + 1)));
    }

    private static Deny unauthorized(Access access) {
        return switch (access) {
            case TOKEN ->
                new Deny(
                        401,
                        new ApiError(
                                "no-token",
                                "the bearer token is missing or wrong",
                                "send 'Authorization: Bearer TOKEN' with the token of " + ApiFile.NAME
                                        + " in the agent's state folder"));
            case SESSION, LINK ->
                new Deny(
                        401,
                        new ApiError(
                                "no-session",
                                "there is no dashboard session, or it is over",
                                "run 'byway dashboard' for a new link"));
        };
    }

    private static Decision sized(DoorRequest request, Route route) {
        List<String> lengths = request.values("content-length");
        boolean tooLong = lengths.stream()
                .anyMatch(length -> !length.matches("[0-9]{1,12}") || Long.parseLong(length) > route.maxBody());
        return tooLong ? tooLarge(route) : new Allow(route);
    }

    static Deny tooLarge(Route route) {
        String message = "the body is longer than the " + route.maxBody() + " bytes that this route takes";
        return new Deny(413, new ApiError("too-large", message, ""));
    }

    private static Deny notAllowed(List<Route> here) {
        String methods = here.stream().map(Route::method).distinct().collect(Collectors.joining(" or "));
        return new Deny(405, new ApiError("method-not-allowed", "this path takes " + methods, ""));
    }

    private static Optional<Deny> deny(int status, String code, String message, String hint) {
        return Optional.of(new Deny(status, new ApiError(code, message, hint)));
    }
}
