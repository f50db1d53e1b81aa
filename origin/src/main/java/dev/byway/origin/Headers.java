package dev.byway.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Header fields in their order (RFC 9110 section 5). Names compare without regard to case.
 *
 * @param fields all fields
 */
public record Headers(List<Field> fields) {
    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    /** The fields plus one more at the end. */
    public Headers with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /** The value of the first field of this name. */
    public Optional<String> first(String name) {
        return fields.stream().filter(f -> f.named(name)).map(Field::value).findFirst();
    }

    /** The values of all fields of this name, in order. */
    public List<String> values(String name) {
        return fields.stream().filter(f -> f.named(name)).map(Field::value).toList();
    }

    /** Whether a field of this name is present. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** Whether the comma-separated list {@code name} contains {@code token}, without regard to case. */
    boolean lists(String name, String token) {
        for (String value : values(name)) {
            for (String item : value.split(",", -1)) {
                if (item.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * One header field.
     *
     * @param name a token
     * @param value text without line breaks, in the characters of ISO 8859-1
     */
    public record Field(String name, String value) {
        private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

        public Field {
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a header field: " + printable(name));
            }
            value = value.strip();
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "the value of header field " + name + " has a line break or another forbidden character");
            }
        }

        boolean named(String other) {
            return name.equalsIgnoreCase(other);
        }

        private static String printable(String name) {
            String start = name.length() > 40 ? name.substring(0, 40) + "…" : name;
            return "\"" + start.replaceAll("[^\\x20-\\x7e…]", "?") + "\"";
        }

        /** The name only: values can be secrets. */
        @Override
        public String toString() {
            return name + ": …";
        }
    }
}
