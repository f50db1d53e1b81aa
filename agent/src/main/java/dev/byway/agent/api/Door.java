package dev.byway.agent.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns an HTTP exchange into a request, and an answer into a response. Runs on one virtual thread for each request. */
final class Door implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Door.class.getName());

    /** On every answer: never stored, never framed, nothing but our own files, and no word that lets a page read it. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    private final DoorRules rules;
    private final Routes routes;

    Door(DoorRules rules, Routes routes) {
        this.rules = rules;
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        ALWAYS.forEach(exchange.getResponseHeaders()::set);
        try {
            send(exchange, answer(exchange));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the agent stops", e);
        }
        exchange.close();
    }

    private Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
        DoorRequest request = new DoorRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                exchange.getRemoteAddress().getAddress());
        return switch (rules.decide(request)) {
            case Decision.Deny deny -> refused(exchange, request, deny);
            case Decision.Allow allow -> admitted(exchange, request, allow.route());
        };
    }

    private static Answer refused(HttpExchange exchange, DoorRequest request, Decision.Deny deny) {
        Headers headers = exchange.getResponseHeaders();
        if (deny.status() == 401) {
            headers.set("WWW-Authenticate", "Bearer realm=\"byway\"");
        }
        if (deny.status() == 405) {
            List<Route> here = Route.at(request.path());
            headers.set("Allow", here.stream().map(Route::method).distinct().collect(Collectors.joining(", ")));
        }
        // A refused request's body is not worth reading to its end.
        headers.set("Connection", "close");
        return Answer.error(deny.status(), deny.error());
    }

    private Answer admitted(HttpExchange exchange, DoorRequest request, Route route)
            throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readNBytes(route.maxBody() + 1);
        if (body.length > route.maxBody()) {
            return refused(exchange, request, DoorRules.tooLarge(route));
        }
        try {
            return routes.answer(new ApiCall(route, request, ByteString.of(body)));
        } catch (RequestRefusedException e) {
            return Answer.error(e.status(), e.error());
        } catch (MalformedDocumentException e) {
            return Answer.error(400, new ApiError("bad-request", String.valueOf(e.getMessage()), ""));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "local API: " + route + " failed", e);
            return Answer.error(500, new ApiError("internal", "the agent failed: " + e, "see the agent's log"));
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        switch (answer) {
            case Answer.Whole whole -> {
                boolean bare = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(
                        whole.status(), bare ? -1 : length(whole.body().length()));
                if (!bare) {
                    exchange.getResponseBody().write(whole.body().toArray());
                    // Closing waits for the rest of the request; the answer must be out before.
                    exchange.getResponseBody().flush();
                }
            }
            case Answer.Streamed streamed -> stream(exchange, streamed);
        }
    }

    /**
     * The body's own clean-up must run even when the client is gone before the head is sent; and after a failure the
     * stream is left open, because closing it would mark a part as the whole: the server then cuts the connection.
     */
    private static void stream(HttpExchange exchange, Answer.Streamed answer) throws IOException, InterruptedException {
        answer.body().writeTo(head(exchange, answer));
    }

    private static OutputStream head(HttpExchange exchange, Answer.Streamed answer) {
        try {
            long length = answer.length().isPresent() ? length(answer.length().getAsLong()) : 0;
            exchange.sendResponseHeaders(answer.status(), length);
            return exchange.getResponseBody();
        } catch (IOException e) {
            return new GoneStream(e);
        }
    }

    /** The JDK's server writes 0 as -1, and takes 0 for a body of unknown length. */
    private static long length(long bytes) {
        return bytes == 0 ? -1 : bytes;
    }

    /** Fails at the first byte. */
    private static final class GoneStream extends OutputStream {
        private final IOException why;

        GoneStream(IOException why) {
            this.why = why;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException("the client is gone", why);
        }
    }
}
