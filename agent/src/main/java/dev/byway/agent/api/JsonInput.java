package dev.byway.agent.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object from the other side, read field by field. Unknown fields are skipped, so that either side may be the
 * newer one; a field that is null counts as absent.
 *
 * <p>It rests on Jackson's token stream alone: the tree and binding layer above would cost a short command such as {@code
 * byway status} a third of a second at start.
 */
final class JsonInput {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER = 32;
    private static final int MAX_NAME = 64;

    private final Map<String, Object> values;

    private JsonInput(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * What {@code reader} makes of {@code json}.
     *
     * @throws MalformedDocumentException for anything but one JSON object of at most {@code maxBytes} that the reader takes
     */
    static <T> T read(byte[] json, int maxBytes, Function<JsonInput, T> reader) {
        if (json.length > maxBytes) {
            throw new MalformedDocumentException("the document has " + json.length + " bytes; at most " + maxBytes);
        }
        try {
            return reader.apply(parse(json, maxBytes));
        } catch (JacksonException e) {
            throw new MalformedDocumentException("not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonInput parse(byte[] json, int maxBytes) {
        // A zero in second place would make the parser take the text for UTF-16 or UTF-32.
        if (json.length < 2 || json[1] == 0) {
            throw new MalformedDocumentException("not a JSON object in UTF-8");
        }
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(maxBytes)
                        .maxStringLength(maxBytes)
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .maxNameLength(MAX_NAME)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedDocumentException("not a JSON object");
            }
            JsonInput object = object(parser);
            if (parser.nextToken() != null) {
                throw new MalformedDocumentException("the JSON object is followed by something else");
            }
            return object;
        }
    }

    private static JsonInput object(JsonParser parser) {
        Map<String, Object> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                values.put(name, value(parser));
            }
        }
        return new JsonInput(values);
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE ->
                throw new MalformedDocumentException("a " + token + " where a value belongs");
        };
    }

    /** A text that must be there. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A text that may be absent. */
    Optional<String> optionalText(String name) {
        return optional(name, String.class, "a string");
    }

    /** A text that may be absent, as {@code reading} takes it. */
    <T> Optional<T> optional(String name, Function<String, T> reading) {
        return optionalText(name).map(text -> convert(name, text, reading));
    }

    /** A text that must be there, as {@code reading} takes it. */
    <T> T parsed(String name, Function<String, T> reading) {
        return convert(name, text(name), reading);
    }

    private static <T> T convert(String name, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new MalformedDocumentException("'" + name + "' cannot be read: " + e.getMessage());
        }
    }

    /** A whole number that must be there. */
    long number(String name) {
        return optional(name, Long.class, "a whole number").orElseThrow(() -> missing(name));
    }

    /** A whole number of 0 or more that must be there. */
    long count(String name) {
        long number = number(name);
        if (number < 0) {
            throw new MalformedDocumentException("'" + name + "' is negative");
        }
        return number;
    }

    /** A whole number of 0 or more that must be there and fits an {@code int}. */
    int smallCount(String name) {
        long count = count(name);
        if (count > Integer.MAX_VALUE) {
            throw new MalformedDocumentException("'" + name + "' is too large");
        }
        return (int) count;
    }

    /** A whole number of 0 or more that may be absent. */
    OptionalLong optionalCount(String name) {
        return values.containsKey(name) ? OptionalLong.of(count(name)) : OptionalLong.empty();
    }

    /** A number that must be there. */
    double decimal(String name) {
        return optional(name, Number.class, "a number")
                .orElseThrow(() -> missing(name))
                .doubleValue();
    }

    /** True or false, {@code otherwise} when absent. */
    boolean flag(String name, boolean otherwise) {
        return optional(name, Boolean.class, "true or false").orElse(otherwise);
    }

    /** One of an enumeration's names in lower case. */
    <E extends Enum<E>> E word(String name, Class<E> type) {
        String text = text(name);
        for (E value : type.getEnumConstants()) {
            if (JsonOutput.word(value).equals(text)) {
                return value;
            }
        }
        throw new MalformedDocumentException("'" + name + "' is none of the known words: " + text);
    }

    /** An object that must be there. */
    <T> T object(String name, Function<JsonInput, T> reader) {
        return optionalObject(name, reader).orElseThrow(() -> missing(name));
    }

    /** An object that may be absent. */
    <T> Optional<T> optionalObject(String name, Function<JsonInput, T> reader) {
        return optional(name, JsonInput.class, "an object").map(reader);
    }

    /** A list of objects, empty when absent. */
    <T> List<T> objects(String name, Function<JsonInput, T> reader) {
        return items(name, JsonInput.class, reader);
    }

    /** A list of pairs of whole numbers, empty when absent. */
    <T> List<T> pairs(String name, Function<long[], T> reader) {
        return items(name, List.class, pair -> {
            if (pair.size() == 2 && pair.get(0) instanceof Long first && pair.get(1) instanceof Long second) {
                return reader.apply(new long[] {first, second});
            }
            throw new MalformedDocumentException("'" + name + "' is not a list of pairs of whole numbers");
        });
    }

    private <V, T> List<T> items(String name, Class<V> type, Function<V, T> reader) {
        List<?> items = optional(name, List.class, "a list").orElse(List.of());
        List<T> all = new ArrayList<>();
        for (Object item : items) {
            if (!type.isInstance(item)) {
                throw new MalformedDocumentException("'" + name + "' has an element of another kind");
            }
            all.add(reader.apply(type.cast(item)));
        }
        return all;
    }

    private <T> Optional<T> optional(String name, Class<T> type, String kind) {
        Optional<Object> value = Optional.ofNullable(values.get(name));
        if (value.isPresent() && !type.isInstance(value.get())) {
            throw new MalformedDocumentException("'" + name + "' is not " + kind);
        }
        return value.map(type::cast);
    }

    private static MalformedDocumentException missing(String name) {
        return new MalformedDocumentException("'" + name + "' is missing");
    }
}
