package dev.byway.core.swarm;

/**
 * Names one source within one download, for as long as it lasts; given by the shell, never used again.
 *
 * @param number any number
 */
public record SourceId(int number) implements Comparable<SourceId> {
    @Override
    public int compareTo(SourceId other) {
        return Integer.compare(number, other.number);
    }
}
