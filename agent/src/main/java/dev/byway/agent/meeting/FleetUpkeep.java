package dev.byway.agent.meeting;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.agent.identity.IdentityException;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.unit.ByteString;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what the fleet gave this device from growing old: its certificate is renewed in time, the list of publishers is looked
 * at. On a virtual thread of its own, at the start and once an hour; what fails is tried again an hour later.
 */
public final class FleetUpkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FleetUpkeep.class.getName());
    private static final Duration EVERY = Duration.ofHours(1);

    private final FleetClient client;
    private final FleetPublishers publishers;
    private final FleetCertificate certificate;
    private final Path state;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private FleetUpkeep(
            FleetClient client,
            FleetPublishers publishers,
            FleetCertificate certificate,
            Path state,
            InstantSource clock) {
        this.client = client;
        this.publishers = publishers;
        this.certificate = certificate;
        this.state = state;
        this.clock = clock;
    }

    /** Begins. */
    public static FleetUpkeep start(
            FleetClient client,
            FleetPublishers publishers,
            FleetCertificate certificate,
            Path state,
            InstantSource clock) {
        FleetUpkeep upkeep = new FleetUpkeep(client, publishers, certificate, state, clock);
        Thread.ofVirtual().name("byway-fleet").start(upkeep::run);
        return upkeep;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopped.await(EVERY.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        publishers.renew(client);
        if (!clock.instant()
                .isBefore(certificate.validity().renewedFrom(certificate.key().id()))) {
            renew();
        }
    }

    private void renew() {
        try {
            ByteString request = ByteString.of(certificate.key().certificationRequest());
            FleetCredentials renewed = JoinedFleet.credentials(client.renew(request));
            certificate.renew(renewed, state);
            LOG.log(
                    Level.INFO,
                    "the fleet's certificate of this device was renewed, until "
                            + renewed.validity().until());
        } catch (CoordinatorUnreachableException
                | CoordinatorRefusedException
                | MalformedMessageException
                | IdentityException e) {
            LOG.log(
                    Level.WARNING,
                    "the fleet's certificate of this device is valid until "
                            + certificate.validity().until()
                            + " and could not be renewed, which is tried again in an hour: "
                            + e.getMessage());
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
