package dev.byway.coordinator.content;

import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.AccessGroup;
import java.util.List;

/** Who asks for content. */
public sealed interface Reader {
    /** A device with the groups in its certificate. */
    record Device(List<AccessGroup> groups) implements Reader {
        public Device {
            groups = List.copyOf(groups);
        }
    }

    /** The administrator, who may see everything. */
    record Admin() implements Reader {}

    /** Whether this reader may know of content with that visibility. */
    default boolean maySee(Visibility visibility) {
        return switch (this) {
            case Device(List<AccessGroup> groups) ->
                visibility.permits(groups.stream().map(AccessGroup::name).toList());
            case Admin() -> true;
        };
    }
}
