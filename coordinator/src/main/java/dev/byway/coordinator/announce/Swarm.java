package dev.byway.coordinator.announce;

import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.PeerScope;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** All visitors that have or want one content, with those of each site apart. Owned by {@link Rendezvous}. */
final class Swarm {
    /** How many members are looked at for one answer, however large the swarm is. */
    static final int LOOK = 256;

    private final ContentId content;
    private final RandomSet<Visitor> all = new RandomSet<>();
    private final SiteIndex sites = new SiteIndex();
    private int complete;

    Swarm(ContentId content) {
        this.content = content;
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether the visitor was no member before. */
    boolean add(Visitor visitor) {
        complete += visitor.holdsAll(content) ? 1 : 0;
        sites.add(visitor);
        return all.add(visitor);
    }

    /** Takes the visitor out, while it still says of itself what it said when it was added. */
    void remove(Visitor visitor) {
        complete -= visitor.holdsAll(content) ? 1 : 0;
        all.remove(visitor);
        sites.remove(visitor);
    }

    int complete() {
        return complete;
    }

    int partial() {
        return all.size() - complete;
    }

    /**
     * Members to look at for {@code self}: random ones of its site, then, if it shares beyond its site, random ones of all.
     */
    List<Visitor> look(Visitor self, RandomGenerator random) {
        List<Visitor> members = new ArrayList<>(ofSite(self).draw(LOOK, random));
        if (self.candidate().presence().scope() != PeerScope.SITE && members.size() < LOOK) {
            all.draw(LOOK - members.size(), random).stream()
                    .filter(member -> !member.site().equals(self.site()))
                    .forEach(members::add);
        }
        members.remove(self);
        return members;
    }

    /** How many members are elsewhere and were not even looked at, because {@code self} shares within its site only. */
    int outOfScope(Visitor self) {
        return self.candidate().presence().scope() == PeerScope.SITE
                ? all.size() - ofSite(self).size()
                : 0;
    }

    private RandomSet<Visitor> ofSite(Visitor self) {
        return sites.of(self.site());
    }

    /** All members; a copy. */
    List<Visitor> members() {
        return all.draw(all.size(), RandomGenerator.getDefault());
    }
}
