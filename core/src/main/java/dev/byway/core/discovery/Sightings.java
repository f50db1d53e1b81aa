package dev.byway.core.discovery;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was said of each instance last, so that only changes are said. */
final class Sightings {
    private final Map<String, Neighbour> said = new HashMap<>();

    /** What to say of an instance after something about it changed; {@code heard} is all of it, on all links. */
    Optional<Sighting> update(String instance, List<HeardService> heard) {
        List<HeardService> usable =
                heard.stream().filter(HeardService::isUsable).toList();
        if (usable.isEmpty()) {
            return said.remove(instance) == null ? Optional.empty() : Optional.of(new Sighting.Gone(instance));
        }
        List<InetSocketAddress> addresses = usable.stream()
                .flatMap(HeardService::socketAddresses)
                .limit(DiscoveryLimits.ADDRESSES)
                .toList();
        HeardService first = usable.getFirst();
        Neighbour neighbour = new Neighbour(
                instance, first.device().orElseThrow(), addresses, first.link().name());
        return neighbour.equals(said.put(instance, neighbour))
                ? Optional.empty()
                : Optional.of(new Sighting.Appeared(neighbour));
    }
}
