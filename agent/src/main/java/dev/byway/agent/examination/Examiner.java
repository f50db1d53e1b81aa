package dev.byway.agent.examination;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.CoordinatorUnreachableException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.link.LinkDialler;
import dev.byway.agent.peering.Peering;
import dev.byway.core.content.ContentId;
import dev.byway.core.doctor.Examination.Fleet;
import dev.byway.core.doctor.Examination.Neighbour;
import dev.byway.core.doctor.Question;
import dev.byway.core.doctor.Trial;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.NearbyRequest;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.ProbeAnswer;
import dev.byway.core.fleet.Validity;
import dev.byway.core.swarm.Neighbours;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tries what only the agent can try, because it takes its key. Blocks for 15 s at the most; any thread. */
public final class Examiner {
    private static final int MOST_NEIGHBOURS = 4;
    private static final int MOST_KNOWN = 64;

    private final Peering peering;
    private final NeighbourTrials trials;

    /**
     * What was found.
     *
     * @param fleet the coordinator's side, where there is one
     */
    public record Findings(List<Neighbour> neighbours, Optional<Fleet> fleet) {}

    /** @param asking asks a device, through the coordinator, to dial this one */
    public Examiner(Peering peering, LinkDialler dialler, Consumer<DeviceId> asking) {
        this.peering = peering;
        this.trials = new NeighbourTrials(peering, dialler, asking);
    }

    /**
     * Tries.
     *
     * @param port where this device takes links, 0 for nowhere
     * @param certificate when the fleet's certificate is valid
     */
    public Findings examine(
            int port, Optional<FleetClient> coordinator, Supplier<Validity> certificate, Question question)
            throws InterruptedException {
        List<Neighbours.Known> heard = peering.known(MOST_KNOWN).stream()
                .filter(known -> !known.vouched())
                .toList();
        Optional<Fleet> fleet =
                coordinator.map(client -> ask(client, heard, question.content(), port, certificate.get()));
        List<PeerOffer> named = fleet.flatMap(Fleet::nearby).map(Nearby::peers).orElse(List.of());
        List<Acquaintance> near = Acquaintance.of(heard, named, MOST_NEIGHBOURS);
        return new Findings(trials.run(Acquaintance.asked(question.peer(), near)), fleet);
    }

    private static Fleet ask(
            FleetClient client,
            List<Neighbours.Known> heard,
            Optional<ContentId> content,
            int port,
            Validity certificate) {
        List<DeviceId> seen = heard.stream()
                .map(Neighbours.Known::hint)
                .filter(hint -> hint.length() == 64)
                .map(DeviceId::parse)
                .limit(NearbyRequest.MAX)
                .toList();
        try {
            Nearby nearby = client.nearby(seen, content);
            return new Fleet(client.url(), Optional.of(nearby), false, "", routeIn(client, port), certificate);
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException | MalformedMessageException e) {
            String why = String.valueOf(e.getMessage());
            return new Fleet(
                    client.url(),
                    Optional.empty(),
                    e instanceof CoordinatorRefusedException,
                    why,
                    Trial.not(why),
                    certificate);
        }
    }

    private static Trial routeIn(FleetClient client, int port) {
        if (port == 0) {
            return Trial.not("this device takes no links");
        }
        try {
            ProbeAnswer answer = client.probe(port);
            return new Trial(answer.outcome(), "it dialled " + answer.dialled());
        } catch (CoordinatorUnreachableException | CoordinatorRefusedException | MalformedMessageException e) {
            return Trial.not(String.valueOf(e.getMessage()));
        }
    }
}
