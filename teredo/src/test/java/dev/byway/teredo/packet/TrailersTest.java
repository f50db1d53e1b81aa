package dev.byway.teredo.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6081 sections 4.1 and 5.1.2. */
class TrailersTest {
    private static Decoded bubbleWith(String trailers) {
        byte[] bubble = TeredoPacket.bubble(new Ip6(1, 2), new Ip6(3, 4), List.of())
                .encode()
                .toArray();
        byte[] more = HexFormat.of().parseHex(trailers);
        return TeredoPacket.decode(ByteBuffer.allocate(bubble.length + more.length)
                .put(bubble)
                .put(more)
                .flip());
    }

    private static List<Trailer> trailers(String hex) {
        return ((Decoded.Whole) bubbleWith(hex)).packet().trailers();
    }

    @Test
    void theKnownAreReadInTheirOrder() {
        assertThat(trailers("0104cafef00d" + "040400000000" + "040401000000"))
                .containsExactly(
                        new Trailer.Nonce(0xcafef00d),
                        new Trailer.NeighbourDiscovery(true),
                        new Trailer.NeighbourDiscovery(false));
    }

    @ParameterizedTest
    @CsvSource({"3f00", "8002aabb", "c10101", "0308000011000102aabb", "05021234"})
    void othersAreSkipped(String unknown) {
        assertThat(trailers(unknown + "0104cafef00d")).containsExactly(new Trailer.Nonce(0xcafef00d));
    }

    @Test
    void oneThatSaysSoHasThePacketDropped() {
        assertThat(bubbleWith("0104cafef00d" + "4100")).isEqualTo(new Decoded.Broken(Rule.TRAILER));
    }

    @ParameterizedTest
    @CsvSource({"01", "0105cafef00d", "4105aa"})
    void aMalformedOneEndsTheList(String malformed) {
        assertThat(trailers("040400000000" + malformed)).containsExactly(new Trailer.NeighbourDiscovery(true));
    }

    @Test
    void aNonceOfZeroIsNone() {
        assertThat(((Decoded.Whole) bubbleWith("010400000000")).packet().nonce())
                .isEmpty();
    }
}
