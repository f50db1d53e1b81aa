package dev.byway.agent;

import dev.byway.agent.discovery.Discovery;
import dev.byway.agent.discovery.DiscoveryState;
import dev.byway.agent.discovery.MulticastDiscovery;
import dev.byway.agent.examination.Examiner;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.identity.PeerTls;
import dev.byway.agent.job.AgentStatus;
import dev.byway.agent.link.DialResult;
import dev.byway.agent.link.LinkDialler;
import dev.byway.agent.link.LinkListener;
import dev.byway.agent.link.LinkSetup;
import dev.byway.agent.link.LinkTimes;
import dev.byway.agent.link.ListenResult;
import dev.byway.agent.link.Throttle;
import dev.byway.agent.meeting.Meeting;
import dev.byway.agent.peering.Peering;
import dev.byway.agent.store.ContentStore;
import dev.byway.core.account.Reason;
import dev.byway.core.account.ReasonCode;
import dev.byway.core.discovery.Neighbour;
import dev.byway.core.discovery.Presence;
import dev.byway.core.discovery.Sighting;
import dev.byway.core.doctor.Question;
import dev.byway.core.doctor.TunnelSeen;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.ContentPeers;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.PeerScope;
import dev.byway.core.fleet.Validity;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Refusal;
import dev.byway.core.policy.Settings;
import dev.byway.core.swarm.Neighbours;
import dev.byway.core.swarm.Path;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How this device and others find and reach each other: the port it listens on, dialling, DNS-SD, the coordinator. Puts these
 * together around the device loop ({@link Peering}) and decides nothing itself. Where mode, memory or disk allow no peers it
 * listens nowhere, looks for nobody and announces nothing. Any thread.
 */
final class Neighbourhood implements AutoCloseable {
    /** The first question of DNS-SD and its answers may each be put off by 120 ms (RFC 6762, sections 5.2 and 6). */
    private static final Duration LOOKING = Duration.ofMillis(500);

    private final EffectiveSettings settings;
    private final DeviceId self;
    private final String software;
    private final LinkSetup setup;
    private final LinkDialler dialler;
    private final Peering peering;
    private final Gatekeeper gates;
    private volatile Optional<NatTraversal> traversal = Optional.empty();
    private volatile ListenResult listening = new ListenResult.Unusable("not yet");
    private volatile Optional<Discovery> discovery = Optional.empty();
    private volatile Optional<Meeting> meeting = Optional.empty();

    Neighbourhood(AgentConfig config, DeviceId self, PeerTls tls, ContentStore store, Gatekeeper gates) {
        this.settings = config.settings();
        this.self = self;
        this.software = "Byway/" + config.version();
        this.gates = gates;
        this.peering = new Peering(
                self,
                store,
                settings.get(Settings.PEER_LINKS),
                settings.get(Settings.UPLOAD_SLOTS),
                new Dials(),
                this::askToDial,
                gates);
        this.setup = new LinkSetup(
                () -> tls, this::hello, peering, Throttle.of(settings.get(Settings.UPLOAD_LIMIT)), LinkTimes.STANDARD);
        this.dialler = new LinkDialler(setup, settings.get(Settings.PEER_ADDRESS));
    }

    /** The device loop. */
    Peering peering() {
        return peering;
    }

    /**
     * Begins to listen, and to look for others.
     *
     * @param contents what this device has and wants, for the coordinator
     * @param answered told what the coordinator said about each wanted content
     */
    void start(Optional<FleetClient> coordinator, Supplier<List<Announced>> contents, Consumer<ContentPeers> answered) {
        Optional<Refusal> never = gates.noPeersAtAll();
        if (never.isPresent()) {
            listening = new ListenResult.Unusable("peers are switched off: " + text(never.get()));
        } else {
            if (settings.get(Settings.PEER_TCP)) {
                listen();
            } else {
                listening = new ListenResult.Unusable("links over TCP are switched off (peer.tcp)");
            }
            Thread.ofVirtual().name("byway-rehearsal").start(this::rehearse);
            discover();
            coordinator.ifPresent(client -> meet(client, contents, answered));
        }
    }

    private static String text(Refusal refusal) {
        return refusal.detail()
                + refusal.setting().map(setting -> " (" + setting.name() + ")").orElse("");
    }

    /** What this device has or wants changed. */
    void changed() {
        meeting.ifPresent(Meeting::changed);
    }

    private void listen() {
        InetAddress any = new InetSocketAddress(0).getAddress();
        listening = LinkListener.listen(
                settings.get(Settings.PEER_ADDRESS).orElse(any), settings.get(Settings.PEER_PORT), setup);
    }

    private int listeningPort() {
        return listening instanceof ListenResult.Listening on
                ? on.listener().address().getPort()
                : 0;
    }

    /**
     * Shakes hands with itself, once. The first handshake of a Java program takes a second and more, most of it to load and
     * compile the code; whoever waits for a neighbour's bytes should not wait for that, too.
     */
    private void rehearse() {
        if (listening instanceof ListenResult.Listening on) {
            InetSocketAddress bound = on.listener().address();
            InetAddress here =
                    bound.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound.getAddress();
            dialler.probe(new InetSocketAddress(here, bound.getPort()), self);
        }
    }

    private Frame.Hello hello() {
        return new Frame.Hello(Feature.INTENT | Feature.PROBE | Feature.SEEK, listeningPort(), software, gates.group());
    }

    // ---- DNS-SD ----

    private void discover() {
        if (settings.get(Settings.LAN_DISCOVERY)) {
            Presence presence = new Presence(MulticastDiscovery.newInstance(), listeningPort(), self.toString());
            peering.looking(LOOKING);
            discovery =
                    Optional.of(MulticastDiscovery.start(presence, settings.get(Settings.PEER_ADDRESS), this::sighted));
        }
    }

    private void sighted(Sighting sighting) {
        switch (sighting) {
            case Sighting.Appeared(Neighbour neighbour) ->
                peering.sighted(neighbour.instance(), neighbour.device(), neighbour.addresses());
            case Sighting.Gone(String instance) -> peering.gone(instance);
        }
    }

    // ---- the coordinator ----

    private void meet(FleetClient client, Supplier<List<Announced>> contents, Consumer<ContentPeers> answered) {
        PeerScope scope = switch (settings.get(Settings.DOWNLOAD_MODE)) {
            case GROUP -> PeerScope.GROUP;
            case INTERNET -> PeerScope.FLEET;
            default -> PeerScope.SITE;
        };
        Meeting.Self ours = new Meeting.Self(scope, gates.group(), this::listeningPort);
        NatTraversal through = new NatTraversal(settings, setup, client, this::changed);
        traversal = Optional.of(through);
        meeting = Optional.of(new Meeting(client, peering, ours, through, contents, answered));
    }

    private void askToDial(DeviceId device) {
        if (listeningPort() != 0) {
            meeting.ifPresent(m -> m.askToDial(device));
        }
    }

    // ---- dialling ----

    private final class Dials implements Peering.Dialling {
        @Override
        public Optional<Reason> dial(Neighbours.Dial dial) {
            return Neighbourhood.this.dial(dial);
        }

        @Override
        public ProbeOutcome dialBack(InetSocketAddress address, DeviceId expected) {
            return dialler.probe(address, expected);
        }

        @Override
        public boolean isLooking() {
            return discovery
                    .filter(d -> d.state() instanceof DiscoveryState.Looking)
                    .isPresent();
        }
    }

    private static Optional<Reason> dialThrough(NatTraversal through, Neighbours.Dial dial) {
        InetAddress teredo = dial.addresses().getFirst().getAddress();
        return through.dial(teredo, dial.device()) instanceof DialResult.Failed failed
                ? failed.reason(dial.name())
                : Optional.empty();
    }

    /** Dials a candidate at all its addresses; why there is no link, or nothing. */
    private Optional<Reason> dial(Neighbours.Dial dial) {
        if (dial.path() == Path.TUNNEL) {
            return traversal.flatMap(through -> dialThrough(through, dial));
        }
        if (!settings.get(Settings.PEER_TCP)) {
            return Optional.of(new Reason(
                    dial.name(),
                    ReasonCode.PEER_UNREACHABLE,
                    Optional.of(Settings.PEER_TCP.name()),
                    "links over TCP are switched off here"));
        }
        Optional<Reason> failure = Optional.empty();
        List<String> story = new ArrayList<>();
        for (InetSocketAddress address : dial.addresses()) {
            switch (dialler.dial(address, dial.device())) {
                case DialResult.Linked ignored -> {
                    return Optional.empty();
                }
                case DialResult.Failed failed -> {
                    failure = failed.reason(dial.name());
                    story.add(Neighbours.name(address.getAddress(), address.getPort()) + ": " + failed.detail());
                }
            }
        }
        return story.size() < 2 ? failure : failure.map(last -> last.withDetail(String.join("; ", story)));
    }

    // ---- what people see ----

    /** Tries neighbours and the coordinator; empty when interrupted. Blocks. */
    Optional<Examiner.Findings> examine(
            Optional<FleetClient> coordinator, Optional<Validity> certificate, Question question) {
        try {
            return Optional.of(new Examiner(peering, dialler, this::askToDial)
                    .examine(listeningPort(), coordinator, certificate::orElseThrow, question));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The port that others can dial, or why there is none. */
    AgentStatus.PeerPort peerPort() {
        return switch (listening) {
            case ListenResult.Listening on ->
                new AgentStatus.PeerPort(on.listener().address().getPort(), "");
            case ListenResult.PortTaken taken ->
                new AgentStatus.PeerPort(
                        0,
                        "port " + taken.port() + " is taken"
                                + taken.holder().map(h -> " by " + h).orElse("")
                                + ": this device dials out only; set peer.port to another one");
            case ListenResult.Unusable unusable -> new AgentStatus.PeerPort(0, unusable.detail());
        };
    }

    /** What came of looking at the tunnel through NATs. Blocks, not long. */
    TunnelSeen tunnel() {
        return traversal
                .map(NatTraversal::seen)
                .orElseGet(() -> new TunnelSeen.Off("no coordinator, so that nobody behind another NAT is known"));
    }

    /** How devices behind other NATs meet this one. */
    String tunnelText() {
        return traversal.map(NatTraversal::text).orElse("no coordinator, so that nobody behind another NAT is known");
    }

    /** How looking for others on the local link goes. */
    String discoveryText() {
        return discovery.map(d -> d.state().text()).orElse("switched off");
    }

    /** Leaves quietly; links stay until the device loop ends. */
    @Override
    public void close() {
        meeting.ifPresent(Meeting::close);
        traversal.ifPresent(NatTraversal::close);
        discovery.ifPresent(Discovery::close);
        if (listening instanceof ListenResult.Listening on) {
            on.listener().close();
        }
    }
}
