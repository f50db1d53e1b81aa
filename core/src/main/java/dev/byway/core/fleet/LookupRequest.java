package dev.byway.core.fleet;

import tools.jackson.databind.node.ObjectNode;

/**
 * "Which content is at this URL?" In a body, never in a path, so that no URL gets into a log of requests.
 *
 * @param url http or https, without query and user information
 */
public record LookupRequest(String url) implements Message {
    public LookupRequest {
        if ((!startsWith(url, "https://") && !startsWith(url, "http://")) || url.length() > FleetLimits.URL) {
            throw new IllegalArgumentException(
                    "a URL to look up is http or https and has at most " + FleetLimits.URL + " characters");
        }
    }

    private static boolean startsWith(String url, String scheme) {
        return url.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Reads a message; see {@link Message}. */
    public static LookupRequest read(byte[] body) {
        return Fields.read(body, fields -> new LookupRequest(fields.text("url", FleetLimits.URL)));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("url", url);
    }
}
