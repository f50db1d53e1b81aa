package dev.byway.coordinator.announce;

import dev.byway.core.fleet.Site;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Visitors, with those of each site apart. One owner. */
final class SiteIndex {
    private final Map<Site, RandomSet<Visitor>> sites = new HashMap<>();

    void add(Visitor visitor) {
        sites.computeIfAbsent(visitor.site(), site -> new RandomSet<>()).add(visitor);
    }

    /** Takes the visitor out, while it still says that it is where it was when it was added. */
    void remove(Visitor visitor) {
        Optional.ofNullable(sites.get(visitor.site())).ifPresent(site -> {
            site.remove(visitor);
            if (site.isEmpty()) {
                sites.remove(visitor.site());
            }
        });
    }

    RandomSet<Visitor> of(Site site) {
        return Optional.ofNullable(sites.get(site)).orElseGet(RandomSet::new);
    }
}
