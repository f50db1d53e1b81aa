package dev.byway.core.policy;

/**
 * The value of one setting and where it came from.
 *
 * @param setting which
 * @param value typed
 * @param from the strongest source that gave one
 */
public record SettingValue<T>(Setting<T> setting, T value, Provenance from) {
    /** The value as text, for people and JSON; stars for a secret. */
    public String text() {
        return setting.isSecret() ? Secret.HIDDEN : setting.type().format(value);
    }

    @Override
    public String toString() {
        return setting + "=" + text() + " (" + from.describe() + ")";
    }
}
