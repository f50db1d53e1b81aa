package dev.byway.agent.meeting;

import dev.byway.agent.download.Publications;
import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.fleet.MalformedMessageException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What the coordinator knows of URLs; its trouble becomes an answer, never an exception. With every manifest comes the list of
 * publishers as it is now, so that who was added is believed at once, and who was removed is not.
 */
public final class FleetPublications implements Publications {
    private final FleetClient client;
    private final FleetPublishers publishers;

    public FleetPublications(FleetClient client, FleetPublishers publishers) {
        this.client = client;
        this.publishers = publishers;
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Answer lookup(URI url, Duration patience, Optional<ContentId> outdated) {
        try {
            return switch (client.lookUp(new LookupRequest(url.toString(), patience, outdated))) {
                case FleetClient.Lookup.Found(Envelope envelope) -> {
                    publishers.renew(client);
                    yield new Answer.Found(envelope);
                }
                case FleetClient.Lookup.Learning() -> new Answer.Learning();
                case FleetClient.Lookup.Unknown() -> new Answer.Unknown();
            };
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException | MalformedMessageException e) {
            return new Answer.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<PieceLayer> layer(ContentId id, PieceLayout layout) {
        try {
            return client.layer(id, layout);
        } catch (CoordinatorUnreachableException
                | CoordinatorRefusedException
                | MalformedMessageException
                | UntrustedContentException e) {
            return Optional.empty();
        }
    }
}
