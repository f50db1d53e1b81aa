package dev.byway.agent.meeting;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorState;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.EventSubscription;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.Peering;
import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.AnnouncementAnswer;
import dev.byway.core.fleet.ContentPeers;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.PeerScope;
import dev.byway.core.fleet.Relation;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.nat.NatKind;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the coordinator told of what this device has and wants, and takes from it who else does. A loop of its own, because
 * every call blocks; when the coordinator is away, it tries again and nothing else waits for it.
 *
 * <p>The first announcement, and the one after any trouble, is full; later ones say what changed.
 */
public final class Meeting implements AutoCloseable {
    private static final Duration SOON = Duration.ofMillis(20);

    /** In the long run one announcement in so much time, as the coordinator allows; so many may come sooner. */
    private static final Duration APART = Duration.ofMillis(500);

    private static final int SOONER = 10;

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    private final Loop loop = new Loop("byway-meeting");
    private final FleetClient client;
    private final Peering peering;
    private final Self self;
    private final Tunnel tunnel;
    private final Supplier<List<Announced>> contents;
    private final Consumer<ContentPeers> answers;
    private final EventSubscription events;
    private Map<ContentId, Announced> told = new HashMap<>();
    private Optional<InetAddress> met = Optional.empty();
    private boolean full = true;
    private final AtomicLong changes = new AtomicLong();
    private long sequence;

    /** Whether an announcement of changes is on its way. */
    private boolean due;

    /** Until then the announcements that were made would have lasted, one every {@link #APART}. */
    private volatile Moment paid = Loop.now();

    /**
     * What a device says of itself.
     *
     * @param port where it takes links, 0 for nowhere
     */
    public record Self(PeerScope scope, String group, Supplier<Integer> port) {}

    /**
     * @param tunnel whose address is announced; to announce a new one at once, call {@link #changed()}
     * @param contents what the device has and wants now
     * @param answers told what the coordinator said about each wanted content
     */
    public Meeting(
            FleetClient client,
            Peering peering,
            Self self,
            Tunnel tunnel,
            Supplier<List<Announced>> contents,
            Consumer<ContentPeers> answers) {
        this.client = client;
        this.peering = peering;
        this.self = self;
        this.tunnel = tunnel;
        this.contents = contents;
        this.answers = answers;
        this.events = client.events(this::take, () -> loop.execute(this::announceInFull));
        peering.meeting(true);
        loop.execute(this::announce);
    }

    /** What the device has or wants changed, or its Teredo address. Until the coordinator has answered, neighbours may turn up. */
    public void changed() {
        changes.incrementAndGet();
        if (!(client.state() instanceof CoordinatorState.Unreachable) && !isCrowded()) {
            peering.meeting(true);
        }
        loop.execute(() -> {
            if (!due) {
                due = true;
                loop.wakeAt(next(), this::announce);
            }
        });
    }

    /** So much was announced of late that what changed now waits, to be told together; nobody need wait for that. */
    private boolean isCrowded() {
        return next().isAfter(Loop.now().plus(SOON));
    }

    private Moment next() {
        Moment soon = Loop.now().plus(SOON);
        Moment allowed = paid.plusNanos(-SOONER * APART.toNanos());
        return allowed.isAfter(soon) ? allowed : soon;
    }

    /** Asks that a device that cannot be dialled dial this one. */
    public void askToDial(DeviceId device) {
        loop.execute(() -> {
            try {
                client.connect(device);
            } catch (CoordinatorUnreachableException | CoordinatorRefusedException | MalformedMessageException e) {
                full = true;
            }
        });
    }

    @Override
    public void close() {
        events.close();
        loop.close();
    }

    private void announceInFull() {
        full = true;
        announce();
    }

    private void announce() {
        long change = changes.get();
        tell();
        if (change == changes.get() || isCrowded()) {
            peering.meeting(false);
        }
    }

    private void tell() {
        due = false;
        Map<ContentId, Announced> now = new HashMap<>();
        contents.get().forEach(content -> now.put(content.content(), content));
        Optional<TeredoEndpoint> here = tunnel.endpoint();
        notice(here.map(TeredoEndpoint::address));
        Moment time = Loop.now();
        paid = (paid.isAfter(time) ? paid : time).plus(APART);
        try {
            AnnouncementAnswer answer = client.announce(announcement(now, here));
            told = now;
            full = answer.resync();
            tunnel.told(answer.teredoServers(), answer.teredoVerdict());
            answer.wanted().forEach(this::found);
            loop.wakeAt(full ? next() : Loop.now().plus(answer.interval()), this::announce);
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException | MalformedMessageException e) {
            full = true;
            loop.wakeAt(Loop.now().plus(AFTER_TROUBLE), this::announce);
        }
    }

    private void notice(Optional<InetAddress> here) {
        if (here.isPresent() && !here.equals(met)) {
            peering.moved();
        }
        met = here;
    }

    private Announcement announcement(Map<ContentId, Announced> now, Optional<TeredoEndpoint> here) {
        List<Announced> changed = new ArrayList<>();
        List<ContentId> gone = new ArrayList<>();
        now.values().stream()
                .filter(content -> full || content.wants() || !content.equals(told.get(content.content())))
                .forEach(changed::add);
        if (!full) {
            told.keySet().stream().filter(id -> !now.containsKey(id)).forEach(gone::add);
        }
        return new Announcement(
                ++sequence, full, self.port().get(), List.of(), here, self.scope(), self.group(), changed, gone);
    }

    // ---- who is there ----

    private void take(FleetEvent event) {
        switch (event) {
            case FleetEvent.Connect connect -> offered(connect.peer(), true);
            case FleetEvent.Peers peers -> peers.peers().forEach(peer -> offered(peer, false));
            case FleetEvent.Withdrawn ignored -> changed();
            case FleetEvent.Probe ignored -> {}
            case FleetEvent.Heartbeat ignored -> {}
            case FleetEvent.Unknown ignored -> {}
        }
    }

    private void found(ContentPeers peers) {
        answers.accept(peers);
        peers.peers().forEach(peer -> offered(peer, false));
    }

    private void offered(PeerOffer peer, boolean now) {
        List<InetSocketAddress> addresses = peer.endpoints().stream()
                .map(endpoint -> new InetSocketAddress(endpoint.address(), endpoint.port()))
                .toList();
        peering.found("fleet " + peer.device(), peer.device(), kind(peer.relation()), addresses, now);
        peer.teredo().ifPresent(there -> tunnel.endpoint().ifPresent(here -> behindNat(peer, here, there)));
        if (addresses.isEmpty() && !now) {
            askToDial(peer.device());
        }
    }

    private void behindNat(PeerOffer peer, TeredoEndpoint here, TeredoEndpoint there) {
        tunnel.offered(peer.device(), there);
        Optional<String> noWay = here.nat().prospect(there.nat()) != NatKind.Prospect.NO_WAY
                ? Optional.empty()
                : Optional.of("this device is behind " + here.nat().words() + ", that one behind "
                        + there.nat().words());
        peering.foundBehindNat("tunnel " + peer.device(), peer.device(), kind(peer.relation()), there.address(), noWay);
    }

    private static SourceKind kind(Relation relation) {
        return switch (relation) {
            case SAME_SITE -> SourceKind.LAN;
            case SAME_GROUP -> SourceKind.GROUP;
            case SAME_FLEET -> SourceKind.INTERNET;
        };
    }
}
