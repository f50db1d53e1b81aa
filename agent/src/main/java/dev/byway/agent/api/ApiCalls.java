package dev.byway.agent.api;

import dev.byway.agent.api.ApiException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Requests to the local API, with what goes wrong as {@link ApiException}. Any thread. */
final class ApiCalls {
    /** Longest silence of an answer that is ready at once. */
    static final Duration SHORT = Duration.ofSeconds(30);

    private static final int MAX_ERROR = 64 * 1024;
    private static final int MAX_SMALL = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final LoopbackHttp http;

    ApiCalls(LoopbackHttp http) {
        this.http = http;
    }

    byte[] get(String target, int maxBytes, Duration timeout) {
        return whole("GET", target, NOTHING, maxBytes, timeout);
    }

    byte[] post(String target, byte[] body, int maxBytes, Duration timeout) {
        return whole("POST", target, body, maxBytes, timeout);
    }

    byte[] post(String target, byte[] body, Duration timeout) {
        return whole("POST", target, body, MAX_SMALL, timeout);
    }

    byte[] delete(String target) {
        return whole("DELETE", target, NOTHING, MAX_SMALL, SHORT);
    }

    private byte[] whole(String method, String target, byte[] body, int maxBytes, Duration timeout) {
        try {
            return http.send(method, target, "", body, timeout, response -> {
                refuseErrors(response);
                return response.bytes(maxBytes);
            });
        } catch (IOException e) {
            throw gone(e);
        } catch (MalformedDocumentException e) {
            throw notUnderstood(e);
        }
    }

    /** Hands a body, of any length, to {@code reader}; its own failures come out as they are. */
    void stream(String target, String header, LoopbackHttp.Reader<Long> reader) throws IOException {
        try {
            http.send("GET", target, header, NOTHING, SHORT, response -> {
                refuseErrors(response);
                return reader.read(response);
            });
        } catch (MalformedDocumentException e) {
            throw notUnderstood(e);
        }
    }

    private static void refuseErrors(HttpResponse response) throws IOException {
        if (response.status() < 300) {
            return;
        }
        ApiError error = ApiError.read(response.bytes(MAX_ERROR));
        throw new ApiException(response.status() == 404 ? Kind.NOT_FOUND : Kind.REFUSED, response.status(), error);
    }

    static ApiException gone(IOException e) {
        return new ApiException(
                Kind.GONE, "the agent does not answer (" + e.getMessage() + "); has it been stopped?", e);
    }

    /** What {@code reading} makes of an answer; what it cannot read is the agent's fault. */
    static <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedDocumentException e) {
            throw notUnderstood(e);
        }
    }

    private static ApiException notUnderstood(MalformedDocumentException e) {
        return new ApiException(
                Kind.NOT_UNDERSTOOD,
                "the agent's answer makes no sense here: " + e.getMessage()
                        + "; is the agent of another release? Restart it with this one",
                e);
    }

    void close() {
        try {
            http.close();
        } catch (IOException e) {
            // Idle connections that cannot be closed are as gone as closed ones.
        }
    }
}
