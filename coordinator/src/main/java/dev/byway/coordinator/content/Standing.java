package dev.byway.coordinator.content;

import dev.byway.core.content.Visibility;
import java.util.List;

/** What the catalog says about who may exchange a content. */
public sealed interface Standing {
    /** Nobody published it here; it may come from a manifest beside its origin, and its id names no secret. */
    record Unknown() implements Standing {}

    /**
     * Published.
     *
     * @param visibilities one for each statement about it; who is let in by any of them may have it
     */
    record Known(List<Visibility> visibilities) implements Standing {
        public Known {
            visibilities = List.copyOf(visibilities);
        }
    }

    /** The administrator withdrew it. */
    record Withdrawn() implements Standing {}

    /** Whether {@code reader} may be told of other devices that have it. */
    default boolean permits(Reader reader) {
        return switch (this) {
            case Unknown() -> true;
            case Known(List<Visibility> visibilities) -> visibilities.stream().anyMatch(reader::maySee);
            case Withdrawn() -> false;
        };
    }
}
