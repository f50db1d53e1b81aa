package dev.byway.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandshakeGateTest {
    private final HandshakeGate gate = new HandshakeGate();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void oneAddressGetsAFewAndMoreWhenTheseAreThrough() throws Exception {
        HandshakeGate.Pass first =
                gate.admit(address("192.0.2.1"), closed::incrementAndGet).orElseThrow();
        for (int i = 1; i < HandshakeGate.PER_ADDRESS; i++) {
            assertThat(gate.admit(address("192.0.2.1"), closed::incrementAndGet))
                    .isPresent();
        }
        assertThat(gate.admit(address("192.0.2.1"), closed::incrementAndGet)).isEmpty();
        assertThat(gate.admit(address("192.0.2.2"), closed::incrementAndGet)).isPresent();
        first.close();
        first.close();
        assertThat(gate.admit(address("192.0.2.1"), closed::incrementAndGet)).isPresent();
        assertThat(closed).hasValue(0);
    }

    @Test
    void anIpv6HostCannotMultiplyItself() throws Exception {
        for (int i = 0; i < HandshakeGate.PER_ADDRESS; i++) {
            assertThat(gate.admit(address("2001:db8::" + i), closed::incrementAndGet))
                    .isPresent();
        }
        assertThat(gate.admit(address("2001:db8::ffff:1"), closed::incrementAndGet))
                .isEmpty();
        assertThat(gate.admit(address("2001:db8:0:1::1"), closed::incrementAndGet))
                .isPresent();
    }

    @Test
    void theOldestGivesWayWhenAllPlacesAreTaken() throws Exception {
        AtomicInteger oldest = new AtomicInteger();
        gate.admit(address("192.0.2.200"), oldest::incrementAndGet);
        for (int i = 1; i < HandshakeGate.IN_ALL; i++) {
            gate.admit(address("192.0.2." + i), closed::incrementAndGet);
        }
        assertThat(oldest).hasValue(0);
        assertThat(gate.admit(address("198.51.100.1"), closed::incrementAndGet)).isPresent();
        assertThat(oldest).hasValue(1);
        assertThat(closed).hasValue(0);
        assertThat(gate.count()).isEqualTo(HandshakeGate.IN_ALL);
    }

    private static InetAddress address(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }
}
