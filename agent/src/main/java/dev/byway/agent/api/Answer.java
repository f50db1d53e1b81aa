package dev.byway.agent.api;

import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;

/** What a route answers. */
sealed interface Answer {
    String JSON = "application/json";
    String LINES = "application/x-ndjson";
    String FILE = "application/octet-stream";

    int status();

    /** Header fields, content type included. */
    Map<String, String> headers();

    /** A body at hand. */
    record Whole(int status, Map<String, String> headers, ByteString body) implements Answer {}

    /**
     * A body that is written as it comes to be.
     *
     * @param length its bytes, if known
     */
    record Streamed(int status, Map<String, String> headers, OptionalLong length, Body body) implements Answer {}

    /** Writes a body; a failure breaks the connection, so that no client takes the part for the whole. */
    interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    static Answer json(int status, byte[] body) {
        return new Whole(status, Map.of("Content-Type", JSON), ByteString.of(body));
    }

    static Answer error(int status, ApiError error) {
        return json(status, error.json());
    }
}
