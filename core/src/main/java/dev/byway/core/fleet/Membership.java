package dev.byway.core.fleet;

import java.util.Set;

/** What a peer's certificate grants it. */
public sealed interface Membership {
    /** Nobody known vouches for the device: public content only; limits and bans count per address. */
    record Anonymous() implements Membership {}

    /**
     * The fleet's CA vouches for the device.
     *
     * @param accessGroups the groups whose content it may receive, possibly none
     */
    record Fleet(Set<AccessGroup> accessGroups) implements Membership {
        public Fleet {
            accessGroups = Set.copyOf(accessGroups);
        }
    }

    /** The groups that this membership grants, none for an anonymous device. */
    default Set<AccessGroup> groups() {
        return switch (this) {
            case Anonymous() -> Set.of();
            case Fleet(Set<AccessGroup> groups) -> groups;
        };
    }
}
