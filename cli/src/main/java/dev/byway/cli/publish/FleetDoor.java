package dev.byway.cli.publish;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Trouble;
import dev.byway.cli.setting.Invocation;
import dev.byway.coordinator.fleet.Fleet;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.fleet.AdminToken;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The coordinator, to publish at: called as the administrator, when the state folder or an option holds his token, else as the
 * device that this state folder is.
 */
final class FleetDoor implements AutoCloseable {
    private static final int MAX_TOKEN = 4096;
    private static final int MOST_TRIES = 60;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final FleetClient client;
    private final boolean administrator;

    private FleetDoor(FleetClient client, boolean administrator) {
        this.client = client;
        this.administrator = administrator;
    }

    /**
     * The door to the coordinator at {@code url}. Connects to nothing yet.
     *
     * @param tokenFile {@code --admin-token}
     * @throws CommandException when there is nothing to show to the coordinator
     */
    static FleetDoor open(Invocation invocation, String url, Optional<Path> tokenFile) {
        Path state = invocation.state();
        List<String> urls = List.of(service(url));
        Optional<Path> file = tokenFile
                .map(invocation.surroundings()::resolve)
                .or(() -> Optional.of(state.resolve(Fleet.ADMIN_TOKEN)).filter(Files::exists));
        if (file.isPresent()) {
            AdminToken token = read(file.get());
            FleetAddress address = new FleetAddress(urls, token.authority(), Optional.empty());
            return new FleetDoor(new FleetClient(address, new Credential.Admin(token)), true);
        }
        JoinedFleet fleet = JoinedFleet.load(state)
                .orElseThrow(() -> CommandException.failed(
                        "NOT_AUTHENTICATED",
                        "to publish at a coordinator, give the"
                                + " administrator's token with --admin-token FILE (" + Fleet.ADMIN_TOKEN
                                + " in the coordinator's state folder), or join the fleet first with byway join"));
        DeviceKey key = DeviceKey.open(state, Instant.now());
        FleetCredentials credentials = FleetCredentials.load(state, key)
                .orElseThrow(() -> CommandException.failed("the fleet's certificate is missing: join the fleet again"));
        FleetAddress address = new FleetAddress(urls, fleet.authority(), Optional.empty());
        return new FleetDoor(new FleetClient(address, new Credential.Device(credentials.keyManager(key))), false);
    }

    private static String service(String url) {
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            return JoinToken.requireServiceUrl(plain);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("--coordinator: " + e.getMessage());
        }
    }

    private static AdminToken read(Path file) {
        try {
            if (Files.size(file) > MAX_TOKEN) {
                throw CommandException.wrongUsage(file + " is no administrator's token");
            }
            return AdminToken.parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw CommandException.wrongUsage(
                    "cannot read the administrator's token " + file + " (" + Trouble.of(e) + ")");
        } catch (MalformedMessageException e) {
            throw CommandException.wrongUsage(file + ": " + e.getMessage());
        }
    }

    /**
     * Publishes what is signed by one signer; at least one. The administrator's own word makes a signer one of the fleet's publishers who is not one yet.
     *
     * @return whether the signer is new
     */
    boolean publish(List<Envelope> envelopes, PublisherKey signer, Map<ContentId, PieceLayer> layers) {
        boolean isNew = introduce(envelopes.getFirst(), signer, layers);
        envelopes.stream().skip(1).forEach(envelope -> sendInTime(envelope, layers));
        return isNew;
    }

    private boolean introduce(Envelope envelope, PublisherKey signer, Map<ContentId, PieceLayer> layers) {
        try {
            sendInTime(envelope, layers);
            return false;
        } catch (CoordinatorRefusedException e) {
            if (!administrator || e.refusal().reason() != Refusal.Reason.NOT_ACCEPTED) {
                throw e;
            }
            client.addPublisher(signer);
            sendInTime(envelope, layers);
            return true;
        }
    }

    /** A large folder makes more calls than the coordinator takes at once: waits as long as it says, a stated number of times. */
    private void sendInTime(Envelope envelope, Map<ContentId, PieceLayer> layers) {
        for (int tries = 1; ; tries++) {
            try {
                send(envelope, layers);
                return;
            } catch (CoordinatorRefusedException e) {
                Duration wait = e.refusal().retryAfter().orElse(LONGEST_WAIT);
                if (e.refusal().reason() != Refusal.Reason.TOO_MANY || tries == MOST_TRIES || !pause(wait)) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause(Duration wait) {
        try {
            Thread.sleep(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void send(Envelope envelope, Map<ContentId, PieceLayer> layers) {
        client.publish(
                envelope,
                content -> Optional.ofNullable(layers.get(content))
                        .orElseThrow(() -> new MalformedMessageException(
                                "the coordinator asks for the pieces of " + content + ", which was not published")));
    }

    @Override
    public void close() {
        client.close();
    }
}
