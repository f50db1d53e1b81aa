package dev.byway.agent.discovery;

import dev.byway.agent.discovery.InterfaceChoice.Chosen;
import dev.byway.core.discovery.DiscoveryEffect;
import dev.byway.core.discovery.DiscoveryLimits;
import dev.byway.core.discovery.Link;
import dev.byway.core.discovery.Presence;
import dev.byway.core.discovery.ServiceDiscovery;
import dev.byway.core.discovery.Sighting;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Discovery by multicast DNS on the interfaces of this machine. One platform thread owns everything: the rules ({@link
 * ServiceDiscovery}), the sockets and the list of interfaces, which it looks at every 15 seconds, so that networks that
 * come and go are followed without a restart.
 */
public final class MulticastDiscovery implements Discovery {
    private static final Logger LOG = System.getLogger(MulticastDiscovery.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration LOOK_WHILE_WAITING = Duration.ofSeconds(3);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int PACKETS_IN_A_ROW = 64;
    private static final int INSTANCE_BYTES = 16;

    private final ServiceDiscovery rules;
    private final InterfaceChoice choice;
    private final Interfaces interfaces;
    private final Consumer<Sighting> listener;
    private final Selector selector;
    private final OpenLinks links;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DiscoveryLimits.PACKET + 1);
    private final Thread thread;
    private Moment nextLook = now();
    private volatile boolean closing;
    private volatile DiscoveryState state = new DiscoveryState.Waiting("starting");

    /** Where the interfaces are taken from. */
    @FunctionalInterface
    interface Interfaces {
        List<LocalInterface> all() throws SocketException;
    }

    private MulticastDiscovery(
            Presence self,
            InterfaceChoice choice,
            Interfaces interfaces,
            Consumer<Sighting> listener,
            Selector selector) {
        this.rules = new ServiceDiscovery(self, new SplittableRandom());
        this.choice = choice;
        this.interfaces = interfaces;
        this.listener = listener;
        this.selector = selector;
        this.links = new OpenLinks(selector);
        this.thread = Thread.ofPlatform().daemon().name("discovery").unstarted(this::run);
    }

    /**
     * Starts to look for neighbours and, if {@code self} has a port, to tell them of this device.
     *
     * @param self with a {@link #newInstance()}
     * @param address the only address at which this device takes links (setting {@code peer.address}): only its interface
     *     is used, and of a loopback address the loopback; empty for all interfaces
     * @param listener told what changes, on discovery's thread
     * @throws UncheckedIOException when the process has no file descriptors left; nothing else fails
     */
    public static Discovery start(Presence self, Optional<InetAddress> address, Consumer<Sighting> listener) {
        return start(self, new InterfaceChoice(address), LocalInterface::all, listener);
    }

    static Discovery start(Presence self, InterfaceChoice choice, Interfaces interfaces, Consumer<Sighting> listener) {
        try {
            MulticastDiscovery discovery = new MulticastDiscovery(self, choice, interfaces, listener, Selector.open());
            discovery.thread.start();
            return discovery;
        } catch (IOException e) {
            throw new UncheckedIOException("discovery cannot start: " + e.getMessage(), e);
        }
    }

    /** A fresh random name for this process, for {@link Presence#instance()}. */
    public static String newInstance() {
        byte[] bytes = new byte[INSTANCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public DiscoveryState state() {
        return state;
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                links) {
            while (!closing) {
                if (!now().isBefore(nextLook)) {
                    look();
                }
                perform(rules.tick(now()));
                selector.select(this::read, millisToNextDeed());
            }
            perform(rules.stop());
            state = new DiscoveryState.Closed();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "discovery stopped: " + e, e);
            state = new DiscoveryState.Waiting("stopped by an error, restart the agent: " + e);
        }
    }

    private long millisToNextDeed() {
        Duration wait = Moment.min(nextLook, rules.nextTick()).since(now());
        return Math.max(1, wait.toMillis() + 1); // Zero would wait for ever.
    }

    /** Looks which interfaces the machine has now. */
    private void look() {
        String nothing = choice.nothing();
        List<Chosen> wanted = List.of();
        try {
            wanted = choice.from(interfaces.all());
        } catch (SocketException e) {
            nothing = "the system does not list its network interfaces: " + e.getMessage();
        }
        for (OpenLinks.Change change : links.become(wanted)) {
            switch (change) {
                case OpenLinks.Change.Up(Link link) -> perform(rules.linkUp(link, now()));
                case OpenLinks.Change.Down(int link) -> perform(rules.linkDown(link));
            }
        }
        enter(links.state(nothing));
        nextLook = now().plus(state instanceof DiscoveryState.Looking ? LOOK : LOOK_WHILE_WAITING);
    }

    private void enter(DiscoveryState next) {
        if (!next.equals(state)) {
            LOG.log(Level.INFO, "discovery: " + next.text());
            state = next;
        }
    }

    private void read(SelectionKey key) {
        LinkSocket socket = (LinkSocket) key.attachment();
        try {
            for (int i = 0; i < PACKETS_IN_A_ROW; i++) {
                Optional<InetSocketAddress> from = socket.receive(buffer);
                if (from.isEmpty()) {
                    return;
                }
                InetSocketAddress sender = from.get();
                perform(rules.received(socket.link(), sender.getAddress(), sender.getPort(), buffer, now()));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a discovery socket broke: " + e.getMessage(), e);
            links.broken(socket);
        }
    }

    private void perform(List<DiscoveryEffect> effects) {
        for (DiscoveryEffect effect : effects) {
            switch (effect) {
                case DiscoveryEffect.Send(int link, ByteString packet) -> links.send(link, packet);
                case DiscoveryEffect.Report(Sighting sighting) -> tell(sighting);
            }
        }
    }

    private void tell(Sighting sighting) {
        try {
            listener.accept(sighting);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the listener of discovery failed at " + sighting, e);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }
}
