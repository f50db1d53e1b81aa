package dev.byway.core.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The values of a parsed YAML or JSON document by dotted name, as text: nested maps become dots, lists become commas.
 *
 * @param values by dotted name
 * @param mistakes what could not be read, by dotted name
 */
record SettingTree(Map<String, String> values, Map<String, String> mistakes) {
    /** Deepest nesting. */
    static final int MAX_DEPTH = 8;

    /** Most values, and most mistakes kept. */
    static final int MAX_VALUES = 4096;

    static SettingTree flatten(Map<?, ?> document) {
        SettingTree tree = new SettingTree(new LinkedHashMap<>(), new LinkedHashMap<>());
        tree.add("", document, 0);
        return tree;
    }

    private void add(String name, @Nullable Object value, int depth) {
        if (values.size() + mistakes.size() >= MAX_VALUES) {
            mistakes.put("", "more than " + MAX_VALUES + " values");
            return;
        }
        switch (value) {
            case null -> mistakes.put(name, "has no value; write '' for none");
            case Map<?, ?> map
            when depth >= MAX_DEPTH && !map.isEmpty() -> mistakes.put(name, "nested more than " + MAX_DEPTH + " deep");
            case Map<?, ?> map -> map.forEach((key, inner) -> add(join(name, key), inner, depth + 1));
            case List<?> list -> addList(name, list);
            default -> scalar(name, value);
        }
    }

    private static String join(String name, @Nullable Object key) {
        return name.isEmpty() ? String.valueOf(key) : name + "." + key;
    }

    private void addList(String name, List<?> list) {
        StringJoiner text = new StringJoiner(",");
        for (Object entry : list) {
            if (entry == null
                    || entry instanceof Map
                    || entry instanceof List
                    || entry.toString().contains(",")) {
                mistakes.put(name, "each entry of the list is one value without a comma");
                return;
            }
            text.add(entry.toString());
        }
        values.put(name, text.toString());
    }

    private void scalar(String name, Object value) {
        boolean whole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        values.put(name, whole ? Long.toString(((Double) value).longValue()) : value.toString());
    }
}
