package dev.byway.coordinator.http;

import dev.byway.coordinator.announce.Events;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the table of routes into the web server. Every request takes the same way: {@link Gate}, body within its limit, {@link
 * Handler}, answer; every error becomes a {@link Refusal}. Runs on the web server's virtual threads.
 */
public final class Service {
    private static final Logger LOG = System.getLogger(Service.class.getName());

    private final Gate gate;
    private final Handlers handlers;
    private final Events events;

    /** Serves {@code handlers} behind {@code authentication}. */
    public Service(Authentication authentication, Handlers handlers, Events events, Supplier<Moment> clock) {
        this.gate = new Gate(authentication, new Buckets(clock));
        this.handlers = handlers;
        this.events = events;
    }

    /** All routes, and an answer for everything that is none. */
    public HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Route route : Route.values()) {
            Handler handler = handlers.of(route);
            routing.route(
                    Method.create(route.method()),
                    route.path(),
                    (request, response) -> serve(route, handler, request, response));
        }
        return routing.any(this::strange);
    }

    private void serve(Route route, Handler handler, ServerRequest request, ServerResponse response) {
        try {
            InetAddress address = observed(request);
            Caller caller = gate.admit(route, header(request), certificate(request), address);
            byte[] body = body(request, route.maxBody());
            send(
                    response,
                    handler.handle(
                            new Request(caller, address, name -> parameter(request, name), ByteString.of(body))));
        } catch (RefusedException e) {
            refuse(response, e.refusal());
        } catch (MalformedMessageException e) {
            refuse(response, Refusal.of(Refusal.Reason.MALFORMED, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> route + ": the caller is gone: " + e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, route + " failed", e);
            refuse(response, Refusal.of(Refusal.Reason.FAILED, "the coordinator failed; its log says more"));
        }
    }

    private void strange(ServerRequest request, ServerResponse response) {
        try {
            gate.strange(observed(request));
            refuse(response, Refusal.of(Refusal.Reason.NOT_FOUND, "there is no such route"));
        } catch (RefusedException e) {
            refuse(response, e.refusal());
        }
    }

    private static InetAddress observed(ServerRequest request) {
        if (request.remotePeer().address() instanceof InetSocketAddress socket) {
            return socket.getAddress();
        }
        throw new IllegalStateException("not a TCP connection");
    }

    private static Optional<String> header(ServerRequest request) {
        return request.headers().first(HeaderNames.AUTHORIZATION);
    }

    private static Optional<X509Certificate> certificate(ServerRequest request) {
        return request.remotePeer()
                .tlsCertificates()
                .filter(chain -> chain.length > 0)
                .flatMap(chain -> chain[0] instanceof X509Certificate leaf ? Optional.of(leaf) : Optional.empty());
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        return request.path()
                .pathParameters()
                .first(name)
                .asOptional()
                .or(() -> request.query().first(name).asOptional());
    }

    private static byte[] body(ServerRequest request, int max) throws IOException {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (request.headers().contentLength().orElse(0) > max) {
            throw tooLarge(max);
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(max);
            if (body.length == max && in.read() >= 0) {
                throw tooLarge(max);
            }
            return body;
        }
    }

    private static RefusedException tooLarge(int max) {
        return new RefusedException(Refusal.Reason.TOO_LARGE, "the body has more than " + max + " bytes");
    }

    private void send(ServerResponse response, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Json json -> {
                response.header(HeaderNames.CONTENT_TYPE, "application/json");
                response.send(json.message().bytes());
            }
            case Answer.Bytes bytes -> {
                response.header(HeaderNames.CONTENT_TYPE, bytes.mediaType());
                response.send(bytes.bytes().toArray());
            }
            case Answer.Done _ -> response.status(Status.NO_CONTENT_204).send();
            case Answer.Stream stream -> hold(response, stream);
        }
    }

    private void hold(ServerResponse response, Answer.Stream stream) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        try (OutputStream out = response.outputStream()) {
            for (var event = Optional.of(first()); event.isPresent(); event = next(stream)) {
                out.write(event.get());
                out.flush();
            }
        } finally {
            events.ended(stream.device(), stream.events());
        }
    }

    private static byte[] first() {
        return line(new FleetEvent.Heartbeat().bytes());
    }

    private static Optional<byte[]> next(Answer.Stream stream) throws IOException {
        try {
            return stream.events().next(FleetLimits.HEARTBEAT).map(event -> line(event.bytes()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private static void refuse(ServerResponse response, Refusal refusal) {
        if (response.isSent()) {
            return;
        }
        refusal.retryAfter()
                .ifPresent(
                        time -> response.header(HeaderNames.RETRY_AFTER, Long.toString(Math.max(1, time.toSeconds()))));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.status(Status.create(refusal.reason().status())).send(refusal.bytes());
    }
}
