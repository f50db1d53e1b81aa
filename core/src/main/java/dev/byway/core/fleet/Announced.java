package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import tools.jackson.databind.node.ObjectNode;

/**
 * One content of an announcement.
 *
 * @param content which; never {@link ContentId#EMPTY}
 * @param pieces how many pieces the device holds
 * @param complete whether these are all
 * @param wants whether it is looking for peers that have more
 */
public record Announced(ContentId content, int pieces, boolean complete, boolean wants) {
    public Announced {
        if (content.equals(ContentId.EMPTY) || pieces < 0 || (complete && wants)) {
            throw new IllegalArgumentException(
                    "what is announced has bytes, no negative number of pieces, and is not both complete and wanted");
        }
    }

    static Announced read(Fields fields) {
        return new Announced(
                fields.content("content"),
                fields.integer("pieces", 0, Integer.MAX_VALUE),
                fields.flag("complete"),
                fields.flag("wants"));
    }

    ObjectNode json() {
        return Json.object()
                .put("content", content.toString())
                .put("pieces", pieces)
                .put("complete", complete)
                .put("wants", wants);
    }
}
