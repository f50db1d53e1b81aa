package dev.byway.origin;

import dev.byway.core.content.Validators;

/** Which version of the file is wanted. */
public sealed interface Condition {
    /** Whichever is there. */
    record Any() implements Condition {}

    /**
     * Only this version: another one is answered by {@link OriginAnswer.Changed}.
     *
     * @param expected what is known about the version
     */
    record SameAs(Validators expected) implements Condition {}

    /**
     * Anything but this version: if it is still there, the answer is {@link OriginAnswer.NotModified}.
     *
     * @param known the version at hand
     */
    record UnlessSameAs(Validators known) implements Condition {}
}
