package dev.byway.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.byway.core.unit.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DnsMessageProperties {
    @Property
    void whatIsWrittenIsReadBack(@ForAll("messages") DnsMessage message) {
        assertThat(DnsMessage.decode(buffer(message.encode()))).isEqualTo(message);
    }

    @Property
    void anyBytesAreAMessageOrMalformed(@ForAll @Size(max = 600) byte[] bytes) {
        assertTyped(bytes);
    }

    @Property
    void anyBytesAfterAPlausibleHeaderAreAMessageOrMalformed(
            @ForAll @IntRange(max = 20) int records, @ForAll @Size(max = 600) byte[] bytes) {
        byte[] header = {0, 0, (byte) 0x84, 0, 0, (byte) records, 0, (byte) records, 0, 1, 0, 1};
        assertTyped(
                ByteBuffer.allocate(12 + bytes.length).put(header).put(bytes).array());
    }

    @Property
    void aMessageWithBytesChangedOrCutIsAMessageOrMalformed(
            @ForAll("messages") DnsMessage message,
            @ForAll @Size(max = 8) List<@IntRange(max = 100_000) Integer> places,
            @ForAll byte value,
            @ForAll @IntRange(max = 2000) int length) {
        byte[] bytes = message.encode().toArray();
        places.forEach(place -> bytes[place % bytes.length] = value);
        assertTyped(Arrays.copyOf(bytes, Math.min(length, bytes.length)));
    }

    private static void assertTyped(byte[] bytes) {
        try {
            DnsMessage message = DnsMessage.decode(ByteBuffer.wrap(bytes));
            assertThat(message.questions().size() + message.records().count())
                    .isLessThanOrEqualTo(DiscoveryLimits.RECORDS);
        } catch (MalformedDnsException e) {
            assertThat(e).hasMessageMatching(".{10,}");
        } catch (RuntimeException e) {
            fail("another exception than the typed one", e);
        }
    }

    private static ByteBuffer buffer(ByteString bytes) {
        return ByteBuffer.wrap(bytes.toArray());
    }

    @Provide
    Arbitrary<DnsMessage> messages() {
        Arbitrary<DnsQuestion> questions = Combinators.combine(
                        names(), Arbitraries.integers().between(0, 0xffff), Arbitraries.of(true, false))
                .as(DnsQuestion::new);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        questions.list().ofMaxSize(5),
                        records().list().ofMaxSize(8),
                        records().list().ofMaxSize(8))
                .as(DnsMessage::new);
    }

    private static Arbitrary<DnsRecord> records() {
        Arbitrary<Duration> ttls = Arbitraries.longs().between(0, 0xffff_ffffL).map(Duration::ofSeconds);
        Arbitrary<Boolean> flushes = Arbitraries.of(true, false);
        Arbitrary<DnsRecord> pointers =
                Combinators.combine(names(), ttls, flushes, names()).as(DnsRecord.Ptr::new);
        Arbitrary<DnsRecord> services = Combinators.combine(
                        names(), ttls, flushes, Arbitraries.integers().between(0, 0xffff), names())
                .as(DnsRecord.Srv::new);
        Arbitrary<Map<String, String>> pairs = Arbitraries.maps(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(9),
                        Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(100))
                .ofMaxSize(DiscoveryLimits.TXT_PAIRS);
        Arbitrary<DnsRecord> texts =
                Combinators.combine(names(), ttls, flushes, pairs).as(DnsRecord.Txt::new);
        Arbitrary<DnsRecord> addresses =
                Combinators.combine(names(), ttls, flushes, addresses()).as(DnsRecord.Address::new);
        return Arbitraries.oneOf(pointers, services, texts, addresses);
    }

    private static Arbitrary<InetAddress> addresses() {
        return Arbitraries.of(4, 16)
                .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length))
                .map(DnsMessageProperties::address);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Arbitrary<DnsName> names() {
        Arbitrary<String> label = Arbitraries.oneOf(
                Arbitraries.of("local", "_tcp", "_byway"),
                Arbitraries.strings()
                        .withCharRange('\0', '\u00ff')
                        .ofMinLength(1)
                        .ofMaxLength(40));
        return label.list().ofMaxSize(6).map(DnsName::new);
    }
}
