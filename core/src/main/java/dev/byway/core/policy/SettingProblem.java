package dev.byway.core.policy;

/**
 * One thing wrong with what was given.
 *
 * @param kind what kind of mistake
 * @param name the setting as it was written
 * @param from where
 * @param message one sentence: what, where, and what to do
 */
public record SettingProblem(Kind kind, String name, Provenance from, String message) {
    /** The mistakes that can be made. */
    public enum Kind {
        /** No setting has this name. */
        UNKNOWN,
        /** A setting of this name existed once. */
        RETIRED,
        /** The value is not one of those allowed. */
        BAD_VALUE,
        /** A secret stands where others can read it. */
        SECRET_IN_THE_OPEN,
        /** The coordinator may not set this for its devices. */
        NOT_FOR_THE_FLEET,
        /** Not of the form name and value. */
        MALFORMED
    }

    @Override
    public String toString() {
        return message;
    }
}
