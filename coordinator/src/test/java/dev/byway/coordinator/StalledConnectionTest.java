package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.fleet.EventSubscription;
import dev.byway.core.fleet.FleetEvent;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class StalledConnectionTest {
    @TempDir
    Path folder;

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder);
                Socket mute = new Socket(TestFleet.LOOPBACK, fleet.port())) {
            mute.setSoTimeout((int) Duration.ofMinutes(3).toMillis());
            while (mute.getInputStream().read() >= 0) {
                assertThat(mute.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aHeldStreamOutlivesTheLimitForIdleConnections() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member device = fleet.join();
            BlockingQueue<FleetEvent> told = new LinkedBlockingQueue<>();
            Semaphore connected = new Semaphore(0);
            try (EventSubscription stream = device.client().events(told::add, connected::release)) {
                assertThat(connected.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
                assertThat(connected.tryAcquire(100, TimeUnit.SECONDS))
                        .as("connected again")
                        .isFalse();
                fleet.admin().probeDevice(device.id());
                assertThat(told.poll(2, TimeUnit.SECONDS)).isEqualTo(new FleetEvent.Probe());
                assertThat(stream.connected()).isTrue();
            }
        }
    }
}
