package dev.byway.agent.api;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters behind the question mark. */
final class Query {
    private static final int MAX_PARAMETERS = 16;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** Reads {@code raw}; of what is malformed or given twice, nothing counts. */
    static Query of(String raw) {
        Map<String, String> values = new HashMap<>();
        String[] parts = raw.split("&", -1);
        if (parts.length > MAX_PARAMETERS) {
            return new Query(Map.of());
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            Optional<String> value = equals > 0 ? decoded(part.substring(equals + 1)) : Optional.empty();
            if (value.isPresent() && values.put(part.substring(0, equals), value.get()) != null) {
                return new Query(Map.of());
            }
        }
        return new Query(values);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number of 0 or more; empty when absent or none. */
    OptionalLong count(String name) {
        return text(name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }
}
