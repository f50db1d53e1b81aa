package dev.byway.core.fleet;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a {@link FilteringRequest}.
 *
 * @param verdict {@link TeredoVerdict#TAKEN} when a bubble was sent, else why not
 * @param from whence it was sent
 */
public record FilteringAnswer(TeredoVerdict verdict, Optional<Endpoint> from) implements Message {
    public FilteringAnswer {
        if (from.isPresent() != (verdict == TeredoVerdict.TAKEN)) {
            throw new IllegalArgumentException("a bubble is sent to a Teredo address that is taken, and to no other");
        }
    }

    /** Reads a message; see {@link Message}. */
    public static FilteringAnswer read(byte[] body) {
        return Fields.read(
                body,
                fields -> new FilteringAnswer(
                        fields.oneOf(TeredoVerdict.class, "verdict"),
                        fields.has("from") ? Optional.of(Endpoint.read(fields.child("from"))) : Optional.empty()));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object().put("verdict", Fields.word(verdict));
        from.ifPresent(endpoint -> node.set("from", endpoint.json()));
        return node;
    }
}
