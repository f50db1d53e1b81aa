package dev.byway.core.discovery;

import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One response being taken into {@link NeighbourTable}: first which services there are and where, then which devices
 * they are, then their hosts' addresses; so the order of the records does not matter. What the limits need is counted
 * once, so that a packet costs no more than its size and the table's, not their product.
 */
final class Hearing {
    private final Map<ServiceKey, HeardService> services;
    private final Link link;
    private final InetAddress source;
    private final Moment now;
    private final Set<HeardService> touched = new LinkedHashSet<>();
    private long room;

    /** @param services the table's, to which new ones are added */
    Hearing(Map<ServiceKey, HeardService> services, Link link, InetAddress source, Moment now) {
        this.services = services;
        this.link = link;
        this.source = source;
        this.now = now;
        long fromSource = services.values().stream()
                .filter(service -> service.source().equals(source))
                .count();
        room = Math.min(DiscoveryLimits.NEIGHBOURS - services.size(), DiscoveryLimits.PER_SOURCE - fromSource);
    }

    /**
     * Takes it in; the services that it says something of.
     *
     * @param self the instance that is not a neighbour
     */
    Set<HeardService> take(DnsMessage response, String self) {
        response.records().forEach(record -> locate(record, self));
        response.records().forEach(this::identify);
        addAddresses(response);
        return touched;
    }

    private void locate(DnsRecord record, String self) {
        switch (record) {
            case DnsRecord.Ptr ptr -> {
                if (ptr.name().equals(ServiceNames.SERVICE)) {
                    hear(ptr.target(), ptr.ttl(), self);
                }
            }
            case DnsRecord.Srv srv ->
                hear(srv.name(), srv.ttl(), self)
                        .filter(service -> service.mayChange(now))
                        .ifPresent(service -> service.locate(srv.target(), srv.port()));
            case DnsRecord.Txt _, DnsRecord.Address _ -> {}
        }
    }

    /** The service that {@code name} stands for, refreshed or new; empty when it is none, leaves, or has no room. */
    private Optional<HeardService> hear(DnsName name, Duration ttl, String self) {
        Optional<HeardService> heard = ServiceNames.instance(name)
                .filter(instance -> !instance.equals(self))
                .flatMap(instance -> find(instance, !ttl.isZero()))
                .filter(this::mayBeChanged);
        if (heard.isEmpty()) {
            return heard;
        }
        touched.add(heard.get());
        if (ttl.isZero()) {
            heard.get().depart(now);
            return Optional.empty();
        }
        heard.get().refresh(now, ttl);
        return heard;
    }

    private Optional<HeardService> find(String instance, boolean orMake) {
        ServiceKey key = new ServiceKey(link.index(), instance);
        if (orMake && room > 0 && !services.containsKey(key)) {
            room--;
            services.put(key, new HeardService(instance, link, source, now));
        }
        return Optional.ofNullable(services.get(key));
    }

    private boolean mayBeChanged(HeardService service) {
        return !service.isDeparted() && service.mayBeChangedBy(source);
    }

    private void identify(DnsRecord record) {
        if (record instanceof DnsRecord.Txt txt) {
            ServiceNames.instance(txt.name())
                    .flatMap(instance -> find(instance, false))
                    .filter(service -> mayBeChanged(service) && service.mayChange(now))
                    .ifPresent(service -> {
                        touched.add(service);
                        service.identify(ServiceNames.device(txt.pairs()));
                    });
        }
    }

    private void addAddresses(DnsMessage response) {
        Map<DnsName, List<DnsRecord.Address>> told = new LinkedHashMap<>();
        response.records().forEach(record -> {
            if (record instanceof DnsRecord.Address address && !address.ttl().isZero()) {
                told.computeIfAbsent(address.name(), _ -> new ArrayList<>()).add(address);
            }
        });
        if (told.isEmpty()) {
            return;
        }
        Map<InetAddress, Integer> targets = targets();
        for (HeardService service : List.copyOf(services.values())) {
            List<DnsRecord.Address> addresses = service.host().map(told::get).orElse(List.of());
            if (!addresses.isEmpty()
                    && service.link().index() == link.index()
                    && mayBeChanged(service)
                    && service.mayChange(now)) {
                touched.add(service);
                move(service, addresses, targets);
            }
        }
    }

    /** How many services name each address. */
    private Map<InetAddress, Integer> targets() {
        Map<InetAddress, Integer> targets = new HashMap<>();
        services.values()
                .forEach(service -> service.addresses().forEach(address -> targets.merge(address, 1, Integer::sum)));
        return targets;
    }

    private void move(HeardService service, List<DnsRecord.Address> told, Map<InetAddress, Integer> targets) {
        Set<InetAddress> kept = service.addresses();
        if (told.stream().anyMatch(DnsRecord.Address::flush)) {
            kept.removeIf(old -> isReplaced(old, told));
        }
        for (DnsRecord.Address record : told) {
            InetAddress address = record.address();
            if (kept.size() < DiscoveryLimits.ADDRESSES
                    && !kept.contains(address)
                    && link.accepts(address, source)
                    && targets.getOrDefault(address, 0) < DiscoveryLimits.PER_TARGET) {
                kept.add(address);
                targets.merge(address, 1, Integer::sum);
            }
        }
    }

    /** Whether other addresses of its family are told, and it is not. */
    private static boolean isReplaced(InetAddress old, List<DnsRecord.Address> told) {
        return told.stream().anyMatch(record -> record.address().getClass() == old.getClass())
                && told.stream().noneMatch(record -> record.address().equals(old));
    }
}
