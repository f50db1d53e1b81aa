package dev.byway.core.fleet;

import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a {@link TokenOrder}.
 *
 * @param token the text of a {@link JoinToken}; the coordinator does not keep it
 */
public record TokenGrant(String token) implements Message {
    /** Reads a message; see {@link Message}. */
    public static TokenGrant read(byte[] body) {
        return Fields.read(body, fields -> new TokenGrant(fields.text("token", FleetLimits.TOKEN_TEXT)));
    }

    @Override
    public ObjectNode json() {
        return Json.object().put("token", token);
    }

    /** No hint of the token. */
    @Override
    public String toString() {
        return "TokenGrant[(secret)]";
    }
}
