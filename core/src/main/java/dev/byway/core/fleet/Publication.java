package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a published envelope.
 *
 * @param contents what the envelope speaks of
 * @param missingLayers those of them whose piece layer the coordinator still needs; they are invisible until it has it
 */
public record Publication(List<ContentId> contents, List<ContentId> missingLayers) implements Message {
    private static final int MAX = 1 << 16;

    public Publication {
        contents = List.copyOf(contents);
        missingLayers = List.copyOf(missingLayers);
    }

    /** Reads a message; see {@link Message}. */
    public static Publication read(byte[] body) {
        return Fields.read(
                body,
                fields -> new Publication(
                        fields.texts("contents", MAX, 96, ContentId::parse),
                        fields.texts("missingLayers", MAX, 96, ContentId::parse)));
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.set("contents", Json.texts(contents));
        node.set("missingLayers", Json.texts(missingLayers));
        return node;
    }
}
