package dev.byway.core.discovery;

import dev.byway.core.unit.ByteString;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one message. The end of a name that was written before becomes a pointer (RFC 1035 section 4.1.4). */
final class DnsWriter {
    private static final int CLASS_IN = 1;
    private static final int TOP_BIT = 0x8000;
    private static final int RESPONSE_AND_AUTHORITATIVE = 0x8400;
    private static final int POINTER = 0xc000;

    private final ByteBuffer out = ByteBuffer.allocate(DiscoveryLimits.PACKET);
    private final Map<List<String>, Integer> written = new HashMap<>();

    ByteString message(DnsMessage message) {
        try {
            u16(0);
            u16(message.response() ? RESPONSE_AND_AUTHORITATIVE : 0);
            u16(message.questions().size());
            u16(message.answers().size());
            u16(0);
            u16(message.additionals().size());
            message.questions().forEach(this::question);
            message.records().forEach(this::record);
        } catch (BufferOverflowException e) {
            throw new IllegalArgumentException("the message does not fit " + DiscoveryLimits.PACKET + " bytes", e);
        }
        return ByteString.read(out.flip(), out.limit());
    }

    private void question(DnsQuestion question) {
        name(question.name());
        u16(question.type());
        u16(question.unicast() ? TOP_BIT | CLASS_IN : CLASS_IN);
    }

    private void record(DnsRecord record) {
        name(record.name());
        u16(record.type());
        u16(record.flush() ? TOP_BIT | CLASS_IN : CLASS_IN);
        out.putInt((int) record.ttl().toSeconds());
        int lengthAt = out.position();
        u16(0);
        data(record);
        out.putShort(lengthAt, (short) (out.position() - lengthAt - 2));
    }

    private void data(DnsRecord record) {
        switch (record) {
            case DnsRecord.Ptr ptr -> name(ptr.target());
            case DnsRecord.Srv srv -> {
                out.putInt(0);
                u16(srv.port());
                name(srv.target());
            }
            case DnsRecord.Txt txt -> pairs(txt.pairs());
            case DnsRecord.Address address -> out.put(address.address().getAddress());
        }
    }

    private void pairs(Map<String, String> pairs) {
        pairs.forEach((key, value) -> text(key + "=" + value));
        if (pairs.isEmpty()) {
            text(""); // A TXT record has at least one string (RFC 6763 section 6.1).
        }
    }

    private void name(DnsName name) {
        List<String> rest = name.labels();
        while (!rest.isEmpty()) {
            Integer before = written.get(rest);
            if (before != null) {
                u16(POINTER | before);
                return;
            }
            written.put(rest, out.position()); // Always in a pointer's reach of 16383: a packet is shorter.
            text(rest.getFirst());
            rest = rest.subList(1, rest.size());
        }
        out.put((byte) 0);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > 0xff) {
            throw new IllegalArgumentException("a string has at most 255 bytes, not " + bytes.length);
        }
        out.put((byte) bytes.length).put(bytes);
    }

    private void u16(int value) {
        out.putShort((short) value);
    }
}
