package dev.byway.teredo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import dev.byway.teredo.client.ClientCounts.Burst;
import dev.byway.teredo.packet.UdpAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Twenty solicitations at once, and how many are answered. */
class VolleyTest {
    private static final UdpAddress SERVER = UdpAddress.server(Network.PRIMARY);

    private final Network network = new Network(31);
    private final Network.Device device = network.device(NatType.PORT_RESTRICTED);

    private Burst fired() {
        device.perform(device.client.fireVolley());
        network.run(Duration.ofSeconds(1));
        return device.client.counts().burst();
    }

    private void qualify() {
        device.start();
        network.run(Duration.ofSeconds(3));
    }

    @Test
    void withoutALimitAllAreAnsweredAndCountedApart() {
        qualify();
        ClientCounts before = device.client.counts();
        assertThat(before.burst()).isEqualTo(new Burst(0, 0));
        assertThat(fired()).isEqualTo(new Burst(20, 20));
        assertThat(fired()).as("another one").isEqualTo(new Burst(20, 20));
        assertThat(device.client.counts().asked()).isEqualTo(before.asked());
        assertThat(device.client.counts().answered()).isEqualTo(before.answered());
        assertThat(device.client.counts().dropped()).isEqualTo(before.dropped());
    }

    @Test
    void behindALimitFewAreAnswered() {
        qualify();
        AtomicInteger passed = new AtomicInteger();
        network.loseWhere(flight -> flight.to().equals(SERVER) && passed.incrementAndGet() > 5);
        assertThat(fired()).isEqualTo(new Burst(20, 5));
    }

    @Test
    void whoGetsNoAnswerAnywaySendsNone() {
        network.loseWhere(_ -> true);
        device.start();
        network.run(Duration.ofSeconds(10));
        int before = device.sent;
        assertThat(fired()).isEqualTo(new Burst(0, 0));
        assertThat(device.sent).isEqualTo(before);
    }

    @Test
    void anAnswerCountsOnceAndOnlyFromTheServer() {
        qualify();
        List<ByteString> answers = new ArrayList<>();
        network.loseWhere(flight -> {
            if (flight.from().equals(SERVER)) {
                answers.add(flight.datagram());
            }
            return flight.from().equals(SERVER);
        });
        assertThat(fired()).isEqualTo(new Burst(20, 0));
        receive(new UdpAddress(Network.PRIMARY + 9, 3544), answers.getFirst());
        assertThat(device.client.counts().burst().answered()).isZero();
        receive(SERVER, answers.getFirst());
        receive(SERVER, answers.getFirst());
        assertThat(device.client.counts().burst()).isEqualTo(new Burst(20, 1));
    }

    private void receive(UdpAddress from, ByteString answer) {
        device.perform(device.client.received(from, ByteBuffer.wrap(answer.toArray()), network.now));
    }
}
