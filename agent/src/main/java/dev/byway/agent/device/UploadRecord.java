package dev.byway.agent.device;

import dev.byway.agent.identity.IdentityException;
import dev.byway.agent.identity.PrivateFile;
import dev.byway.core.json.JsonTree;
import dev.byway.core.policy.MonthlyUpload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the count of a month's uploads is kept: {@code uploads.json} of the state folder, replaced as a whole or not at all.
 *
 * @param file its path
 */
record UploadRecord(Path file) {
    /** Name of the file in the state folder. */
    static final String FILE = "uploads.json";

    /**
     * What {@link #write} wrote last; empty when there is no such file.
     *
     * @throws IdentityException when it cannot be read, or says something else; the message says what
     */
    Optional<MonthlyUpload> read() {
        return PrivateFile.read(file).map(this::parse);
    }

    private MonthlyUpload parse(String text) {
        try {
            JsonNode node = JsonTree.read(text);
            JsonNode behind = node.path("behind");
            return new MonthlyUpload(
                    YearMonth.parse(node.required("month").stringValue()),
                    node.required("bytes").longValue(),
                    node.required("assumed").booleanValue(),
                    behind.isMissingNode() ? Optional.empty() : Optional.of(Instant.parse(behind.stringValue())));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new IdentityException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps the count in place of the last one.
     *
     * @throws IdentityException when the disk fails
     */
    void write(MonthlyUpload given) {
        ObjectNode node = JsonTree.object();
        node.put("month", given.month().toString());
        node.put("bytes", given.bytes());
        node.put("assumed", given.assumed());
        given.behind().ifPresent(since -> node.put("behind", since.toString()));
        PrivateFile.write(file, new String(JsonTree.write(node), StandardCharsets.UTF_8));
    }
}
