package dev.byway.core.policy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings by name, in the order in which they were written down. Immutable. */
public final class SettingTable {
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final Map<String, RetiredSetting> retired = new LinkedHashMap<>();

    SettingTable(List<Setting<?>> rows, List<RetiredSetting> retiredNames) {
        rows.forEach(row -> unique(settings.put(row.name(), row) == null, row.name()));
        retiredNames.forEach(old -> {
            boolean fresh = !settings.containsKey(old.name()) && retired.put(old.name(), old) == null;
            unique(fresh, old.name());
        });
    }

    private static void unique(boolean fresh, String name) {
        if (!fresh) {
            throw new IllegalArgumentException("two settings are called " + name);
        }
    }

    /** Every setting. */
    public List<Setting<?>> all() {
        return List.copyOf(settings.values());
    }

    /** Every retired name. */
    public Collection<RetiredSetting> retired() {
        return List.copyOf(retired.values());
    }

    /** The setting of exactly this name. */
    public Optional<Setting<?>> find(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** What replaced the setting that once had this name. */
    public Optional<RetiredSetting> findRetired(String name) {
        return Optional.ofNullable(retired.get(name));
    }

    /** The known name that is most like {@code name}, if any is like it at all. */
    public Optional<String> nearest(String name) {
        return Spelling.nearest(name, Stream.concat(settings.keySet().stream(), retired.keySet().stream()));
    }
}
