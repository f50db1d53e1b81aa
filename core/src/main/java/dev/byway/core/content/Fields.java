package dev.byway.core.content;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a JSON object from outside, read one by one with their limits. */
record Fields(String what, ObjectNode node) {
    /** A field that must be there, as {@code reading} takes it. */
    <T> T required(String name, int maxBytes, Function<String, T> reading) {
        return optional(name, maxBytes, reading).orElseThrow(() -> missing(name));
    }

    /** A field that may be absent or null. */
    <T> Optional<T> optional(String name, int maxBytes, Function<String, T> reading) {
        return value(name).map(value -> convert(name, () -> reading.apply(text(name, value, maxBytes))));
    }

    /** A whole number that must be there. */
    long number(String name) {
        OptionalLong number = optionalNumber(name);
        return number.orElseThrow(() -> missing(name));
    }

    /** A whole number that may be absent. */
    OptionalLong optionalNumber(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().isIntegralNumber() || !value.get().canConvertToLong()) {
            throw broken(name, "is not a whole number of at most 63 bits");
        }
        return OptionalLong.of(value.get().longValue());
    }

    /** A number that must be there and is an {@code int}. */
    int smallNumber(String name) {
        long number = number(name);
        return convert(name, () -> Math.toIntExact(number));
    }

    /** A list of texts that must be there. */
    <T> List<T> texts(String name, int maxCount, int maxBytes, Function<String, T> reading) {
        List<T> all = new ArrayList<>();
        for (JsonNode value : array(name, maxCount)) {
            all.add(convert(name, () -> reading.apply(text(name, value, maxBytes))));
        }
        return all;
    }

    /** A list of objects that must be there. */
    List<Fields> objects(String name, int maxCount) {
        List<Fields> all = new ArrayList<>();
        for (JsonNode value : array(name, maxCount)) {
            all.add(object(name, value));
        }
        return all;
    }

    /** An object that may be absent. */
    Optional<Fields> object(String name) {
        return value(name).map(value -> object(name, value));
    }

    /** The field's raw value, if there is one and it is not null. */
    Optional<JsonNode> value(String name) {
        return node.optional(name).filter(value -> !value.isNull());
    }

    /** What {@code constructor} makes, with its complaints about values turned into those about the document. */
    <T> T build(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw new UntrustedContentException(what + " is refused: " + e.getMessage());
        }
    }

    UntrustedContentException broken(String name, String problem) {
        return new UntrustedContentException(what + " is refused: its field '" + name + "' " + problem);
    }

    private UntrustedContentException missing(String name) {
        return broken(name, "is missing");
    }

    private JsonNode array(String name, int maxCount) {
        JsonNode array = value(name).orElseThrow(() -> missing(name));
        if (!array.isArray()) {
            throw broken(name, "is not a list");
        }
        if (array.size() > maxCount) {
            throw broken(name, "has " + array.size() + " elements; at most " + maxCount + " are read");
        }
        return array;
    }

    private Fields object(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return new Fields(what, object);
        }
        throw broken(name, "is not an object");
    }

    private String text(String name, JsonNode value, int maxBytes) {
        String text = value.stringValueOpt().orElseThrow(() -> broken(name, "is not text"));
        if (text.length() > maxBytes || text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw broken(name, "is longer than " + maxBytes + " bytes");
        }
        return text;
    }

    private <T> T convert(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw broken(name, "cannot be read: " + e.getMessage());
        }
    }
}
