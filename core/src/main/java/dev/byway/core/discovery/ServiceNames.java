package dev.byway.core.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names and records by which presence is told: {@code _byway._tcp.local} and what lies below it. */
final class ServiceNames {
    static final DnsName SERVICE = DnsName.of("_byway", "_tcp", "local");
    static final DnsName LOCAL = DnsName.of("local");

    /** Every service type of a link is asked for by this name (RFC 6763 section 9). */
    static final DnsName ALL_TYPES = DnsName.of("_services", "_dns-sd", "_udp", "local");

    static final String VERSION_KEY = "v";
    static final String VERSION = "1";
    static final String DEVICE_KEY = "id";

    private ServiceNames() {}

    static DnsName service(String instance) {
        return SERVICE.child(instance);
    }

    static DnsName host(String instance) {
        return LOCAL.child(instance);
    }

    /** The instance that {@code name} stands for, when it is one of ours. */
    static Optional<String> instance(DnsName name) {
        return name.labelBelow(SERVICE).filter(Presence::isInstance);
    }

    /** The device id in a TXT record of the version that is spoken here. */
    static Optional<String> device(Map<String, String> pairs) {
        return VERSION.equals(pairs.get(VERSION_KEY))
                ? Optional.ofNullable(pairs.get(DEVICE_KEY)).filter(Presence::isDevice)
                : Optional.empty();
    }

    /** All there is to know of a device on a link; a lifetime of zero says goodbye. */
    static DnsMessage presence(Presence self, Link link, Duration ttl) {
        DnsName service = service(self.instance());
        DnsName host = host(self.instance());
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put(VERSION_KEY, VERSION);
        pairs.put(DEVICE_KEY, self.device());
        List<DnsRecord> records = new ArrayList<>();
        if (!ttl.isZero()) { // Others may have this type still.
            records.add(new DnsRecord.Ptr(ALL_TYPES, ttl, false, SERVICE));
        }
        records.add(new DnsRecord.Ptr(SERVICE, ttl, false, service));
        records.add(new DnsRecord.Srv(service, ttl, true, self.port(), host));
        records.add(new DnsRecord.Txt(service, ttl, true, pairs));
        link.announced().forEach(address -> records.add(new DnsRecord.Address(host, ttl, true, address)));
        return DnsMessage.response(records);
    }

    /** Whether {@code question} is about the presence of {@code self}. */
    static boolean concerns(DnsQuestion question, Presence self) {
        DnsName name = question.name();
        if (name.equals(SERVICE) || name.equals(ALL_TYPES)) {
            return question.asksFor(DnsType.PTR);
        }
        if (name.equals(service(self.instance()))) {
            return question.asksFor(DnsType.SRV) || question.asksFor(DnsType.TXT);
        }
        return name.equals(host(self.instance())) && (question.asksFor(DnsType.A) || question.asksFor(DnsType.AAAA));
    }
}
