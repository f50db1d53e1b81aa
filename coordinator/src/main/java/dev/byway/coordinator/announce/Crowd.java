package dev.byway.coordinator.announce;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.Candidate;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.Site;
import dev.byway.core.unit.Moment;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All visitors, and for each content the swarm of those that have or want it. Owned by {@link Rendezvous}, behind its lock. */
final class Crowd {
    private final int limit;
    private final Map<DeviceId, Visitor> visitors = new HashMap<>();
    private final Map<ContentId, Swarm> swarms = new HashMap<>();
    private final SiteIndex sites = new SiteIndex();

    Crowd(int limit) {
        this.limit = limit;
    }

    int size() {
        return visitors.size();
    }

    Optional<Visitor> visitor(DeviceId device) {
        return Optional.ofNullable(visitors.get(device));
    }

    /** Those of a site. */
    RandomSet<Visitor> of(Site site) {
        return sites.of(site);
    }

    /** An empty one, to look at only, when nobody has or wants the content. */
    Swarm swarm(ContentId content) {
        return Optional.ofNullable(swarms.get(content)).orElseGet(() -> new Swarm(content));
    }

    /**
     * The visitor as it is now.
     *
     * @throws RefusedException when it is new and there is no room
     */
    Visitor seen(Candidate candidate, List<AccessGroup> groups, long sequence) {
        Optional<Visitor> before = visitor(candidate.device());
        if (before.isEmpty()) {
            if (visitors.size() >= limit) {
                throw new RefusedException(
                        Refusal.Reason.UNAVAILABLE, "the coordinator remembers as many devices as it may");
            }
            Visitor visitor = new Visitor(candidate, groups, sequence);
            visitors.put(candidate.device(), visitor);
            sites.add(visitor);
            return visitor;
        }
        Visitor visitor = before.get();
        boolean moved = !visitor.site().equals(candidate.presence().site());
        if (moved) {
            sites.remove(visitor);
            visitor.contents().keySet().forEach(content -> leave(visitor, content));
        }
        visitor.isSeen(candidate, groups, sequence);
        if (moved) {
            sites.add(visitor);
            visitor.contents().keySet().forEach(content -> join(visitor, content));
        }
        return visitor;
    }

    /**
     * Brings the visitor's contents up to date; the ones that are new to it.
     *
     * @throws RefusedException when there are too many; those before are kept
     */
    List<ContentId> change(Visitor visitor, Announcement announcement) {
        List<ContentId> before = List.copyOf(visitor.contents().keySet());
        if (announcement.full()) {
            before.forEach(content -> drop(visitor, content));
        }
        announcement.gone().forEach(content -> drop(visitor, content));
        for (Announced announced : announcement.contents()) {
            put(visitor, announced);
        }
        Set<ContentId> added = new LinkedHashSet<>(visitor.contents().keySet());
        before.forEach(added::remove);
        return List.copyOf(added);
    }

    private void put(Visitor visitor, Announced announced) {
        ContentId content = announced.content();
        drop(visitor, content);
        if (visitor.contents().size() >= FleetLimits.CONTENTS) {
            throw new RefusedException(
                    Refusal.Reason.TOO_LARGE, "a device announces at most " + FleetLimits.CONTENTS + " contents");
        }
        visitor.contents().put(content, announced);
        join(visitor, content);
    }

    private void drop(Visitor visitor, ContentId content) {
        if (visitor.contents().containsKey(content)) {
            leave(visitor, content);
            visitor.contents().remove(content);
        }
    }

    private void join(Visitor visitor, ContentId content) {
        swarms.computeIfAbsent(content, Swarm::new).add(visitor);
    }

    private void leave(Visitor visitor, ContentId content) {
        Swarm swarm = swarm(content);
        swarm.remove(visitor);
        if (swarm.isEmpty()) {
            swarms.remove(content);
        }
    }

    void forget(DeviceId device) {
        Optional.ofNullable(visitors.remove(device)).ifPresent(visitor -> {
            sites.remove(visitor);
            List.copyOf(visitor.contents().keySet()).forEach(content -> drop(visitor, content));
        });
    }

    /** Forgets all whose time is over; how many they were. */
    int expire(Moment now) {
        List<DeviceId> over = visitors.values().stream()
                .filter(visitor -> visitor.expires().isBefore(now))
                .map(Visitor::device)
                .toList();
        over.forEach(this::forget);
        return over.size();
    }
}
