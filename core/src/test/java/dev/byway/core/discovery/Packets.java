package dev.byway.core.discovery;

import dev.byway.core.unit.ByteString;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packets that other devices send, and names for tests. */
public final class Packets {
    static final String DEVICE = "00112233";
    static final int PORT = 7680;

    private Packets() {}

    static String instance(int number) {
        return "%032x".formatted(number);
    }

    static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }

    static Link link(int index, String own) {
        return new Link(index, "eth" + index, List.of(new LinkAddress(ip(own), 24)), List.of(ip(own)));
    }

    static ByteBuffer buffer(ByteString packet) {
        return ByteBuffer.wrap(packet.toArray());
    }

    /** The presence of another device as it announces it. */
    static ByteBuffer presence(String instance, int port, String... addresses) {
        return presence(instance, port, DiscoveryLimits.TTL, addresses);
    }

    static ByteBuffer goodbye(String instance, int port, String... addresses) {
        return presence(instance, port, Duration.ZERO, addresses);
    }

    static ByteBuffer presence(String instance, int port, Duration ttl, String... addresses) {
        List<DnsRecord> records = new ArrayList<>(services(instance, port, ttl, Map.of("v", "1", "id", DEVICE)));
        for (String address : addresses) {
            records.add(new DnsRecord.Address(ServiceNames.host(instance), ttl, true, ip(address)));
        }
        return response(records);
    }

    static List<DnsRecord> services(String instance, int port, Duration ttl, Map<String, String> pairs) {
        DnsName service = ServiceNames.service(instance);
        return List.of(
                new DnsRecord.Ptr(ServiceNames.SERVICE, ttl, false, service),
                new DnsRecord.Srv(service, ttl, true, port, ServiceNames.host(instance)),
                new DnsRecord.Txt(service, ttl, true, pairs));
    }

    static ByteBuffer response(List<DnsRecord> records) {
        return buffer(DnsMessage.response(records).encode());
    }

    /** Asks for the service, knowing these instances for {@code known}. */
    static ByteBuffer query(Duration known, String... instances) {
        List<DnsRecord> answers = new ArrayList<>();
        for (String instance : instances) {
            answers.add(new DnsRecord.Ptr(ServiceNames.SERVICE, known, false, ServiceNames.service(instance)));
        }
        return query(ServiceNames.SERVICE, DnsType.PTR, answers);
    }

    static ByteBuffer query(DnsName name, int type, List<DnsRecord> known) {
        return buffer(DnsMessage.query(List.of(new DnsQuestion(name, type, false)), known)
                .encode());
    }
}
