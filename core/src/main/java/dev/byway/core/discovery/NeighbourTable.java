package dev.byway.core.discovery;

import static dev.byway.core.discovery.ServiceDiscovery.NEVER;

import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<ServiceKey, HeardService> services = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final Sightings sightings = new Sightings();

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
        Set<HeardService> touched = new Hearing(services, link, source, now).take(response, self);
        touched.forEach(service -> service.settle(now, random));
        return publish(touched);
    }

    /** Drops what was not heard for too long; what that changed. */
    List<DiscoveryEffect> expire(Moment now) {
        return drop(service -> !service.expires().isAfter(now));
    }

    /** Drops all that was heard on a link; what that changed. */
    List<DiscoveryEffect> forget(int link) {
        return drop(service -> service.link().index() == link);
    }

    /** The link's addresses are others now: drops who is not on it any more; what that changed. */
    List<DiscoveryEffect> keepOnLink(Link link) {
        List<HeardService> there = on(link.index()).toList();
        there.forEach(service -> service.addresses().removeIf(address -> !link.isOnLink(address)));
        List<DiscoveryEffect> effects = new ArrayList<>(publish(there));
        effects.addAll(
                drop(service -> there.contains(service) && service.addresses().isEmpty()));
        return effects;
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
        Set<DnsName> silenced = query.targetsOf(ServiceNames.SERVICE);
        silenced.remove(ServiceNames.service(self));
        on(link).filter(service -> service.askAt().isAfter(now))
                .forEach(service -> silenced.remove(ServiceNames.service(service.instance())));
        return query.asksFor(ServiceNames.SERVICE, DnsType.PTR) && silenced.isEmpty();
    }

    private Stream<HeardService> on(int link) {
        return services.values().stream().filter(service -> service.link().index() == link);
    }
}
