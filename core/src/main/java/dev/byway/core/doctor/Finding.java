package dev.byway.core.doctor;

/** What came of one check, each in words for people. */
public sealed interface Finding {
    /** All is well. */
    record Pass(String seen) implements Finding {}

    /**
     * It works, but less well than it could.
     *
     * @param mend the one command or setting that helps
     */
    record Warn(String seen, String mend) implements Finding {}

    /**
     * It does not work.
     *
     * @param mend the one command or setting that helps
     */
    record Fail(String seen, String mend) implements Finding {}

    /** It does not matter here. */
    record NotApplicable(String why) implements Finding {}

    /** Nobody knows. */
    record NotCollected(String because) implements Finding {}

    /** {@code pass}, {@code warn}, {@code fail}, {@code not-applicable} or {@code not-collected}. */
    default String label() {
        return switch (this) {
            case Pass _ -> "pass";
            case Warn _ -> "warn";
            case Fail _ -> "fail";
            case NotApplicable _ -> "not-applicable";
            case NotCollected _ -> "not-collected";
        };
    }

    /** What was seen, or why nothing was. */
    default String text() {
        return switch (this) {
            case Pass(String seen) -> seen;
            case Warn(String seen, String _) -> seen;
            case Fail(String seen, String _) -> seen;
            case NotApplicable(String why) -> why;
            case NotCollected(String because) -> because;
        };
    }

    /** What to do; empty when there is nothing to do. */
    default String mend() {
        return switch (this) {
            case Warn(String _, String mend) -> mend;
            case Fail(String _, String mend) -> mend;
            case Pass _, NotApplicable _, NotCollected _ -> "";
        };
    }
}
