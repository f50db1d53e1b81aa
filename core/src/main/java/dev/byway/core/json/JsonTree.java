package dev.byway.core.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON into a tree and writes it, over Jackson's token stream alone: its mapper would be one in ten of the classes that an idle
 * agent holds in memory. Any thread.
 */
public final class JsonTree {
    private static final JsonFactory PLAIN = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /** An object without fields. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** An array without items. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * Reads a whole document, with Jackson's own limits.
     *
     * @throws JacksonException when it is no JSON, or more than one value
     */
    public static JsonNode read(byte[] json) {
        return read(PLAIN, json);
    }

    /** As {@link #read(byte[])}. */
    public static JsonNode read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a whole document.
     *
     * @param limits says what is too large, and what else is not taken
     * @return a missing node for a document without a value
     * @throws JacksonException when it is no JSON, more than one value, or beyond the limits
     */
    public static JsonNode read(JsonFactory limits, byte[] json) {
        try (JsonParser parser = limits.createParser(ObjectReadContext.empty(), json)) {
            JsonNode node = read(parser);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows the value");
            }
            return node;
        }
    }

    /**
     * Reads the next value; the parser stands before its first token, and then on its last.
     *
     * @throws JacksonException as the parser does
     */
    public static JsonNode read(JsonParser parser) {
        return parser.nextToken() == null ? NODES.missingNode() : value(parser);
    }

    private static JsonNode value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_EMBEDDED_OBJECT, END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE ->
                throw new StreamReadException(parser, "a " + token + " where a value belongs");
        };
    }

    private static ObjectNode object(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** The tree as UTF-8, without line breaks. */
    public static byte[] write(JsonNode node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = PLAIN.createGenerator(ObjectWriteContext.empty(), out)) {
            write(node, json);
        }
        return out.toByteArray();
    }

    private static void write(JsonNode node, JsonGenerator json) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    json.writeName(field.getKey());
                    write(field.getValue(), json);
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                node.forEach(item -> write(item, json));
                json.writeEndArray();
            }
            case STRING -> json.writeString(node.stringValue());
            case NUMBER -> number(node, json);
            case BOOLEAN -> json.writeBoolean(node.booleanValue());
            case NULL, MISSING -> json.writeNull();
            case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
        }
    }

    private static void number(JsonNode node, JsonGenerator json) {
        if (!node.isIntegralNumber()) {
            json.writeNumber(node.doubleValue());
        } else if (node.canConvertToLong()) {
            json.writeNumber(node.longValue());
        } else {
            json.writeNumber(node.bigIntegerValue());
        }
    }
}
