package dev.byway.core.fleet;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.KeyFormatException;
import dev.byway.core.json.JsonTree;
import dev.byway.core.unit.ByteString;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object from the other side, each read with its limits.
 *
 * <p>Unknown fields are skipped, so that either side may be the newer one. Nothing is allocated by a number that the other
 * side states.
 */
final class Fields {
    private static final int DEPTH = 12;

    private static final JsonFactory LIMITS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(24)
                    .maxNameLength(64)
                    .maxStringLength(2 * FleetLimits.BODY)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String where;
    private final JsonNode node;

    private Fields(String where, JsonNode node) {
        this.where = where;
        this.node = node;
    }

    /**
     * Reads {@code body} as one JSON object and that as a message.
     *
     * @throws MalformedMessageException for anything but such a message
     */
    static <T> T read(byte[] body, Function<Fields, T> message) {
        try {
            return message.apply(object("", JsonTree.read(LIMITS, body)));
        } catch (JacksonException e) {
            throw new MalformedMessageException("not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()));
        }
    }

    private static Fields object(String where, JsonNode node) {
        if (!node.isObject()) {
            throw new MalformedMessageException((where.isEmpty() ? "the message" : where) + " is not a JSON object");
        }
        return new Fields(where, node);
    }

    boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    String text(String name, int maxLength) {
        JsonNode value = required(name);
        if (!value.isString() || value.stringValue().length() > maxLength) {
            throw wrong(name, "a string of at most " + maxLength + " characters");
        }
        return value.stringValue();
    }

    Optional<String> optionalText(String name, int maxLength) {
        return has(name) ? Optional.of(text(name, maxLength)) : Optional.empty();
    }

    long number(String name, long min, long max) {
        JsonNode value = required(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw wrong(name, "a whole number from " + min + " to " + max);
        }
        return value.longValue();
    }

    int integer(String name, int min, int max) {
        return (int) number(name, min, max);
    }

    /** False when the field is not there. */
    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (!required(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return required(name).booleanValue();
    }

    ByteString base64(String name, int maxBytes) {
        byte[] bytes = parsed(name, (maxBytes + 2) / 3 * 4, Base64.getDecoder()::decode);
        if (bytes.length > maxBytes) {
            throw wrong(name, "at most " + maxBytes + " bytes in base64");
        }
        return ByteString.of(bytes);
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        String text = text(name, 64);
        for (E value : type.getEnumConstants()) {
            if (word(value).equals(text)) {
                return value;
            }
        }
        throw wrong(name, "one of the known words");
    }

    ContentId content(String name) {
        return parsed(name, 96, ContentId::parse);
    }

    DeviceId device(String name) {
        return parsed(name, 64, DeviceId::parse);
    }

    Fields child(String name) {
        return object(path(name), required(name));
    }

    /** Empty when the field is not there. */
    <T> List<T> list(String name, int max, Function<Fields, T> reader) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : array(name, max)) {
            items.add(reader.apply(object(path(name), item)));
        }
        return List.copyOf(items);
    }

    /** Empty when the field is not there. */
    <T> List<T> texts(String name, int max, int maxLength, Function<String, T> reader) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : array(name, max)) {
            if (!item.isString() || item.stringValue().length() > maxLength) {
                throw wrong(name, "a list of strings of at most " + maxLength + " characters");
            }
            items.add(convert(name, item.stringValue(), reader));
        }
        return List.copyOf(items);
    }

    private Iterable<JsonNode> array(String name, int max) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = required(name);
        if (!value.isArray() || value.size() > max) {
            throw wrong(name, "a list of at most " + max);
        }
        return value;
    }

    <T> T parsed(String name, int maxLength, Function<String, T> reader) {
        return convert(name, text(name, maxLength), reader);
    }

    /** Empty when the field is not there. */
    <T> Optional<T> optional(String name, int maxLength, Function<String, T> reader) {
        return has(name) ? Optional.of(parsed(name, maxLength, reader)) : Optional.empty();
    }

    private <T> T convert(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | KeyFormatException e) {
            throw new MalformedMessageException(path(name) + ": " + e.getMessage());
        }
    }

    private JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new MalformedMessageException(path(name) + " is missing");
        }
        return value;
    }

    private MalformedMessageException wrong(String name, String expected) {
        return new MalformedMessageException(path(name) + " has to be " + expected);
    }

    private String path(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    /** How a constant is written: {@code SAME_SITE} as {@code same-site}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
