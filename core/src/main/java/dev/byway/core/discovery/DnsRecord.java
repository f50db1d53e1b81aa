package dev.byway.core.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resource record of class IN, of a type that discovery uses. */
public sealed interface DnsRecord {
    DnsName name();

    /** Lifetime, whole seconds, below 2^32; zero is a goodbye (RFC 6762 section 10.1). */
    Duration ttl();

    /** Whether it replaces all older records of its name and type (RFC 6762 section 10.2). */
    boolean flush();

    /** The type's number. */
    default int type() {
        return switch (this) {
            case Ptr _ -> DnsType.PTR;
            case Srv _ -> DnsType.SRV;
            case Txt _ -> DnsType.TXT;
            case Address a -> a.address() instanceof Inet4Address ? DnsType.A : DnsType.AAAA;
        };
    }

    /** {@code name} has an instance {@code target} (RFC 6763 section 4.1). */
    record Ptr(DnsName name, Duration ttl, boolean flush, DnsName target) implements DnsRecord {}

    /** The service {@code name} is on {@code port} of {@code target}; priority and weight are not used. */
    record Srv(DnsName name, Duration ttl, boolean flush, int port, DnsName target) implements DnsRecord {}

    /**
     * Attributes of the service {@code name} (RFC 6763 section 6).
     *
     * @param pairs keys in lower case, first occurrence of each; a key without a value has the empty value; at most
     *     {@link DiscoveryLimits#TXT_PAIRS}
     */
    record Txt(DnsName name, Duration ttl, boolean flush, Map<String, String> pairs) implements DnsRecord {
        public Txt {
            pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
        }
    }

    /** The host {@code name} has this address. An IPv4-mapped IPv6 address is the IPv4 address, as everywhere in Java. */
    record Address(DnsName name, Duration ttl, boolean flush, InetAddress address) implements DnsRecord {}
}
