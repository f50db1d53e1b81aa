package dev.byway.coordinator.enrol;

import dev.byway.core.fleet.AccessGroup;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Access groups as they are kept: their names with spaces between, which no name contains. */
final class Groups {
    private Groups() {}

    static String text(List<AccessGroup> groups) {
        return groups.stream().map(AccessGroup::name).collect(Collectors.joining(" "));
    }

    static List<AccessGroup> parse(String text) {
        return Stream.of(text.split(" "))
                .filter(name -> !name.isEmpty())
                .map(AccessGroup::new)
                .toList();
    }
}
