package dev.byway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.teredo.packet.UdpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The packets of Teredo. The answer is one that miredo-server 1.2.6 gave at 11.200.1.2 to 11.200.9.9:40000. */
class TeredoQuestionTest {
    private static final TeredoQuestion ASKED = new TeredoQuestion(0x0102030405060708L);
    private static final byte[] ANSWER = bytes(
            "0001 0000 0102030405060708 00",
            "0000 63bf f437f6f6",
            "60000000 0038 3a ff fe80000000000000 8000f227f437fefd fe80000000000000 0000ffffffffffff",
            "8600954c 00000000 00000000 000007d0",
            "03044040 ffffffff ffffffff 00000000 20010000 0bc80102 00000000 00000000",
            "05010000 00000500");
    private static final int CONFIRMATION = 12;
    private static final int MAPPING = 15;
    private static final int FLOW = 21;
    private static final int LENGTH = 25;

    private static byte[] bytes(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    }

    private static Optional<UdpAddress> heard(byte[] payload) {
        return heard(ASKED, payload);
    }

    private static Optional<UdpAddress> heard(TeredoQuestion question, byte[] payload) {
        return question.answer(ByteBuffer.wrap(payload));
    }

    @Test
    void theSolicitationIsAsAClientWithoutConeBitSendsIt() {
        assertThat(ASKED.payload())
                .isEqualTo(bytes(
                        "0001 0000 0102030405060708 00",
                        "60000000 0008 3a ff fe80000000000000 0000ffffffffffff ff02000000000000 0000000000000002",
                        "85007d37 00000000"));
    }

    @Test
    void theAnswerOfARealServerSaysWhereItSawUs() {
        assertThat(heard(ANSWER)).hasToString("Optional[11.200.9.9:40000]");
    }

    @Test
    void theAnswerToAnotherSolicitationIsNone() {
        assertThat(heard(new TeredoQuestion(1), ANSWER)).isEmpty();
    }

    @Property
    void anAnswerThatIsCutIsNone(@ForAll @IntRange(max = 117) int length) {
        assertThat(ANSWER).hasSize(117);
        byte[] cut = Arrays.copyOf(ANSWER, length);
        assertThat(heard(cut).isPresent()).isEqualTo(length == ANSWER.length);
    }

    /** Neither the mapping nor the class and flow of IPv6 are under the checksum; the confirmation asks for another key, and is let be. */
    @Property
    void anAnswerWithAWrongByteIsNone(
            @ForAll @IntRange(max = 116) int at, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] wrong = ANSWER.clone();
        wrong[at] ^= (byte) change;
        if (at == CONFIRMATION) {
            assertThat(heard(wrong)).isEqualTo(heard(ANSWER));
        } else if (at < MAPPING || at >= LENGTH) {
            assertThat(heard(wrong)).isEmpty();
        } else if (at < FLOW) {
            assertThat(heard(wrong)).isNotEmpty().isNotEqualTo(heard(ANSWER));
        }
    }

    @Property
    void anyBytesAreAnAnswerOrNone(@ForAll @Size(max = 2000) byte[] payload) {
        assertThat(heard(payload)).isEmpty();
    }

    /** Behind the right beginning, so that the rest is read too. */
    @Property
    void anyBytesBehindAnAuthenticBeginningAreAnAnswerOrNone(
            @ForAll @IntRange(max = 117) int kept, @ForAll("tails") byte[] tail) {
        byte[] payload = Arrays.copyOf(ANSWER, kept + tail.length);
        System.arraycopy(tail, 0, payload, kept, tail.length);
        heard(payload).ifPresent(answer -> assertThat(answer.toString()).matches("[0-9]+(\\.[0-9]+){3}:[0-9]+"));
    }

    @Provide
    Arbitrary<byte[]> tails() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(1600);
    }
}
