package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.fleet.CallLimits;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.meeting.FleetPublishers;
import dev.byway.agent.meeting.FleetUpkeep;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device's certificate is renewed in time, without a restart. */
class RenewalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aCertificateThatGrowsOldIsRenewedKeptAndShown() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now().minus(Duration.ofDays(300)));
        Path state = Files.createDirectories(folder.resolve("device"));
        try (TestFleet fleet = TestFleet.start(folder, now::get)) {
            JoinToken token = fleet.token("artists");
            JoinedFleet joined =
                    JoinedFleet.join(state, token, Optional.of(TestFleet.LOOPBACK), "pc", CallLimits.DEFAULT);
            now.set(Instant.now());
            DeviceKey key = DeviceKey.open(state, Instant.now());
            FleetCertificate certificate = FleetCertificate.load(state, key).orElseThrow();
            Validity old = certificate.validity();
            assertThat(old.until()).isBefore(Instant.now().plus(Duration.ofDays(66)));
            try (FleetClient client = new FleetClient(
                            FleetAddress.of(token, Optional.of(TestFleet.LOOPBACK)),
                            new Credential.Device(certificate.keyManager()));
                    FleetUpkeep _ = FleetUpkeep.start(
                            client, new FleetPublishers(joined, state), certificate, state, InstantSource.system())) {
                awaitChange(certificate, old);
            }
            assertThat(certificate.validity().until()).isAfter(Instant.now().plus(Duration.ofDays(360)));
            assertThat(FleetCertificate.load(state, key).orElseThrow().validity())
                    .isEqualTo(certificate.validity());
            assertThat(certificate
                            .keyManager()
                            .getCertificateChain("device")[0]
                            .getNotAfter()
                            .toInstant())
                    .isEqualTo(certificate.validity().until());
        }
    }

    private static void awaitChange(FleetCertificate certificate, Validity old) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (certificate.validity().equals(old) && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(certificate.validity()).isNotEqualTo(old);
    }
}
