package dev.byway.core.discovery;

import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Finds the devices of one link and lets them find this one. Pure: packets and time go in, packets and sightings come
 * out. Not thread-safe; one owner.
 *
 * <p>The idea: a link's packets are written by anybody on it, so nothing here is worth more than a hint of where to dial,
 * and every hint is bounded. What keeps a stranger from making this device work or dial for him:
 *
 * <ul>
 *   <li>Only neighbours are heard. The sender must be on-link for the interface that heard it. (RFC 6762 section 11
 *       would also allow to look at the hop limit; Java does not show it.)
 *   <li>Only neighbours are dialled. Addresses that are not on-link are dropped, so that no packet sends a dial across a
 *       router; of {@link NeighbourTable} only a few services are taken from one sender or for one address.
 *   <li>Nothing is ever sent but to the link's multicast group, and each packet at most once a second. A question that
 *       would be content with a unicast answer gets a multicast one, which section 5.4 allows; a question from a port
 *       other than 5353 (a legacy resolver, section 6.7, that has to be answered by unicast) gets none. So there is
 *       nothing to reflect or amplify.
 *   <li>A sender can change or withdraw only what it said itself, as far as its address tells.
 * </ul>
 *
 * <p>What is left out of RFC 6762: probing and conflicts (names are random), unicast answers, waiting for the rest of a
 * truncated list of known answers, negative answers, any other domain or type.
 */
public final class ServiceDiscovery {
    /** A moment that never comes. */
    static final Moment NEVER = new Moment(Long.MAX_VALUE);

    private final Presence self;
    private final RandomGenerator random;
    private final NeighbourTable neighbours;
    private final SortedMap<Integer, Session> sessions = new TreeMap<>();

    /** What goes on on one link. */
    private record Session(Link link, Announcer announcer, Querier querier, PacketBudget budget) {}

    /**
     * Discovery without links.
     *
     * @param self what to tell about this device
     * @param random spreads answers and queries in time
     */
    public ServiceDiscovery(Presence self, RandomGenerator random) {
        this.self = self;
        this.random = random;
        this.neighbours = new NeighbourTable(self.instance(), random);
    }

    /** A link can be used from now on, or its addresses are others: presence is announced and neighbours are asked. */
    public List<DiscoveryEffect> linkUp(Link link, Moment now) {
        List<DiscoveryEffect> effects = new ArrayList<>();
        Session old = sessions.get(link.index());
        if (old == null) {
            sessions.put(link.index(), new Session(link, new Announcer(now), new Querier(now), new PacketBudget(now)));
        } else {
            old.announcer().restart(now);
            sessions.put(link.index(), new Session(link, old.announcer(), new Querier(now), old.budget()));
            effects.addAll(neighbours.keepOnLink(link));
        }
        effects.addAll(tick(now));
        return effects;
    }

    /** A link cannot be used any more. */
    public List<DiscoveryEffect> linkDown(int link) {
        return sessions.remove(link) == null ? List.of() : neighbours.forget(link);
    }

    /**
     * A packet was heard.
     *
     * @param link {@link Link#index()} of the link
     * @param source address of the sender
     * @param port UDP port of the sender
     * @param packet what it sent; left as it is
     */
    public List<DiscoveryEffect> received(int link, InetAddress source, int port, ByteBuffer packet, Moment now) {
        Session session = sessions.get(link);
        if (session == null
                || port != DiscoveryLimits.PORT
                || !session.link().isOnLink(source)
                || !session.budget().take(now)) {
            return List.of();
        }
        DnsMessage message;
        try {
            message = DnsMessage.decode(packet);
        } catch (MalformedDnsException e) {
            return List.of(); // RFC 6762 section 18: such packets are silently ignored.
        }
        if (message.response()) {
            return neighbours.heard(session.link(), source, message, now);
        }
        return queried(session, message, now);
    }

    private List<DiscoveryEffect> queried(Session session, DnsMessage query, Moment now) {
        if (neighbours.isCoveredBy(query, session.link().index(), now)) {
            session.querier().overheard(now, random);
        }
        if (query.questions().stream().anyMatch(question -> ServiceNames.concerns(question, self))
                && !isKnownTo(query)) {
            session.announcer().asked(now, answerDelay());
        }
        return List.of();
    }

    /** Whether the asker knows this device already, for at least half its lifetime (RFC 6762 section 7.1). */
    private boolean isKnownTo(DnsMessage query) {
        DnsName service = ServiceNames.service(self.instance());
        Duration enough = DiscoveryLimits.TTL.dividedBy(2);
        return query.answers().stream()
                .anyMatch(record -> record instanceof DnsRecord.Ptr ptr
                        && ptr.target().equals(service)
                        && ptr.ttl().compareTo(enough) >= 0);
    }

    private Duration answerDelay() {
        return DiscoveryLimits.ANSWER_DELAY.plusNanos(random.nextLong(DiscoveryLimits.ANSWER_SPREAD.toNanos()));
    }

    /** Does what is due now; to be called at {@link #nextTick()}, and any time. */
    public List<DiscoveryEffect> tick(Moment now) {
        List<DiscoveryEffect> effects = new ArrayList<>(neighbours.expire(now));
        for (Session session : sessions.values()) {
            int link = session.link().index();
            if (isAnnouncedOn(session) && !session.announcer().next().isAfter(now)) {
                effects.add(presence(session, DiscoveryLimits.TTL));
                session.announcer().sent(now);
            }
            if (!nextQuery(session).isAfter(now)) {
                boolean browse = session.querier().isTimeToBrowse(now);
                effects.add(new DiscoveryEffect.Send(
                        link, neighbours.query(link, browse, now).encode()));
                session.querier().sent(now, random);
            }
        }
        return effects;
    }

    /** When {@link #tick} has something to do. */
    public Moment nextTick() {
        Moment next = neighbours.nextExpiry();
        for (Session session : sessions.values()) {
            next = Moment.min(next, nextQuery(session));
            if (isAnnouncedOn(session)) {
                next = Moment.min(next, session.announcer().next());
            }
        }
        return next;
    }

    /** Says goodbye on all links, which are down from now on. */
    public List<DiscoveryEffect> stop() {
        List<DiscoveryEffect> goodbyes = sessions.values().stream()
                .filter(this::isAnnouncedOn)
                .map(session -> presence(session, Duration.ZERO))
                .toList();
        sessions.clear();
        return goodbyes;
    }

    private Moment nextQuery(Session session) {
        return session.querier().next(neighbours.nextQuestion(session.link().index()));
    }

    private boolean isAnnouncedOn(Session session) {
        return self.isAnnounced() && !session.link().announced().isEmpty();
    }

    private DiscoveryEffect presence(Session session, Duration ttl) {
        Link link = session.link();
        return new DiscoveryEffect.Send(
                link.index(), ServiceNames.presence(self, link, ttl).encode());
    }
}
