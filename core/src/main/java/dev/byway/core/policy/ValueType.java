package dev.byway.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of value that a setting can have: how it is read, written and described. Every setting is text in files,
 * variables and arguments, and a typed value everywhere else; this is the only place where one becomes the other.
 *
 * @param allowed what may be written, for people: completes "allowed is ..."
 * @param reader text to value; throws IllegalArgumentException for what is not allowed
 * @param writer value to text that the reader takes
 */
public record ValueType<T>(String allowed, Function<String, T> reader, Function<T, String> writer) {
    /** Longest text of a value, in characters. */
    public static final int MAX_TEXT = 65_536;

    /** Most entries of a list. */
    public static final int MAX_ENTRIES = 1024;

    /**
     * The value that {@code text} stands for.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public T parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("longer than " + MAX_TEXT + " characters");
        }
        return reader.apply(text.strip());
    }

    /** Text that {@link #parse} turns into an equal value. */
    public String format(T value) {
        return writer.apply(value);
    }

    /** This type or nothing, which is written as empty text. */
    ValueType<Optional<T>> orUnset() {
        return or("", allowed);
    }

    /** This type or no limit, which is written 0. */
    ValueType<Optional<T>> orUnlimited() {
        return or("0", allowed + "; 0 is no limit");
    }

    private ValueType<Optional<T>> or(String none, String described) {
        return new ValueType<>(
                described,
                text -> text.equals(none) ? Optional.empty() : Optional.of(reader.apply(text)),
                value -> value.map(writer).orElse(none));
    }

    /** Any number of this type, separated by commas. */
    ValueType<List<T>> list() {
        return new ValueType<>(
                "a list, separated by commas, of: " + allowed,
                this::parseAll,
                values -> values.stream().map(writer).collect(Collectors.joining(",")));
    }

    private List<T> parseAll(String text) {
        List<T> values = new ArrayList<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(",", MAX_ENTRIES + 1)) {
            if (entry.isBlank()) {
                throw new IllegalArgumentException("an entry of the list is empty");
            }
            values.add(reader.apply(entry.strip()));
        }
        if (values.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
        }
        return List.copyOf(values);
    }
}
