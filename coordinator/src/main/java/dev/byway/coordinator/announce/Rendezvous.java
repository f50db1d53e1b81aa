package dev.byway.coordinator.announce;

import dev.byway.coordinator.content.Reader;
import dev.byway.coordinator.content.Standing;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.AnnouncementAnswer;
import dev.byway.core.fleet.Candidate;
import dev.byway.core.fleet.ContentPeers;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.NearbyRequest;
import dev.byway.core.fleet.Pairing;
import dev.byway.core.fleet.PeerChoice;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.Presence;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.Shortage;
import dev.byway.core.fleet.SiteRule;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where devices find each other: who has what, as announced, until it expires.
 *
 * <p>The hard case is the crowd: a thousand devices of one site ask for the same new content within a minute. An answer alone
 * would show each only those that came before it, and most would wait out their interval without a peer. So a newcomer is
 * also told at once to a few of those that want the content, on their held streams; with {@link FleetLimits#PEERS} names in
 * each answer and {@link #PUSHES} in each push the crowd is one connected graph within a second, whoever came first.
 *
 * <p>All state is behind one lock, held for the rules only: reading and writing of messages, and telling, happen outside.
 * Any thread.
 */
public final class Rendezvous {
    /** Devices that are told of a newcomer at once. */
    static final int PUSHES = 16;

    /** Peers in one answer, over all contents. */
    static final int OFFERS = 2048;

    private final SiteRule sites;
    private final Function<ContentId, Standing> standings;
    private final Events events;
    private final Supplier<Moment> clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Crowd crowd;

    /**
     * Empty.
     *
     * @param sites who is on whose site
     * @param standings what the catalog says about a content
     * @param events where devices are told
     * @param clock monotonic
     * @param limit devices that are remembered
     */
    public Rendezvous(
            SiteRule sites,
            Function<ContentId, Standing> standings,
            Events events,
            Supplier<Moment> clock,
            RandomGenerator random,
            int limit) {
        this.sites = sites;
        this.standings = standings;
        this.events = events;
        this.clock = clock;
        this.random = random;
        this.crowd = new Crowd(limit);
    }

    /**
     * Takes an announcement.
     *
     * @param device who, as its certificate proved
     * @param groups what its certificate grants
     * @param observed the address of its connection
     * @param announcement what it says; a Teredo address is taken as it is, see {@code coordinator.teredo.Witness}
     * @throws RefusedException when too many devices, or too many contents of this one, are remembered
     */
    public AnnouncementAnswer announce(
            DeviceId device, List<AccessGroup> groups, InetAddress observed, Announcement announcement) {
        Candidate candidate = candidate(device, observed, announcement);
        Map<ContentId, Standing> known = standings(device, announcement);
        List<Notice> notices = new ArrayList<>();
        lock.lock();
        try {
            if (!announcement.full()
                    && crowd.visitor(device)
                            .filter(visitor -> visitor.goesOnWith(announcement.sequence()))
                            .isEmpty()) {
                return answer(candidate, Pace.SEARCHING, true, List.of());
            }
            Visitor visitor = crowd.seen(candidate, groups, announcement.sequence());
            notices.addAll(newcomer(visitor, crowd.change(visitor, announcement), known));
            List<ContentPeers> wanted = wanted(visitor, announcement.sequence(), known);
            boolean found = wanted.stream().allMatch(peers -> !peers.peers().isEmpty());
            Duration interval = Pace.interval(!wanted.isEmpty(), found, crowd.size());
            visitor.expiresAt(clock.get().plus(Pace.memory(interval)));
            return answer(candidate, interval, false, wanted);
        } finally {
            lock.unlock();
            notices.forEach(notice -> events.tell(notice.device(), notice.event()));
        }
    }

    private Candidate candidate(DeviceId device, InetAddress observed, Announcement announcement) {
        Presence presence = new Presence(
                sites.siteOf(observed),
                announcement.group(),
                announcement.scope(),
                announcement.port() > 0,
                announcement.teredo().isPresent());
        return new Candidate(
                device, presence, observed, announcement.localAddresses(), announcement.port(), announcement.teredo());
    }

    private static AnnouncementAnswer answer(
            Candidate candidate, Duration interval, boolean resync, List<ContentPeers> wanted) {
        return new AnnouncementAnswer(
                interval, resync, candidate.observed(), candidate.presence().site(), wanted);
    }

    /** What the catalog says of everything this announcement can concern, asked before the lock is taken. */
    private Map<ContentId, Standing> standings(DeviceId device, Announcement announcement) {
        Map<ContentId, Standing> known = new LinkedHashMap<>();
        List<ContentId> all = new ArrayList<>(wantedBy(device));
        announcement.contents().forEach(announced -> all.add(announced.content()));
        all.forEach(content -> known.computeIfAbsent(content, standings));
        return known;
    }

    private List<ContentId> wantedBy(DeviceId device) {
        lock.lock();
        try {
            return crowd.visitor(device)
                    .map(visitor -> visitor.contents().keySet().stream()
                            .filter(visitor::wants)
                            .toList())
                    .orElse(List.of());
        } finally {
            lock.unlock();
        }
    }

    /** Those of {@code added} that somebody else has or wants; no more than are answered at once, for the lock's sake. */
    private List<ContentId> withOthers(List<ContentId> added) {
        return added.stream()
                .filter(content -> crowd.swarm(content).size() > 1)
                .limit(FleetLimits.WANTED)
                .toList();
    }

    /** Tells some of those that want what the newcomer has or wants. */
    private List<Notice> newcomer(Visitor visitor, List<ContentId> added, Map<ContentId, Standing> known) {
        List<Notice> notices = new ArrayList<>();
        for (ContentId content : withOthers(added)) {
            Standing standing = known.getOrDefault(content, new Standing.Unknown());
            if (!standing.permits(reader(visitor))) {
                continue;
            }
            List<Candidate> waiting = crowd.swarm(content).look(visitor, random).stream()
                    .filter(member -> member.wants(content) && standing.permits(reader(member)))
                    .filter(member -> events.reaches(member.device()))
                    .limit(PUSHES)
                    .map(Visitor::candidate)
                    .toList();
            for (Candidate member : waiting) {
                PeerChoice.of(member, List.of(visitor.candidate()), 1).peers().stream()
                        .map(offer -> new Notice(member.device(), new FleetEvent.Peers(content, List.of(offer))))
                        .forEach(notices::add);
            }
        }
        return notices;
    }

    private static Reader reader(Visitor visitor) {
        return new Reader.Device(visitor.groups());
    }

    /** Peers for what the visitor wants; for as many as fit one answer, going on with the others in the next. */
    private List<ContentPeers> wanted(Visitor visitor, long sequence, Map<ContentId, Standing> known) {
        List<ContentId> all =
                visitor.contents().keySet().stream().filter(visitor::wants).toList();
        List<ContentPeers> answers = new ArrayList<>();
        int offers = 0;
        for (int i = 0; i < Math.min(all.size(), FleetLimits.WANTED) && offers < OFFERS; i++) {
            ContentId content = all.get(Math.floorMod(i + sequence * FleetLimits.WANTED, all.size()));
            ContentPeers peers = peers(visitor, content, known.getOrDefault(content, new Standing.Unknown()));
            offers += peers.peers().size();
            answers.add(peers);
        }
        return answers;
    }

    private ContentPeers peers(Visitor self, ContentId content, Standing standing) {
        if (!standing.permits(reader(self))) {
            Shortage.Reason reason =
                    standing instanceof Standing.Withdrawn ? Shortage.Reason.WITHDRAWN : Shortage.Reason.NOT_GRANTED;
            return new ContentPeers(content, 0, 0, List.of(), List.of(new Shortage(reason, 0)));
        }
        Swarm swarm = crowd.swarm(content);
        List<Visitor> members = swarm.look(self, random);
        List<Candidate> granted = members.stream()
                .filter(member -> standing.permits(reader(member)))
                .map(Visitor::candidate)
                .toList();
        PeerChoice choice = PeerChoice.of(self.candidate(), granted, FleetLimits.PEERS);
        List<Shortage> shortages = new ArrayList<>(choice.shortages());
        addIfAny(shortages, Shortage.Reason.NOT_GRANTED, members.size() - granted.size());
        addIfAny(shortages, Shortage.Reason.OTHER_SITE, swarm.outOfScope(self));
        if (choice.peers().isEmpty() && shortages.isEmpty()) {
            shortages.add(new Shortage(Shortage.Reason.NOBODY_HAS_IT, 0));
        }
        return new ContentPeers(content, swarm.complete(), swarm.partial() - 1, choice.peers(), shortages);
    }

    private static void addIfAny(List<Shortage> shortages, Shortage.Reason reason, int devices) {
        if (devices > 0) {
            shortages.add(new Shortage(reason, devices));
        }
    }

    /**
     * Asks {@code target} to dial {@code asking}.
     *
     * @throws RefusedException when the two may not link, {@code asking} cannot be reached, or {@code target} cannot be told
     */
    public void connect(DeviceId asking, DeviceId target) {
        PeerOffer offer = offerTo(asking, target);
        if (!events.tell(target, new FleetEvent.Connect(offer))) {
            throw unreachable();
        }
    }

    private PeerOffer offerTo(DeviceId asking, DeviceId target) {
        lock.lock();
        try {
            Visitor self = crowd.visitor(asking)
                    .orElseThrow(() -> new RefusedException(
                            Refusal.Reason.NOT_ALLOWED,
                            "announce first, so that the other device can be told where to"));
            Visitor other = crowd.visitor(target).orElseThrow(Rendezvous::unreachable);
            if (!(Pairing.of(self.candidate().presence(), other.candidate().presence()) instanceof Pairing.Allowed)) {
                throw unreachable();
            }
            return PeerChoice.of(other.candidate(), List.of(self.candidate()), 1).peers().stream()
                    .filter(PeerOffer::saysWhere)
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(
                            Refusal.Reason.NOT_ALLOWED,
                            "a device that takes no links and has no Teredo address to tell cannot ask to be dialled"));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Who is near {@code device}: of its site, whatever they have.
     *
     * @param observed the address of its connection
     * @param request the devices that it finds on its own link, and the content that it asks about
     * @throws RefusedException when it has not announced itself
     */
    public Nearby nearby(DeviceId device, InetAddress observed, NearbyRequest request) {
        Optional<Standing> standing = request.content().map(standings);
        lock.lock();
        try {
            Visitor self = crowd.visitor(device)
                    .orElseThrow(() -> new RefusedException(Refusal.Reason.NOT_ALLOWED, "announce first"));
            List<Candidate> near = crowd.of(self.site()).draw(Swarm.LOOK, random).stream()
                    .filter(visitor -> visitor != self)
                    .map(Visitor::candidate)
                    .toList();
            PeerChoice choice = PeerChoice.of(self.candidate(), near, NearbyRequest.MAX);
            List<DeviceId> elsewhere = request.seen().stream()
                    .filter(other -> crowd.visitor(other)
                            .filter(visitor -> !visitor.site().equals(self.site()))
                            .isPresent())
                    .toList();
            OptionalInt holders = standing.map(
                            said -> holders(self, request.content().orElseThrow(), said))
                    .orElse(OptionalInt.empty());
            return new Nearby(observed, sites.siteOf(observed), choice.peers(), choice.shortages(), elsewhere, holders);
        } finally {
            lock.unlock();
        }
    }

    private OptionalInt holders(Visitor self, ContentId content, Standing standing) {
        if (!standing.permits(reader(self))) {
            return OptionalInt.empty();
        }
        List<Candidate> holders = crowd.swarm(content).look(self, random).stream()
                .filter(member -> member.holds(content) && standing.permits(reader(member)))
                .map(Visitor::candidate)
                .toList();
        return OptionalInt.of(
                PeerChoice.of(self.candidate(), holders, Swarm.LOOK).peers().size());
    }

    /** The same words for "no such device", "may not link" and "has no stream": none of them is the caller's business. */
    private static RefusedException unreachable() {
        return new RefusedException(Refusal.Reason.NOT_FOUND, "that device cannot be told now");
    }

    /** Tells everybody who has or wants a content that it was withdrawn. */
    public void withdrawn(ContentId content) {
        List<DeviceId> members;
        lock.lock();
        try {
            members =
                    crowd.swarm(content).members().stream().map(Visitor::device).toList();
        } finally {
            lock.unlock();
        }
        members.forEach(device -> events.tell(device, new FleetEvent.Withdrawn(content)));
    }

    /** Forgets a device. */
    public void forget(DeviceId device) {
        lock.lock();
        try {
            crowd.forget(device);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all whose time is over; how many they were. To be called every few seconds. */
    public int expire() {
        lock.lock();
        try {
            return crowd.expire(clock.get());
        } finally {
            lock.unlock();
        }
    }

    /** How many devices are remembered. */
    public int size() {
        lock.lock();
        try {
            return crowd.size();
        } finally {
            lock.unlock();
        }
    }
}
