package dev.byway.core.fleet;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The administrator asks for a join token.
 *
 * @param validity from now on: a minute to a year
 * @param uses how many devices may join with it: 1 to 1,000,000
 * @param groups what each is granted
 */
public record TokenOrder(Duration validity, int uses, List<AccessGroup> groups) implements Message {
    /** Longest validity. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(366);

    /** Most devices that may join with one token. */
    public static final int MAX_USES = 1_000_000;

    public TokenOrder {
        groups = List.copyOf(new TreeSet<>(groups));
        if (validity.compareTo(Duration.ofMinutes(1)) < 0 || validity.compareTo(MAX_VALIDITY) > 0) {
            throw new IllegalArgumentException("a join token is valid for a minute to a year");
        }
        if (uses < 1 || uses > MAX_USES || groups.size() > FleetLimits.ACCESS_GROUPS) {
            throw new IllegalArgumentException(
                    "a join token has 1 to " + MAX_USES + " uses and at most " + FleetLimits.ACCESS_GROUPS + " groups");
        }
    }

    /** Reads a message; see {@link Message}. */
    public static TokenOrder read(byte[] body) {
        return Fields.read(
                body,
                fields -> new TokenOrder(
                        Duration.ofSeconds(fields.number("validitySeconds", 60, MAX_VALIDITY.toSeconds())),
                        fields.integer("uses", 1, MAX_USES),
                        fields.texts("groups", FleetLimits.ACCESS_GROUPS, 64, AccessGroup::new)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node =
                Json.object().put("validitySeconds", validity.toSeconds()).put("uses", uses);
        node.set("groups", Json.texts(groups));
        return node;
    }
}
