package dev.byway.core.discovery;

import static dev.byway.core.discovery.ServiceDiscovery.NEVER;

import dev.byway.core.unit.Moment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What was heard of one instance on one link, perhaps not yet all. Owned by {@link NeighbourTable}. */
final class HeardService {
    private static final int ASKS = 4;

    private final String instance;
    private final Link link;
    private final InetAddress source;
    private final Set<InetAddress> addresses = new LinkedHashSet<>();
    private Optional<DnsName> host = Optional.empty();
    private Optional<String> device = Optional.empty();
    private int port;
    private Duration life = DiscoveryLimits.TTL;
    private Moment heard;
    private Moment askAt = NEVER;
    private int asks;
    private boolean departed;
    private List<Object> settled = List.of();
    private Moment unchangedUntil;

    HeardService(String instance, Link link, InetAddress source, Moment now) {
        this.instance = instance;
        this.link = link;
        this.source = source;
        this.heard = now;
        this.unchangedUntil = now;
    }

    String instance() {
        return instance;
    }

    Link link() {
        return link;
    }

    InetAddress source() {
        return source;
    }

    /** The addresses of its host; the table adds and removes them. */
    Set<InetAddress> addresses() {
        return addresses;
    }

    boolean isDeparted() {
        return departed;
    }

    Moment expires() {
        return heard.plus(life);
    }

    /** When it should be asked for, to refresh it or to learn the rest. */
    Moment askAt() {
        return askAt;
    }

    Optional<DnsName> host() {
        return host;
    }

    /** Only the device itself, by the address it sends from, may change or withdraw what it said. */
    boolean mayBeChangedBy(InetAddress sender) {
        return sender.equals(source) || addresses.contains(sender);
    }

    /** Once it could be dialled, what it says may change only now and then, or it would aim dials at one after another. */
    boolean mayChange(Moment now) {
        return !now.isBefore(unchangedUntil);
    }

    /** Whether a neighbour can be made of it. */
    boolean isComplete() {
        return host.isPresent() && device.isPresent() && port != 0 && !addresses.isEmpty();
    }

    boolean isUsable() {
        return isComplete() && !departed;
    }

    Optional<String> device() {
        return device;
    }

    Stream<InetSocketAddress> socketAddresses() {
        return addresses.stream().map(address -> new InetSocketAddress(scoped(address), port));
    }

    private InetAddress scoped(InetAddress address) {
        try {
            return address.isLinkLocalAddress() && address instanceof Inet6Address
                    ? Inet6Address.getByAddress(null, address.getAddress(), link.index())
                    : address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", e);
        }
    }

    /** Its lifetime begins anew. */
    void refresh(Moment now, Duration ttl) {
        life = Duration.ofSeconds(
                Math.clamp(ttl.toSeconds(), DiscoveryLimits.TTL_FLOOR.toSeconds(), DiscoveryLimits.TTL.toSeconds()));
        heard = now;
        asks = 0;
    }

    void locate(DnsName newHost, int newPort) {
        if (!host.equals(Optional.of(newHost))) {
            addresses.clear();
        }
        host = Optional.of(newHost);
        port = newPort;
    }

    void identify(Optional<String> newDevice) {
        device = newDevice;
    }

    /** Everything that one packet said of it is known now. */
    void settle(Moment now, RandomGenerator random) {
        if (departed) {
            return;
        }
        List<Object> said = isComplete() ? List.of(host, port, device, Set.copyOf(addresses)) : List.of();
        if (isComplete() && !said.equals(settled)) {
            unchangedUntil = now.plus(DiscoveryLimits.CHANGE_GAP);
        }
        settled = said;
        askAt = isComplete() ? askToRefresh(random) : now.plus(DiscoveryLimits.FOLLOW_UP_DELAY);
    }

    /** It was asked for: three times more, if need be, then it may expire. */
    void asked(Moment now, RandomGenerator random) {
        asks++;
        askAt = asks >= ASKS ? NEVER : isComplete() ? askToRefresh(random) : now.plus(DiscoveryLimits.SEND_GAP);
    }

    /**
     * At 80, 85, 90 and 95 percent of its lifetime, and up to 2 percent later by chance, so that not all who missed the
     * same packet ask at once (RFC 6762 section 5.2).
     */
    private Moment askToRefresh(RandomGenerator random) {
        return heard.plus(life.multipliedBy(80L + 5L * asks).dividedBy(100))
                .plusNanos(random.nextLong(life.toNanos() / 50));
    }

    /** It said goodbye. */
    void depart(Moment now) {
        departed = true;
        heard = now;
        life = DiscoveryLimits.DEPARTED;
        askAt = NEVER;
    }

    /**
     * What to ask to learn the rest, or to hear it again.
     *
     * @param browsing whether the query asks all devices to tell of themselves anyhow
     */
    List<DnsQuestion> questions(boolean browsing) {
        List<DnsQuestion> questions = new ArrayList<>();
        DnsName service = ServiceNames.service(instance);
        if (host.isEmpty() || (isComplete() && !browsing)) {
            questions.add(new DnsQuestion(service, DnsType.SRV, false));
        }
        if (device.isEmpty()) {
            questions.add(new DnsQuestion(service, DnsType.TXT, false));
        }
        if (host.isPresent() && addresses.isEmpty()) {
            questions.add(new DnsQuestion(host.get(), DnsType.A, false));
            questions.add(new DnsQuestion(host.get(), DnsType.AAAA, false));
        }
        return questions;
    }

    /**
     * Whether it need not tell of itself again soon. RFC 6762 section 7.1 draws that line at half its lifetime; a little
     * more, or the answers to one of two queries a minute apart would be suppressed by chance.
     */
    boolean isFreshAt(Moment now) {
        return isUsable() && remaining(now).compareTo(DiscoveryLimits.FRESH) >= 0;
    }

    Duration remaining(Moment now) {
        return expires().since(now);
    }
}
