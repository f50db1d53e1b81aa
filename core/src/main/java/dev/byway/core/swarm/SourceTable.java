package dev.byway.core.swarm;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds sources by their numbers: open addressing, the numbers beside each other. Made anew when somebody comes or goes, asked
 * for every word that is heard, so that a fleet in the simulator mostly waits for the memory that this reads.
 */
final class SourceTable {
    private final int[] numbers;
    private final @Nullable SourceState[] sources;

    private SourceTable(int places) {
        numbers = new int[places];
        sources = new SourceState[places];
    }

    static SourceTable of(List<SourceState> all) {
        SourceTable table = new SourceTable(Integer.highestOneBit(2 * all.size() + 1) * 2);
        for (SourceState source : all) {
            int place = table.place(source.id.number());
            table.numbers[place] = source.id.number();
            table.sources[place] = source;
        }
        return table;
    }

    Optional<SourceState> find(SourceId id) {
        return Optional.ofNullable(sources[place(id.number())]);
    }

    /** Where a number stands, or would. */
    private int place(int number) {
        int last = numbers.length - 1;
        int place = ((number * 0x9E3779B9) >>> 7) & last;
        while (sources[place] != null && numbers[place] != number) {
            place = (place + 1) & last;
        }
        return place;
    }
}
