package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.fleet.CallLimits;
import dev.byway.agent.fleet.CoordinatorState;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.EventSubscription;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.coordinator.failure.CoordinatorException;
import dev.byway.core.fleet.JoinToken;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
    @TempDir
    Path folder;

    @Test
    void aRestartKeepsDevicesTokensPublishersAndRevocations() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member device = fleet.join();
            TestFleet.Member thief = fleet.join();
            JoinToken token = fleet.token();
            fleet.admin().revoke(thief.id());
            long version = fleet.coordinator().fleet().publishers().current().version();

            fleet.kill();
            fleet.startAgain();

            assertThat(device.client().health()).isNotNull();
            assertThat(device.client().publishers()).isNotNull();
            assertThat(fleet.join(fleet.newKey(), token)).isNotNull();
            assertThat(fleet.coordinator().fleet().publishers().current().version())
                    .isEqualTo(version);
            assertThatThrownBy(() -> thief.client().publishers()).hasMessageContaining("shut");
        }
    }

    @Test
    void aDeadCoordinatorIsAStateAndCostsOneWait() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            FleetClient client = fleet.join().client();
            assertThat(client.state()).isInstanceOf(CoordinatorState.NotTried.class);
            client.publishers();
            assertThat(client.state()).isInstanceOf(CoordinatorState.Reachable.class);

            fleet.kill();

            assertThatThrownBy(client::publishers).isInstanceOf(CoordinatorUnreachableException.class);
            assertThat(client.state())
                    .isInstanceOfSatisfying(
                            CoordinatorState.Unreachable.class,
                            state -> assertThat(state.why()).contains("127.0.0.1"));
            long start = System.nanoTime();
            assertThatThrownBy(client::publishers).isInstanceOf(CoordinatorUnreachableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void aCoordinatorThatAcceptsAndSaysNothingKeepsNobodyLongerThanTheLimit() throws IOException {
        CallLimits limits = new CallLimits(
                Duration.ofMillis(300), Duration.ofMillis(800), Duration.ofMillis(100), Duration.ofSeconds(1));
        try (ServerSocket silent = new ServerSocket(0, 50, TestFleet.LOOPBACK);
                TestFleet fleet = TestFleet.start(folder);
                FleetClient client = new FleetClient(
                        new FleetAddress(
                                List.of("https://127.0.0.1:" + silent.getLocalPort()),
                                fleet.token().authority(),
                                Optional.empty()),
                        new Credential.None(),
                        limits,
                        InstantSource.system())) {
            long start = System.nanoTime();
            assertThatThrownBy(client::health).isInstanceOf(CoordinatorUnreachableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void theSecondUrlServesWhenTheFirstIsDead() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder);
                Socket dead = TestFleet.refusingPort()) {
            FleetAddress address = new FleetAddress(
                    List.of(
                            "https://127.0.0.1:" + dead.getLocalPort(),
                            fleet.coordinator().urls().getFirst()),
                    fleet.token().authority(),
                    Optional.empty());
            try (FleetClient client = new FleetClient(address, new Credential.None())) {
                assertThat(client.health().version()).isEqualTo("dev");
            }
        }
    }

    @Test
    void theStreamOfEventsComesBackByItself() throws Exception {
        try (TestFleet fleet = TestFleet.start(folder)) {
            TestFleet.Member device = fleet.join();
            Semaphore connected = new Semaphore(0);
            try (EventSubscription stream = device.client().events(event -> {}, connected::release)) {
                assertThat(connected.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
                fleet.kill();
                fleet.startAgain();
                assertThat(connected.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                assertThat(stream.connected()).isTrue();
            }
        }
    }

    @Test
    void aTakenPortIsNamedWithItsHolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, TestFleet.LOOPBACK)) {
            CoordinatorConfig config =
                    CoordinatorConfig.of(folder.resolve("c"), TestFleet.LOOPBACK, taken.getLocalPort());
            assertThatThrownBy(() -> Coordinator.start(config))
                    .isInstanceOf(CoordinatorException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("listen.port")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aStateFolderThatCannotBeUsedIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Coordinator.start(CoordinatorConfig.of(file.resolve("state"), TestFleet.LOOPBACK, 0)))
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining("state folder");
    }
}
