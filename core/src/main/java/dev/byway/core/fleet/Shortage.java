package dev.byway.core.fleet;

import tools.jackson.databind.node.ObjectNode;

/**
 * Why devices that have a content are not named to a device that wants it.
 *
 * @param reason why
 * @param devices how many it concerns
 */
public record Shortage(Reason reason, int devices) {
    /** The words are part of the API; {@code why} and the doctor use them as they are. */
    public enum Reason {
        /** No other device announced it. */
        NOBODY_HAS_IT,
        /** They are in other sites, and one side shares with its own site only. */
        OTHER_SITE,
        /** They claim another match group, and one side shares with its own group only. */
        OTHER_GROUP,
        /** One side was not granted an access group of this content. */
        NOT_GRANTED,
        /** The content was withdrawn by the administrator. */
        WITHDRAWN,
        /** Neither side takes links, and they have no Teredo addresses that would bring them together. */
        NOBODY_LISTENS,
        /** Enough others are named. */
        ENOUGH
    }

    static Shortage read(Fields fields) {
        return new Shortage(fields.oneOf(Reason.class, "reason"), fields.integer("devices", 0, Integer.MAX_VALUE));
    }

    ObjectNode json() {
        return Json.object().put("reason", Fields.word(reason)).put("devices", devices);
    }

    /** A part of a sentence for a person: "2 in other sites, and ...". */
    public String phrase() {
        return switch (reason) {
            case NOBODY_HAS_IT -> "no other device has announced it";
            case OTHER_SITE -> devices + (devices == 1 ? " in another site" : " in other sites") + " (DODownloadMode)";
            case OTHER_GROUP -> devices + " in another match group, or in none (DOGroupId)";
            case NOT_GRANTED ->
                devices == 0
                        ? "this device was not granted an access group of it"
                        : devices + " without an access group of it";
            case WITHDRAWN -> "it was withdrawn";
            case NOBODY_LISTENS ->
                devices + (devices == 1 ? " that takes no links" : " that take no links") + ", nor does this device";
            case ENOUGH -> devices + " more that are not needed";
        };
    }
}
