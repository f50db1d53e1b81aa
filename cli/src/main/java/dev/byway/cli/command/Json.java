package dev.byway.cli.command;

import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and prints JSON for scripts: one object, one line. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** A new object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An array of what {@code fill} makes of each of {@code items}. */
    public static <T> ArrayNode array(Iterable<T> items, Fill<T> fill) {
        ArrayNode array = MAPPER.createArrayNode();
        items.forEach(item -> fill.fill(array.addObject(), item));
        return array;
    }

    /** Writes one item into its object. */
    public interface Fill<T> {
        void fill(ObjectNode node, T item);
    }

    /** The text on one line. */
    public static String line(ObjectNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Prints an object as one line. */
    public static void print(Console console, ObjectNode node) {
        console.out().println(line(node));
        console.out().flush();
    }

    /** Prints an object that {@code fill} fills. */
    public static void print(Console console, Consumer<ObjectNode> fill) {
        ObjectNode node = object();
        fill.accept(node);
        print(console, node);
    }

    /** An object from text of our own making. */
    public static ObjectNode parse(String line) {
        return (ObjectNode) MAPPER.readTree(line);
    }
}
