package dev.byway.core.content;

import java.util.ArrayList;
import java.util.List;

/**
 * The publisher keys that this device believes.
 *
 * @param fleet the fleet's list, whose root the join token pinned; empty without a coordinator
 * @param own {@code trust.publishers} and {@code --key}
 */
public record TrustedKeys(List<PublisherKey> fleet, List<PublisherKey> own) {
    /** Nobody. */
    public static final TrustedKeys NONE = new TrustedKeys(List.of(), List.of());

    public TrustedKeys {
        fleet = List.copyOf(fleet);
        own = List.copyOf(own);
    }

    /** Both lists. */
    public List<PublisherKey> all() {
        List<PublisherKey> all = new ArrayList<>(fleet);
        all.addAll(own);
        return all;
    }
}
