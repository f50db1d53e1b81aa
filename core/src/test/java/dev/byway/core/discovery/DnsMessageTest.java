package dev.byway.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
    private static final String HEADER_OF_RESPONSE = "0000 8400 0000 0001 0000 0000";

    @Test
    void aQueryIsWrittenAsTheRfcShowsIt() {
        DnsMessage query = DnsMessage.query(
                List.of(new DnsQuestion(DnsName.of("_byway", "_tcp", "local"), DnsType.PTR, false)), List.of());

        assertThat(query.encode().toString())
                .isEqualTo(hex("0000 0000 0001 0000 0000 0000 06 5f6279776179 04 5f746370 05 6c6f63616c 00 000c 0001"));
    }

    @Test
    void aNameWrittenBeforeBecomesAPointer() {
        DnsName service = DnsName.of("_byway", "_tcp", "local");
        DnsMessage response = DnsMessage.response(
                List.of(new DnsRecord.Ptr(service, Duration.ofMinutes(2), false, service.child("ab"))));

        assertThat(response.encode().toString())
                .isEqualTo(hex(HEADER_OF_RESPONSE + "06 5f6279776179 04 5f746370 05 6c6f63616c 00 000c 0001 00000078"
                        + "0005 02 6162 c00c"));
    }

    /** As avahi 0.8 answers: compressed names, SRV before TXT, an address, and an NSEC record that is passed over. */
    @Test
    void recordsOfOtherTypesAndClassesArePassedOver() throws Exception {
        DnsMessage message = decode("0000 8400 0000 0003 0000 0001"
                + "01 61 05 6c6f63616c 00 0010 8001 00000e10 0008 03 763d31 03 49443d"
                + "c00c 002f 8001 00000078 0004 c00c 0001"
                + "c00c 0001 0003 00000078 0002 ffff"
                + "c00c 0001 8001 00000078 0004 c0000201");

        DnsName name = DnsName.of("a", "local");
        assertThat(message.response()).isTrue();
        assertThat(message.answers())
                .containsExactly(new DnsRecord.Txt(name, Duration.ofHours(1), true, Map.of("v", "1", "id", "")));
        assertThat(message.additionals())
                .containsExactly(
                        new DnsRecord.Address(name, Duration.ofMinutes(2), true, InetAddress.ofLiteral("192.0.2.1")));
    }

    @Test
    void namesCompareWithoutCase() {
        assertThat(DnsName.of("_BYWAY", "_tcp", "Local")).isEqualTo(DnsName.of("_byway", "_tcp", "local"));
        assertThat(DnsName.of("\u00c4")).isNotEqualTo(DnsName.of("\u00e4"));
    }

    @Test
    void aPointerToItselfIsRefused() {
        assertMalformed(HEADER_OF_RESPONSE + "c00c 000c 0001 00000078 0000", "point back");
    }

    @Test
    void aPointerForwardIsRefused() {
        assertMalformed(HEADER_OF_RESPONSE + "c00e 0161 00 000c 0001 00000078 0000", "point back");
    }

    @Test
    void aLoopThroughALabelIsRefused() {
        assertMalformed(HEADER_OF_RESPONSE + "0161 c00c 000c 0001 00000078 0000", "point back");
    }

    @Test
    void moreJumpsThanTheLimitAreRefused() {
        assertThat(chain(DiscoveryLimits.NAME_JUMPS).questions().getLast().name())
                .isEqualTo(DnsName.of("a"));
        assertThatThrownBy(() -> chain(DiscoveryLimits.NAME_JUMPS + 1))
                .isInstanceOf(MalformedDnsException.class)
                .hasMessageContaining("too often");
    }

    /** Questions of which each points to the one before; the last name takes {@code jumps} jumps. */
    private static DnsMessage chain(int jumps) {
        StringBuilder packet = new StringBuilder("0000 0000")
                .append("%04x".formatted(jumps + 1))
                .append("0000 0000 0000");
        packet.append("0161 00 000c 0001");
        IntStream.range(0, jumps)
                .mapToObj(i -> "%04x 000c 0001".formatted(0xc000 | (i == 0 ? 12 : 19 + 6 * (i - 1))))
                .forEach(packet::append);
        return decode(packet.toString());
    }

    @Test
    void aNameLongerThan255BytesIsRefused() {
        String label = "3f" + "61".repeat(63);
        assertMalformed(HEADER_OF_RESPONSE + label.repeat(4) + "00 000c 0001 00000078 0000", "too long");
    }

    @Test
    void aLabelOfReservedKindIsRefused() {
        assertMalformed(HEADER_OF_RESPONSE + "40" + "61".repeat(64) + "00 000c 0001 00000078 0000", "too long");
    }

    @Test
    void moreRecordsThanTheLimitAreRefusedBeforeTheyAreRead() {
        assertMalformed("0000 8400 ffff ffff ffff ffff", "at most 256 records");
        assertMalformed("0000 8400 0000 0101 0000 0000", "at most 256 records");
    }

    @Test
    void aRecordLongerThanItsPacketIsRefused() {
        assertMalformed(HEADER_OF_RESPONSE + "00 0063 0001 00000078 ffff 00", "longer than its packet");
    }

    @Test
    void aRecordOfAnotherLengthThanItSaysIsRefused() {
        assertMalformed(HEADER_OF_RESPONSE + "00 0001 0001 00000078 0005 c000020100", "another length");
        assertMalformed(HEADER_OF_RESPONSE + "00 0010 0001 00000078 0002 ff61 00" + "61".repeat(300), "another length");
        assertMalformed(HEADER_OF_RESPONSE + "00 0010 0001 00000078 0002 ff61", "ends within");
    }

    @Test
    void aCutPacketIsRefused() {
        assertMalformed("", "ends within");
        assertMalformed("0000 8400 0001", "ends within");
        assertMalformed(HEADER_OF_RESPONSE, "ends within");
    }

    @Test
    void anOpcodeOrResponseCodeOtherThanZeroIsRefused() {
        assertMalformed("0000 8403 0000 0000 0000 0000", "response code");
        assertMalformed("0000 2800 0000 0000 0000 0000", "opcode");
    }

    @Test
    void aPacketBeyond9000BytesIsRefused() {
        assertThatThrownBy(() -> DnsMessage.decode(ByteBuffer.allocate(DiscoveryLimits.PACKET + 1)))
                .isInstanceOf(MalformedDnsException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void onlySixteenPairsAreTakenFromATextRecord() {
        StringBuilder strings = new StringBuilder();
        IntStream.range(0, 40).forEach(i -> strings.append("03%02x3d31".formatted(0x41 + i)));
        DnsMessage message = decode(HEADER_OF_RESPONSE + "00 0010 0001 00000078 00a0" + strings);

        assertThat(((DnsRecord.Txt) message.answers().getFirst()).pairs()).hasSize(DiscoveryLimits.TXT_PAIRS);
    }

    @Test
    void ofAKeyGivenTwiceTheFirstCounts() {
        DnsMessage message = decode(HEADER_OF_RESPONSE + "00 0010 0001 00000078 0008 03 763d31 03 563d32");

        assertThat(((DnsRecord.Txt) message.answers().getFirst()).pairs()).containsExactly(Map.entry("v", "1"));
    }

    private static void assertMalformed(String hex, String reason) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOf(MalformedDnsException.class)
                .hasMessageContaining(reason);
    }

    private static DnsMessage decode(String hex) {
        return DnsMessage.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex(hex))));
    }

    private static String hex(String spaced) {
        return spaced.replace(" ", "");
    }
}
