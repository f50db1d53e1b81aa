package dev.byway.coordinator.teredo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.UdpAddress;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Its sockets and its settings; who is answered is tried behind NATs, in e2e, for addresses of loopback never are. */
class TeredoServiceTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("127.84.0.1");
    private static final InetAddress TWO = InetAddress.ofLiteral("127.84.0.2");

    @Test
    void whatIsWrongWithTheAddressesIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TeredoAddresses.of(List.of(ONE, ONE)))
                .withMessageContaining("one or two different addresses");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TeredoAddresses(List.of(ONE, TWO), List.of(ONE)))
                .withMessageContaining("name one for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TeredoAddresses.of(List.of(InetAddress.ofLiteral("0.0.0.0"))))
                .withMessageContaining("not 0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TeredoAddresses.of(List.of(InetAddress.ofLiteral("2001:db8::1"))))
                .withMessageContaining("is not an IPv4 address");
        assertThat(TeredoAddresses.of(List.of(ONE)).areTwo()).isFalse();
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingStaysOpen() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(TWO, 3544))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> TeredoService.start(TeredoAddresses.of(List.of(ONE, TWO))))
                    .isInstanceOf(CoordinatorException.class)
                    .hasMessageContaining("UDP port 3544 of 127.84.0.2")
                    .hasMessageContaining("teredo.server.addresses");
        }
        TeredoService.start(TeredoAddresses.of(List.of(ONE, TWO))).close();
    }

    @Test
    void whoIsNotOfTheInternetIsHeardAndNotAnswered() throws Exception {
        try (TeredoService service = TeredoService.start(TeredoAddresses.of(List.of(ONE, TWO)));
                DatagramSocket client = new DatagramSocket(new InetSocketAddress(ONE, 0))) {
            byte[] packet = RouterSolicitation.of(1).packet().encode().toArray();
            for (InetAddress address : List.of(ONE, TWO)) {
                client.send(new DatagramPacket(packet, packet.length, address, 3544));
            }
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (service.received() < 2 && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(service.received()).isEqualTo(2);
            assertThat(service.sent()).isZero();
        }
    }

    @Test
    void itsOwnerAnswersOtherThreadsUntilItIsClosed() {
        TeredoService service = TeredoService.start(TeredoAddresses.of(List.of(ONE)));
        UdpAddress nobody = new UdpAddress(UdpAddress.number(TWO), 1);
        assertThat(service.solicited(nobody)).contains(false);
        service.close();
        assertThat(service.solicited(nobody)).isEmpty();
    }

    @Test
    void aBubbleComesFromAnotherPortOfThePrimaryAddressEachTime() throws Exception {
        try (TeredoService service = TeredoService.start(TeredoAddresses.of(List.of(ONE, TWO)));
                DatagramSocket client = new DatagramSocket(new InetSocketAddress(ONE, 0))) {
            client.setSoTimeout(10_000);
            UdpAddress to = new UdpAddress(UdpAddress.number(ONE), client.getLocalPort());
            Endpoint from = service.sendFromAnotherPort(to, ByteString.of(new byte[] {1, 2, 3}));
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            client.receive(packet);
            assertThat(packet.getLength()).isEqualTo(3);
            assertThat(new Endpoint(packet.getAddress(), packet.getPort())).isEqualTo(from);
            assertThat(from.address()).isEqualTo(ONE);
            assertThat(from.port()).isNotEqualTo(UdpAddress.TEREDO_PORT);
        }
    }
}
