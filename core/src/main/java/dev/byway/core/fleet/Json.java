package dev.byway.core.fleet;

import dev.byway.core.json.JsonTree;
import dev.byway.core.unit.ByteString;
import java.util.Base64;
import java.util.Collection;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How messages are written; {@link Fields} is how they are read. */
final class Json {
    private Json() {}

    static byte[] bytes(ObjectNode node) {
        return JsonTree.write(node);
    }

    static ObjectNode object() {
        return JsonTree.object();
    }

    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /** Each item as its {@code toString()}. */
    static <T> ArrayNode texts(Collection<T> items) {
        ArrayNode array = JsonTree.array();
        items.forEach(item -> array.add(item.toString()));
        return array;
    }

    static <T> ArrayNode objects(Collection<T> items, Function<T, ObjectNode> writer) {
        ArrayNode array = JsonTree.array();
        items.forEach(item -> array.add(writer.apply(item)));
        return array;
    }
}
