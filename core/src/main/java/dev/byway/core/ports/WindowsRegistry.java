package dev.byway.core.ports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code reg query KEY /s} prints of the firewall's settings.
 *
 * @param keys by what follows the firewall's own key, in lower case; each with its values by name
 */
record WindowsRegistry(Map<String, Map<String, String>> keys) {
    private static final int MOST_VALUES = 50_000;
    private static final Pattern KEY =
            Pattern.compile("HKEY_LOCAL_MACHINE\\\\.*\\\\(?:FirewallPolicy|WindowsFirewall)(?:\\\\(.*))?");
    private static final Pattern VALUE = Pattern.compile(" {4}(.{1,1000}?) {4}REG_[A-Z_]+ {4}(.*)");

    /**
     * Reads it; lines that are no values of such keys are passed over.
     *
     * @throws FirewallTextException when there are too many
     */
    static WindowsRegistry parse(String text) {
        Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        Map<String, String> now = new LinkedHashMap<>();
        int values = 0;
        for (String line : text.lines().toList()) {
            Matcher value = VALUE.matcher(line);
            if (line.startsWith("HKEY_")) {
                Matcher key = KEY.matcher(line.strip());
                now = key.matches()
                        ? keys.computeIfAbsent(name(Optional.ofNullable(key.group(1))), _ -> new LinkedHashMap<>())
                        : new LinkedHashMap<>();
            } else if (value.matches()) {
                now.put(value.group(1), value.group(2));
                if (++values > MOST_VALUES) {
                    throw new FirewallTextException(
                            "the firewall has more than " + MOST_VALUES + " rules and settings");
                }
            }
        }
        return new WindowsRegistry(keys);
    }

    private static String name(Optional<String> key) {
        return key.orElse("").toLowerCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The value of that name in the first of these keys that has it. */
    Optional<String> values(List<String> of, String name) {
        return of.stream()
                .flatMap(key -> Optional.ofNullable(keys.get(key)).stream())
                .flatMap(values -> Optional.ofNullable(values.get(name)).stream())
                .findFirst();
    }

    /** The values of one key. */
    Map<String, String> values(String key) {
        return keys.getOrDefault(key, Map.of());
    }
}
