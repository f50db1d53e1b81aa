package dev.byway.core.discovery;

import dev.byway.core.unit.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one message from bytes that anybody may have sent. A compression pointer must point before the part of the name
 * it ends, so every name comes to an end; the number of jumps is limited too.
 */
final class DnsReader {
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;
    private static final int TOP_BIT = 0x8000;
    private static final int OPCODE_AND_RCODE = 0x780f;

    private final ByteBuffer in;

    DnsReader(ByteBuffer packet) {
        in = packet.slice();
    }

    DnsMessage message() {
        if (in.remaining() > DiscoveryLimits.PACKET) {
            throw new MalformedDnsException("a packet of " + in.remaining() + " bytes is too long");
        }
        try {
            return read();
        } catch (BufferUnderflowException e) {
            throw new MalformedDnsException("the packet ends within a field", e);
        }
    }

    private DnsMessage read() {
        in.getShort(); // The id means nothing in multicast DNS (RFC 6762 section 18.1).
        int flags = u16();
        if ((flags & OPCODE_AND_RCODE) != 0) {
            throw new MalformedDnsException("opcode and response code must be zero, flags are " + flags);
        }
        int questionCount = u16();
        int answerCount = u16();
        int authorityCount = u16();
        int additionalCount = u16();
        if (questionCount + answerCount + authorityCount + additionalCount > DiscoveryLimits.RECORDS) {
            throw new MalformedDnsException("a packet holds at most " + DiscoveryLimits.RECORDS + " records");
        }
        List<DnsQuestion> questions = questions(questionCount);
        List<DnsRecord> answers = records(answerCount);
        records(authorityCount);
        return new DnsMessage((flags & TOP_BIT) != 0, questions, answers, records(additionalCount));
    }

    private List<DnsQuestion> questions(int count) {
        List<DnsQuestion> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DnsName name = name();
            int type = u16();
            int dnsClass = u16();
            if ((dnsClass & ~TOP_BIT) == CLASS_IN || (dnsClass & ~TOP_BIT) == CLASS_ANY) {
                questions.add(new DnsQuestion(name, type, (dnsClass & TOP_BIT) != 0));
            }
        }
        return questions;
    }

    private List<DnsRecord> records(int count) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            record().ifPresent(records::add);
        }
        return records;
    }

    private Optional<DnsRecord> record() {
        DnsName name = name();
        int type = u16();
        int dnsClass = u16();
        Duration ttl = Duration.ofSeconds(in.getInt() & 0xffff_ffffL);
        int length = u16();
        if (length > in.remaining()) {
            throw new MalformedDnsException("a record is longer than its packet");
        }
        int end = in.position() + length;
        boolean flush = (dnsClass & TOP_BIT) != 0;
        Optional<DnsRecord> record =
                (dnsClass & ~TOP_BIT) == CLASS_IN ? data(name, type, ttl, flush, end) : Optional.empty();
        if (record.isEmpty()) {
            in.position(end);
        } else if (in.position() != end) {
            throw new MalformedDnsException("a record of type " + type + " has another length than it says");
        }
        return record;
    }

    private Optional<DnsRecord> data(DnsName name, int type, Duration ttl, boolean flush, int end) {
        return switch (type) {
            case DnsType.PTR -> Optional.of(new DnsRecord.Ptr(name, ttl, flush, name()));
            case DnsType.SRV -> Optional.of(service(name, ttl, flush));
            case DnsType.TXT -> Optional.of(new DnsRecord.Txt(name, ttl, flush, pairs(end)));
            case DnsType.A -> Optional.of(new DnsRecord.Address(name, ttl, flush, address(4)));
            case DnsType.AAAA -> Optional.of(new DnsRecord.Address(name, ttl, flush, address(16)));
            default -> Optional.empty();
        };
    }

    private DnsRecord service(DnsName name, Duration ttl, boolean flush) {
        in.getInt(); // Priority and weight: a service has one record.
        int port = u16();
        return new DnsRecord.Srv(name, ttl, flush, port, name());
    }

    private InetAddress address(int length) {
        try {
            return InetAddress.getByAddress(ByteString.read(in, length).toArray());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + length, e);
        }
    }

    private Map<String, String> pairs(int end) {
        Map<String, String> pairs = new LinkedHashMap<>();
        while (in.position() < end) {
            String text = text(u8());
            int equals = text.indexOf('=');
            String key = (equals < 0 ? text : text.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (!key.isEmpty() && pairs.size() < DiscoveryLimits.TXT_PAIRS) {
                pairs.putIfAbsent(key, equals < 0 ? "" : text.substring(equals + 1));
            }
        }
        return pairs;
    }

    private DnsName name() {
        List<String> labels = new ArrayList<>();
        int length = 1;
        int jumps = 0;
        int partStart = in.position();
        int after = -1;
        for (int size = u8(); size != 0; size = u8()) {
            if (size >= 0xc0) {
                int target = (size & 0x3f) << 8 | u8();
                if (target >= partStart || ++jumps > DiscoveryLimits.NAME_JUMPS) {
                    throw new MalformedDnsException("a compressed name does not point back, or too often");
                }
                after = after < 0 ? in.position() : after;
                partStart = target;
                in.position(target);
                continue;
            }
            length += 1 + size;
            if (size > DiscoveryLimits.LABEL || length > DiscoveryLimits.NAME) {
                throw new MalformedDnsException("a label or a name is too long");
            }
            labels.add(text(size));
        }
        if (after >= 0) {
            in.position(after);
        }
        return new DnsName(labels);
    }

    private String text(int length) {
        return new String(ByteString.read(in, length).toArray(), StandardCharsets.ISO_8859_1);
    }

    private int u8() {
        return in.get() & 0xff;
    }

    private int u16() {
        return in.getShort() & 0xffff;
    }
}
