package dev.byway.coordinator.teredo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.fleet.Endpoint;
import dev.byway.core.fleet.FilteringAnswer;
import dev.byway.core.fleet.FilteringRequest;
import dev.byway.core.fleet.TeredoVerdict;
import dev.byway.core.unit.ByteString;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.Trailer;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private static final InetAddress SERVER = InetAddress.ofLiteral("11.200.2.2");
    private static final InetAddress HOME = InetAddress.ofLiteral("11.0.1.2");
    private static final InetAddress VICTIM = InetAddress.ofLiteral("8.8.8.8");

    private final Set<UdpAddress> mappings = new HashSet<>();
    private final Map<UdpAddress, ByteString> sent = new HashMap<>();
    private boolean busy;
    private boolean broken;
    private final Witness witness = Witness.of(new MappingServer() {
        @Override
        public List<InetAddress> advertised() {
            return List.of(SERVER, InetAddress.ofLiteral("11.200.2.3"));
        }

        @Override
        public Optional<Boolean> solicited(UdpAddress mapping) {
            return busy ? Optional.empty() : Optional.of(mappings.contains(mapping));
        }

        @Override
        public Endpoint sendFromAnotherPort(UdpAddress to, ByteString datagram) throws IOException {
            if (broken) {
                throw new IOException("no buffer space");
            }
            sent.put(to, datagram);
            return new Endpoint(SERVER, 40_000);
        }
    });

    @Test
    void aMappingThatSolicitedFromWhereTheDeviceCallsIsVouchedFor() {
        solicited(HOME, 51_178);
        assertThat(witness.judge(address(SERVER, HOME, 51_178), HOME)).isEqualTo(TeredoVerdict.TAKEN);
        assertThat(witness.judge(address(SERVER, HOME, 51_179), HOME)).isEqualTo(TeredoVerdict.NOT_SOLICITED);
    }

    @Test
    void anotherServersClientsAndThoseOfNoneAreNot() {
        solicited(HOME, 1);
        InetAddress secondary = InetAddress.ofLiteral("11.200.2.3");
        assertThat(witness.judge(address(secondary, HOME, 1), HOME)).isEqualTo(TeredoVerdict.OTHER_SERVER);
        Witness none = Witness.of(Optional.empty());
        assertThat(none.judge(address(SERVER, HOME, 1), HOME)).isEqualTo(TeredoVerdict.NO_SERVER);
        assertThat(none.servers()).isEmpty();
    }

    /** The solicitations are forged, which UDP cannot prevent; the connections are not. */
    @Test
    void attack20000BubblesAtOneVictimAreNotAskedFor() {
        List<InetAddress> attackers = IntStream.range(0, 20_000)
                .mapToObj(i -> InetAddress.ofLiteral("11." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256))
                .toList();
        for (int i = 0; i < attackers.size(); i++) {
            solicited(VICTIM, 1024 + i);
            InetAddress aimed = address(SERVER, VICTIM, 1024 + i);
            assertThat(witness.judge(aimed, attackers.get(i))).isEqualTo(TeredoVerdict.OTHER_ADDRESS);
            assertThat(witness.filtering(new FilteringRequest(aimed, 1), attackers.get(i)))
                    .isEqualTo(new FilteringAnswer(TeredoVerdict.OTHER_ADDRESS, Optional.empty()));
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void proxiesAndPrivateAddressesProveNothing() {
        solicited(HOME, 1);
        for (String observed : List.of("10.0.0.1", "100.64.0.1", "127.0.0.1", "2003:db8::1", "2001:0:bc8:202::1")) {
            assertThat(witness.judge(address(SERVER, HOME, 1), InetAddress.ofLiteral(observed)))
                    .as(observed)
                    .isEqualTo(TeredoVerdict.OTHER_ADDRESS);
        }
        InetAddress inside = InetAddress.ofLiteral("10.0.0.1");
        solicited(inside, 1);
        assertThat(witness.judge(address(SERVER, inside, 1), inside))
                .as("nobody is sent into a private network")
                .isEqualTo(TeredoVerdict.OTHER_ADDRESS);
    }

    @Test
    void aServerThatHasTooMuchToDoIsNotWaitedFor() {
        busy = true;
        assertThat(witness.judge(address(SERVER, HOME, 1), HOME)).isEqualTo(TeredoVerdict.BUSY);
        assertThat(witness.filtering(new FilteringRequest(address(SERVER, HOME, 1), 1), HOME)
                        .from())
                .isEmpty();
    }

    @Test
    void theBubbleHasTheNonceAndGoesToTheMappingOnly() {
        solicited(HOME, 51_178);
        InetAddress address = address(SERVER, HOME, 51_178);

        FilteringAnswer answer = witness.filtering(new FilteringRequest(address, 0x8765_4321), HOME);

        assertThat(answer)
                .isEqualTo(new FilteringAnswer(TeredoVerdict.TAKEN, Optional.of(new Endpoint(SERVER, 40_000))));
        assertThat(sent).containsOnlyKeys(new UdpAddress(UdpAddress.number(HOME), 51_178));
        ByteBuffer bubble = ByteBuffer.wrap(sent.values().iterator().next().toArray());
        assertThat(TeredoPacket.decode(bubble)).isInstanceOfSatisfying(Decoded.Whole.class, whole -> {
            assertThat(whole.packet().isBubble()).isTrue();
            assertThat(whole.packet().nonce()).contains(new Trailer.Nonce(0x8765_4321));
            assertThat(whole.packet().source()).isEqualTo(RouterAdvertisement.linkLocal(UdpAddress.number(SERVER)));
            assertThat(whole.packet().destination().inetAddress()).isEqualTo(address);
        });
    }

    @Test
    void whatCannotBeSentIsSaid() {
        solicited(HOME, 1);
        broken = true;
        assertThatThrownBy(() -> witness.filtering(new FilteringRequest(address(SERVER, HOME, 1), 1), HOME))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no buffer space");
    }

    private void solicited(InetAddress from, int port) {
        mappings.add(new UdpAddress(UdpAddress.number(from), port));
    }

    private static InetAddress address(InetAddress server, InetAddress mapped, int port) {
        UdpAddress mapping = new UdpAddress(UdpAddress.number(mapped), port);
        return new TeredoAddress(UdpAddress.number(server), 0x0400, mapping)
                .ip6()
                .inetAddress();
    }
}
