package dev.byway.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value for every setting, and where each came from. Immutable; made by {@link SettingsReader}. */
public final class EffectiveSettings {
    private final Map<Setting<?>, SettingValue<?>> values;
    private final List<SettingProblem> warnings;

    EffectiveSettings(Map<Setting<?>, SettingValue<?>> values, List<SettingProblem> warnings) {
        this.values = new LinkedHashMap<>(values);
        this.warnings = List.copyOf(warnings);
    }

    /** Byway's defaults on {@code platform}. */
    public static EffectiveSettings defaults(Platform platform) {
        return new SettingsReader(platform).read();
    }

    /** The value of {@code setting}. */
    public <T> T get(Setting<T> setting) {
        return value(setting).value();
    }

    /** The value of {@code setting} and where it came from. */
    // Every entry is put under the setting that parsed it, so the types of key and value agree.
    @SuppressWarnings("unchecked")
    public <T> SettingValue<T> value(Setting<T> setting) {
        SettingValue<?> value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting + " is not in the table of settings");
        }
        return (SettingValue<T>) value;
    }

    /** These settings with another value for one of them, as if the command line had given it. */
    public <T> EffectiveSettings with(Setting<T> setting, T value) {
        EffectiveSettings changed = new EffectiveSettings(values, warnings);
        changed.values.put(setting, new SettingValue<>(setting, value, new Provenance.CommandLine()));
        return changed;
    }

    /** All values, in the order of the table. */
    public List<SettingValue<?>> all() {
        return new ArrayList<>(values.values());
    }

    /** What was given and passed over: by the fleet, or in variables that are none of Byway's settings. */
    public List<SettingProblem> warnings() {
        return warnings;
    }
}
