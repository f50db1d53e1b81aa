package dev.byway.core.policy;

import java.util.Locale;

/** One of a few numbered values, as Delivery Optimization writes its modes. Implemented by enums. */
public interface Choice {
    /** The number in files and policies. */
    int code();

    /** The enum constant's own name. */
    String name();

    /** The word that may stand for the number: lower case with hyphens. */
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
