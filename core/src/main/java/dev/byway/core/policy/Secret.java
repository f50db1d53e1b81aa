package dev.byway.core.policy;

/**
 * A value that must not be shown. It prints as stars, so that no log or report can leak it by accident.
 *
 * @param reveal the value itself, for the one place that needs it
 */
public record Secret(String reveal) {
    static final String HIDDEN = "***";

    @Override
    public String toString() {
        return HIDDEN;
    }
}
