package dev.byway.agent.meeting;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.IdentityException;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.unit.ByteString;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;

/** The fleet's list of publishers as this device had it last, here and in its state folder. Any thread. */
public final class FleetPublishers {
    private static final System.Logger LOG = System.getLogger(FleetPublishers.class.getName());

    private final Path state;
    private volatile JoinedFleet fleet;

    /** The list that {@code fleet} came with, which is kept in {@code state}. */
    public FleetPublishers(JoinedFleet fleet, Path state) {
        this.fleet = fleet;
        this.state = state;
    }

    /** Whose signatures count in the fleet. */
    public List<PublisherKey> keys() {
        return fleet.publisherKeys();
    }

    /** Takes over the list as it is now; where it cannot be had, the one that is here goes on counting. Blocks. */
    void renew(FleetClient client) {
        try {
            take(client.publishers());
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException e) {
            LOG.log(Level.DEBUG, "the fleet's list of publishers cannot be had", e);
        } catch (UntrustedContentException | MalformedMessageException | IdentityException e) {
            LOG.log(Level.WARNING, "the fleet's list of publishers is not taken over: " + e.getMessage());
        }
    }

    private synchronized void take(ByteString sealed) {
        if (sealed.equals(fleet.publishers())) {
            return;
        }
        JoinedFleet renewed = fleet.withPublishers(sealed);
        fleet = renewed;
        // The device may have been told to join another fleet meanwhile.
        if (JoinedFleet.load(state)
                .filter(kept -> kept.publishersRoot().equals(renewed.publishersRoot()))
                .isPresent()) {
            renewed.store(state);
        }
    }
}
