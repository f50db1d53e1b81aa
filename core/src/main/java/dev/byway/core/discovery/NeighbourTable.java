package dev.byway.core.discovery;

import static dev.byway.core.discovery.ServiceDiscovery.NEVER;

import dev.byway.core.unit.Moment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Who was heard, within hard limits: whatever is sent, it holds at most {@link DiscoveryLimits#NEIGHBOURS} services, few
 * from one sender and few that name one address. So a flood of forged services neither fills the memory nor turns this
 * device, and all others on the link, into a means of dialling one victim thousands of times. A service that said
 * goodbye keeps its place for a while, so that coming and going does not get around the limits.
 *
 * <p>An instance heard on several links is one neighbour with the addresses of all.
 */
final class NeighbourTable {
    private final String self;
    private final Map<Key, HeardService> services = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final Sightings sightings = new Sightings();

    private record Key(int link, String instance) {}

    /**
     * Nobody was heard yet.
     *
     * @param self the instance of this process, which is not its own neighbour
     * @param random spreads in time what all on a link would else ask at once
     */
    NeighbourTable(String self, RandomGenerator random) {
        this.self = self;
        this.random = random;
    }

    /** Takes in a response that came from {@code source}, a host of {@code link}; what it changed. */
    List<DiscoveryEffect> heard(Link link, InetAddress source, DnsMessage response, Moment now) {
        Set<HeardService> touched = new LinkedHashSet<>();
        response.records().forEach(record -> locate(link, source, record, now).ifPresent(touched::add));
        response.records().forEach(record -> identify(link, source, record, now).ifPresent(touched::add));
        touched.addAll(addAddresses(link, source, response, now));
        touched.stream().filter(service -> !service.isDeparted()).forEach(service -> service.settle(now, random));
        return publish(touched);
    }

    /** Takes in that there is a service, or where; the service. */
    private Optional<HeardService> locate(Link link, InetAddress source, DnsRecord record, Moment now) {
        return switch (record) {
            case DnsRecord.Ptr ptr
            when ptr.name().equals(ServiceNames.SERVICE) -> service(link, source, ptr.target(), ptr.ttl(), now);
            case DnsRecord.Srv srv -> {
                Optional<HeardService> service = service(link, source, srv.name(), srv.ttl(), now);
                service.filter(known -> mayBeChanged(known, source, now))
                        .ifPresent(known -> known.locate(srv.target(), srv.port()));
                yield service;
            }
            case DnsRecord.Ptr _, DnsRecord.Txt _, DnsRecord.Address _ -> Optional.empty();
        };
    }

    /** Takes in which device a known service is; the service. */
    private Optional<HeardService> identify(Link link, InetAddress source, DnsRecord record, Moment now) {
        if (!(record instanceof DnsRecord.Txt txt)) {
            return Optional.empty();
        }
        Optional<HeardService> service = ServiceNames.instance(txt.name())
                .flatMap(instance -> Optional.ofNullable(services.get(new Key(link.index(), instance))))
                .filter(known -> mayBeChanged(known, source, now));
        service.ifPresent(known -> known.identify(ServiceNames.device(txt.pairs())));
        return service;
    }

    private static boolean mayBeChanged(HeardService service, InetAddress source, Moment now) {
        return !service.isDeparted() && service.mayBeChangedBy(source) && service.mayChange(now);
    }

    /** The service that {@code name} stands for, refreshed or new; empty when it is none, left, or goes over a limit. */
    private Optional<HeardService> service(Link link, InetAddress source, DnsName name, Duration ttl, Moment now) {
        Optional<String> instance = ServiceNames.instance(name).filter(text -> !text.equals(self));
        if (instance.isEmpty()) {
            return Optional.empty();
        }
        Key key = new Key(link.index(), instance.get());
        HeardService service = services.get(key);
        if (service == null) {
            if (ttl.isZero() || !hasRoomFor(source)) {
                return Optional.empty();
            }
            service = new HeardService(instance.get(), link, source, now);
            services.put(key, service);
        }
        if (service.isDeparted() || !service.mayBeChangedBy(source)) {
            return Optional.empty();
        }
        if (ttl.isZero()) {
            service.depart(now);
        } else {
            service.refresh(now, ttl);
        }
        return Optional.of(service);
    }

    private boolean hasRoomFor(InetAddress source) {
        return services.size() < DiscoveryLimits.NEIGHBOURS
                && count(service -> service.source().equals(source)) < DiscoveryLimits.PER_SOURCE;
    }

    private long count(Predicate<HeardService> condition) {
        return services.values().stream().filter(condition).count();
    }

    /** Gives the addresses in the response to the known services on their hosts; those services. */
    private Set<HeardService> addAddresses(Link link, InetAddress source, DnsMessage response, Moment now) {
        Map<HeardService, Set<InetAddress>> told = new LinkedHashMap<>();
        Set<HeardService> flushed = new LinkedHashSet<>();
        response.records().forEach(record -> {
            if (record instanceof DnsRecord.Address address && !address.ttl().isZero()) {
                on(link.index())
                        .filter(service -> service.isHostedBy(address.name()) && mayBeChanged(service, source, now))
                        .forEach(service -> {
                            told.computeIfAbsent(service, _ -> new LinkedHashSet<>())
                                    .add(address.address());
                            if (address.flush()) {
                                flushed.add(service);
                            }
                        });
            }
        });
        told.forEach((service, addresses) -> {
            if (flushed.contains(service)) {
                forgetFamilies(service, addresses);
            }
            addresses.stream()
                    .filter(address -> link.accepts(address, source) && mayBeTarget(address, service))
                    .filter(address -> !service.addresses().contains(address))
                    .limit(DiscoveryLimits.ADDRESSES - service.addresses().size())
                    .forEach(service.addresses()::add);
        });
        return told.keySet();
    }

    /** An address told with the flush bit replaces those of its family that are not told any more. */
    private static void forgetFamilies(HeardService service, Set<InetAddress> told) {
        service.addresses()
                .removeIf(old -> !told.contains(old)
                        && told.stream()
                                .anyMatch(
                                        address -> (address instanceof Inet4Address) == (old instanceof Inet4Address)));
    }

    private boolean mayBeTarget(InetAddress address, HeardService service) {
        return count(other -> other != service && other.addresses().contains(address)) < DiscoveryLimits.PER_TARGET;
    }

    /** Drops what was not heard for too long; what that changed. */
    List<DiscoveryEffect> expire(Moment now) {
        return drop(service -> !service.expires().isAfter(now));
    }

    /** Drops all that was heard on a link; what that changed. */
    List<DiscoveryEffect> forget(int link) {
        return drop(service -> service.link().index() == link);
    }

    /** The link's addresses are others now: drops what is not on it any more; what that changed. */
    List<DiscoveryEffect> keepOnLink(Link link) {
        List<HeardService> there = services.values().stream()
                .filter(service -> service.link().index() == link.index())
                .toList();
        there.forEach(service -> service.addresses().removeIf(address -> !link.isOnLink(address)));
        return publish(there);
    }

    private List<DiscoveryEffect> drop(Predicate<HeardService> condition) {
        List<HeardService> dropped =
                services.values().stream().filter(condition).toList();
        services.values().removeAll(dropped);
        return publish(dropped);
    }

    private List<DiscoveryEffect> publish(Collection<HeardService> touched) {
        return touched.stream()
                .map(HeardService::instance)
                .distinct()
                .flatMap(instance -> sightings.update(instance, views(instance)).stream())
                .<DiscoveryEffect>map(DiscoveryEffect.Report::new)
                .toList();
    }

    private List<HeardService> views(String instance) {
        return services.values().stream()
                .filter(service -> service.instance().equals(instance))
                .toList();
    }

    /** When something expires next. */
    Moment nextExpiry() {
        return services.values().stream()
                .map(HeardService::expires)
                .min(Moment::compareTo)
                .orElse(NEVER);
    }

    /** When a service of the link is to be asked for next. */
    Moment nextQuestion(int link) {
        return on(link).map(HeardService::askAt).min(Moment::compareTo).orElse(NEVER);
    }

    /**
     * The query to send on a link now. The services it is about count as asked.
     *
     * @param browse whether to ask who is there, telling who is known
     */
    DnsMessage query(int link, boolean browse, Moment now) {
        List<HeardService> wanted = on(link).filter(service -> !service.askAt().isAfter(now))
                .limit(DiscoveryLimits.ASKED_FOR)
                .toList();
        List<DnsQuestion> questions = new ArrayList<>();
        if (browse) {
            questions.add(new DnsQuestion(ServiceNames.SERVICE, DnsType.PTR, false));
        }
        wanted.forEach(service -> questions.addAll(service.questions(browse)));
        wanted.forEach(service -> service.asked(now, random));
        return DnsMessage.query(questions, browse ? knownAnswers(link, now) : List.of());
    }

    private List<DnsRecord> knownAnswers(int link, Moment now) {
        return on(link).filter(service -> service.isFreshAt(now))
                .limit(DiscoveryLimits.KNOWN_ANSWERS)
                .<DnsRecord>map(service -> new DnsRecord.Ptr(
                        ServiceNames.SERVICE, service.remaining(now), false, ServiceNames.service(service.instance())))
                .toList();
    }

    /**
     * Whether another device's query brings all the answers that a query of this one would (RFC 6762 section 7.3): it
     * asks who is there and keeps nobody from answering who is not known here.
     */
    boolean isCoveredBy(DnsMessage query, int link, Moment now) {
        if (query.questions().stream().noneMatch(NeighbourTable::asksForService)) {
            return false;
        }
        Set<DnsName> silenced = targets(query.answers());
        silenced.remove(ServiceNames.service(self));
        on(link).filter(service -> service.askAt().isAfter(now))
                .forEach(service -> silenced.remove(ServiceNames.service(service.instance())));
        return silenced.isEmpty();
    }

    private static boolean asksForService(DnsQuestion question) {
        return question.name().equals(ServiceNames.SERVICE) && question.asksFor(DnsType.PTR);
    }

    private static Set<DnsName> targets(List<DnsRecord> records) {
        Set<DnsName> targets = new HashSet<>();
        for (DnsRecord record : records) {
            if (record instanceof DnsRecord.Ptr ptr && ptr.name().equals(ServiceNames.SERVICE)) {
                targets.add(ptr.target());
            }
        }
        return targets;
    }

    private Stream<HeardService> on(int link) {
        return services.values().stream().filter(service -> service.link().index() == link);
    }
}
