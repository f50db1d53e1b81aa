package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Which content is at this URL?" In a body, never in a path, so that no URL gets into a log of requests.
 *
 * @param url http or https, without query and user information
 * @param patience how long the answer may wait for the coordinator to find out, at most {@link #MAX_PATIENCE}
 * @param outdated a content of which the coordinator said so, and that is not there any more
 */
public record LookupRequest(String url, Duration patience, Optional<ContentId> outdated) implements Message {
    /** Longest wait for an answer. */
    public static final Duration MAX_PATIENCE = Duration.ofSeconds(2);

    public LookupRequest {
        if ((!startsWith(url, "https://") && !startsWith(url, "http://")) || url.length() > FleetLimits.URL) {
            throw new IllegalArgumentException(
                    "a URL to look up is http or https and has at most " + FleetLimits.URL + " characters");
        }
        if (patience.isNegative() || patience.compareTo(MAX_PATIENCE) > 0) {
            throw new IllegalArgumentException("an answer waits for 0 to " + MAX_PATIENCE.toMillis() + " ms");
        }
    }

    /** To be answered at once. */
    public static LookupRequest of(String url) {
        return new LookupRequest(url, Duration.ZERO, Optional.empty());
    }

    private static boolean startsWith(String url, String scheme) {
        return url.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Reads a message; see {@link Message}. */
    public static LookupRequest read(byte[] body) {
        return Fields.read(
                body,
                fields -> new LookupRequest(
                        fields.text("url", FleetLimits.URL),
                        fields.has("waitMillis")
                                ? Duration.ofMillis(fields.number("waitMillis", 0, MAX_PATIENCE.toMillis()))
                                : Duration.ZERO,
                        fields.has("outdated") ? Optional.of(fields.content("outdated")) : Optional.empty()));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object().put("url", url);
        if (patience.isPositive()) {
            node.put("waitMillis", patience.toMillis());
        }
        outdated.ifPresent(content -> node.put("outdated", content.toString()));
        return node;
    }
}
