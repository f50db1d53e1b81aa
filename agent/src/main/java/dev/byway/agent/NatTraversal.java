package dev.byway.agent;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.link.DialResult;
import dev.byway.agent.link.LinkSetup;
import dev.byway.agent.link.LinkTunnel;
import dev.byway.agent.meeting.Tunnel;
import dev.byway.core.account.SourceKind;
import dev.byway.core.doctor.TunnelFacts;
import dev.byway.core.doctor.TunnelFacts.Burst;
import dev.byway.core.doctor.TunnelHistory;
import dev.byway.core.doctor.TunnelSeen;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.nat.NatBehaviour;
import dev.byway.core.nat.NatExamination;
import dev.byway.core.nat.NatKind;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.ProbeOutcome;
import dev.byway.quic.teredo.TeredoServers;
import dev.byway.quic.teredo.TunnelState;
import dev.byway.teredo.client.ClientCounts;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether and how devices behind other NATs are met: in modes 2 and 3, unless {@code teredo.client} is off, and from the moment when the
 * coordinator says where its Teredo servers are. Nothing of it is loaded before. What is known of the NAT, {@link NatExamination} decides;
 * what the doctor is told of the past, {@link TunnelHistory}. Any thread.
 */
final class NatTraversal implements Tunnel, AutoCloseable {
    private static final Logger LOG = System.getLogger(NatTraversal.class.getName());

    /** Enough for a round trip by satellite. */
    private static final Duration VOLLEY = Duration.ofMillis(1500);

    private final EffectiveSettings settings;
    private final LinkSetup setup;
    private final FleetClient coordinator;
    private final Runnable changed;
    private Optional<LinkTunnel> tunnel = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private final AtomicReference<NatExamination> examination = new AtomicReference<>(NatExamination.NONE);
    private final TunnelHistory history = new TunnelHistory();
    private Optional<List<InetAddress>> asked = Optional.empty();
    private Optional<TeredoVerdict> verdict = Optional.empty();
    private boolean closed;

    /** @param changed told when this device is met elsewhere; returns at once */
    NatTraversal(EffectiveSettings settings, LinkSetup setup, FleetClient coordinator, Runnable changed) {
        this.settings = settings;
        this.setup = setup;
        this.coordinator = coordinator;
        this.changed = changed;
    }

    private boolean isAllowed() {
        return settings.get(Settings.TEREDO_CLIENT)
                && settings.get(Settings.DOWNLOAD_MODE).allows(SourceKind.GROUP);
    }

    @Override
    public synchronized Optional<TeredoEndpoint> endpoint() {
        return tunnel.map(LinkTunnel::state)
                .flatMap(state -> state.address()
                        .map(address -> new TeredoEndpoint(address.ip6().inetAddress(), kind(state.nat()))));
    }

    private NatKind kind(NatBehaviour nat) {
        return examination.get().kind(nat);
    }

    @Override
    public synchronized void offered(DeviceId device, TeredoEndpoint there) {
        history.offered(device, there, now());
    }

    private static TunnelHistory.Solicitations solicitations(ClientCounts counts) {
        return new TunnelHistory.Solicitations(counts.asked(), counts.answered());
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    @Override
    public synchronized void told(List<InetAddress> servers, Optional<TeredoVerdict> said) {
        verdict = said;
        asked = Optional.of(servers);
        tunnel.flatMap(LinkTunnel::counts).ifPresent(counts -> history.counted(solicitations(counts), now()));
        if (!closed && isAllowed()) {
            TeredoServers.of(servers).ifPresent(this::ask);
        }
    }

    private void ask(TeredoServers servers) {
        if (tunnel.isPresent()) {
            tunnel.get().ask(servers);
            return;
        }
        try {
            tunnel = Optional.of(LinkTunnel.open(
                    settings.get(Settings.PEER_ADDRESS),
                    settings.get(Settings.TEREDO_PORT),
                    setup,
                    servers,
                    this::stands));
            trouble = Optional.empty();
        } catch (IOException e) {
            if (trouble.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "no links with devices behind other NATs: {0}; set teredo.client.port to another one",
                        e.getMessage());
            }
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Called by the tunnel's event loop, which must not wait for the lock of this. */
    private void stands(TunnelState state) {
        changed.run();
        Optional<InetAddress> here =
                state.address().map(address -> address.ip6().inetAddress());
        examination.get().begun(here).ifPresent(begun -> {
            examination.set(begun);
            Thread.ofVirtual().name("byway-nat").start(() -> examine(begun, here.orElseThrow()));
        });
    }

    private void examine(NatExamination begun, InetAddress here) {
        Optional<LinkTunnel> open;
        synchronized (this) {
            open = tunnel;
        }
        try {
            if (open.isPresent() && finish(begun, open.get(), here)) {
                changed.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Examines until all is known, which is true, or another examination has begun. */
    private boolean finish(NatExamination begun, LinkTunnel through, InetAddress here) throws InterruptedException {
        NatExamination now = begun;
        while (!now.isOver()) {
            through.examine(nonce -> askForBubble(here, nonce));
            Thread.sleep(NatExamination.TRY);
            NatExamination next = now.after(through.state().nat().filtering());
            if (!examination.compareAndSet(now, next)) {
                return false;
            }
            now = next;
        }
        return true;
    }

    private boolean askForBubble(InetAddress here, int nonce) {
        try {
            return coordinator.filtering(new FilteringRequest(here, nonce)).verdict() == TeredoVerdict.TAKEN;
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException | MalformedMessageException e) {
            LOG.log(Level.DEBUG, "what the NAT filters stays unknown: {0}", e.getMessage());
            return false;
        }
    }

    /** How it stands, for people. */
    synchronized String text() {
        if (!settings.get(Settings.TEREDO_CLIENT)) {
            return "switched off (teredo.client)";
        }
        if (!isAllowed()) {
            return "not in this mode (DODownloadMode)";
        }
        if (trouble.isPresent()) {
            return "off: " + trouble.get();
        }
        return tunnel.map(through -> text(through.state())).orElse("the coordinator has named no Teredo server");
    }

    private String text(TunnelState state) {
        return state.address()
                .map(address -> "met at " + address.mapped() + " by Teredo (" + address + "), behind "
                        + kind(state.nat()).words())
                .orElse("its Teredo server does not answer");
    }

    /** Dials a device behind its NAT; see {@link LinkTunnel#dial}. */
    DialResult dial(InetAddress teredo, Optional<DeviceId> expected) {
        Optional<LinkTunnel> open;
        synchronized (this) {
            open = tunnel;
        }
        DialResult result = open.map(through -> through.dial(teredo, expected))
                .orElseGet(() -> new DialResult.Failed(
                        DialResult.Kind.UNREACHABLE, trouble.orElse("no Teredo server is known")));
        synchronized (this) {
            history.dialled(teredo, outcome(result), now());
        }
        return result;
    }

    private static ProbeOutcome outcome(DialResult result) {
        return switch (result) {
            case DialResult.Linked _ -> ProbeOutcome.HANDSHAKE;
            case DialResult.Failed failed -> failed.outcome();
        };
    }

    /** For the doctor. Blocks for two seconds. */
    TunnelSeen seen() {
        Optional<LinkTunnel> open;
        synchronized (this) {
            if (!settings.get(Settings.TEREDO_CLIENT)) {
                return new TunnelSeen.Off("teredo.client is off");
            }
            if (asked.isEmpty()) {
                return new TunnelSeen.Unseen("the coordinator has not said yet where its Teredo server is");
            }
            if (trouble.isPresent()) {
                return new TunnelSeen.Unseen(trouble.get());
            }
            open = tunnel;
        }
        Optional<ClientCounts> counts = open.flatMap(NatTraversal::counted);
        return counts.isPresent()
                ? new TunnelSeen.Seen(facts(open.get().state(), counts.get()))
                : new TunnelSeen.Seen(TunnelFacts.NO_SERVER);
    }

    private static Optional<ClientCounts> counted(LinkTunnel through) {
        try {
            through.fireVolley();
            Thread.sleep(VOLLEY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return through.counts();
    }

    private synchronized TunnelFacts facts(TunnelState state, ClientCounts counts) {
        List<InetAddress> servers = asked.orElseThrow();
        TunnelHistory.Solicitations ofLate = history.ofLate(solicitations(counts), now());
        return new TunnelFacts(
                servers.isEmpty() ? "" : servers.getFirst().getHostAddress(),
                servers.size() > 1,
                ofLate.asked(),
                ofLate.answered(),
                new Burst(counts.burst().sent(), counts.burst().answered()),
                counts.roundTrip(),
                counts.elsewhere().map(UdpAddress::toString),
                state.address().map(address -> address.mapped().toString()).orElse(""),
                verdict.filter(said -> said != TeredoVerdict.TAKEN).map(TeredoVerdict::phrase),
                state.nat(),
                history.meetings(state.nat(), now()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        tunnel.ifPresent(LinkTunnel::close);
    }
}
