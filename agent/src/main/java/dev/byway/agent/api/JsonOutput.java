package dev.byway.agent.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON object, field by field; {@link JsonInput} reads it. */
final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator generator;

    private JsonOutput(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The object that {@code fields} writes, on one line, in UTF-8. */
    static byte[] bytes(Consumer<JsonOutput> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            generator.writeStartObject();
            fields.accept(new JsonOutput(generator));
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** How an enumeration's value is written: {@code NOT_HELD} as {@code not_held}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    JsonOutput text(String name, String value) {
        generator.writeStringProperty(name, wellFormed(value));
        return this;
    }

    JsonOutput text(String name, Optional<String> value) {
        value.ifPresent(text -> text(name, text));
        return this;
    }

    JsonOutput number(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    JsonOutput number(String name, OptionalLong value) {
        value.ifPresent(number -> number(name, number));
        return this;
    }

    /** A number with a fraction; 0 for what JSON cannot say. */
    JsonOutput decimal(String name, double value) {
        generator.writeNumberProperty(name, Double.isFinite(value) ? value : 0);
        return this;
    }

    JsonOutput flag(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
        return this;
    }

    JsonOutput object(String name, Consumer<JsonOutput> fields) {
        generator.writeObjectPropertyStart(name);
        fields.accept(this);
        generator.writeEndObject();
        return this;
    }

    <T> JsonOutput objects(String name, Collection<T> items, BiConsumer<JsonOutput, T> fields) {
        generator.writeArrayPropertyStart(name);
        for (T item : items) {
            generator.writeStartObject();
            fields.accept(this, item);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    <T> JsonOutput pairs(String name, Collection<T> items, java.util.function.Function<T, long[]> pair) {
        generator.writeArrayPropertyStart(name);
        for (T item : items) {
            generator.writeStartArray();
            for (long number : pair.apply(item)) {
                generator.writeNumber(number);
            }
            generator.writeEndArray();
        }
        generator.writeEndArray();
        return this;
    }

    /** Half a surrogate pair, left where some text was cut, would stop the generator; it becomes a question mark. */
    private static String wellFormed(String text) {
        boolean surrogates = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
        return surrogates ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) : text;
    }
}
