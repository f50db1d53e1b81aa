package dev.byway.coordinator;

import dev.byway.agent.fleet.CallLimits;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetAddress;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.Joining;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.coordinator.learning.LearnConfig;
import dev.byway.core.content.Digest;
import dev.byway.core.content.SigningKey;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.TokenOrder;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A coordinator on a loopback port of its own, with devices that join it over real TLS. */
public final class TestFleet implements AutoCloseable {
    public static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    public static final SigningKey PUBLISHER =
            SigningKey.ofSecret(Digest.sha256(new byte[] {42}).bytes());

    private final Path folder;
    private final InstantSource clock;
    private final Optional<LearnConfig> learn;
    private final List<FleetClient> open = new ArrayList<>();
    private Coordinator coordinator;
    private int devices;

    private TestFleet(Path folder, InstantSource clock, Optional<LearnConfig> learn) {
        this.folder = folder;
        this.clock = clock;
        this.learn = learn;
        this.coordinator = Coordinator.start(config(0), clock);
        coordinator.fleet().publishers().add(PUBLISHER.publicKey("vendor"));
    }

    public static TestFleet start(Path folder) {
        return new TestFleet(folder, InstantSource.system(), Optional.empty());
    }

    static TestFleet start(Path folder, InstantSource clock) {
        return new TestFleet(folder, clock, Optional.empty());
    }

    /** One that fetches what it does not know. */
    static TestFleet start(Path folder, InstantSource clock, LearnConfig learn) {
        return new TestFleet(folder, clock, Optional.of(learn));
    }

    /** A port of {@link #LOOPBACK} where nobody listens and that nobody else is given, until it is closed. */
    static Socket refusingPort() throws IOException {
        Socket held = new Socket();
        held.bind(new InetSocketAddress(LOOPBACK, 0));
        return held;
    }

    private CoordinatorConfig config(int port) {
        CoordinatorConfig config = CoordinatorConfig.of(folder.resolve("coordinator"), LOOPBACK, port);
        return learn.map(config::withLearning).orElse(config);
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public Path folder() {
        return folder;
    }

    /** Stops it. */
    public void kill() {
        coordinator.close();
    }

    /** Starts it again on the same port, after {@link #kill()}. */
    public void startAgain() {
        coordinator = Coordinator.start(config(port()), clock);
    }

    public int port() {
        return URI.create(coordinator.urls().getFirst()).getPort();
    }

    public JoinToken token(String... groups) {
        return token(100, groups);
    }

    public JoinToken token(int uses, String... groups) {
        List<AccessGroup> granted = Stream.of(groups).map(AccessGroup::new).toList();
        return coordinator.fleet().createToken(new TokenOrder(Duration.ofHours(1), uses, granted), List.of());
    }

    /** A device that has not joined. */
    public DeviceKey newKey() {
        try {
            return DeviceKey.open(Files.createDirectories(folder.resolve("device" + devices++)), Instant.now());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A device that has joined. */
    public Member join(String... groups) {
        return join(newKey(), token(groups));
    }

    public Member join(DeviceKey key, JoinToken token) {
        return join(key, token, "127.0.0.1");
    }

    /** A device that calls from another loopback address. */
    public Member join(DeviceKey key, JoinToken token, String from) {
        Joining.Joined joined = joining(token).join(key.id(), ByteString.of(key.certificationRequest()), "pc");
        return member(key, credentials(joined), token, Optional.of(InetAddress.ofLiteral(from)));
    }

    public static Joining joining(JoinToken token) {
        return new Joining(token, Optional.of(LOOPBACK), CallLimits.DEFAULT, InstantSource.system());
    }

    private static FleetCredentials credentials(Joining.Joined joined) {
        try {
            return FleetCredentials.parse(
                    joined.enrolment().certificate() + joined.enrolment().authority());
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private Member member(DeviceKey key, FleetCredentials credentials, JoinToken token, Optional<InetAddress> from) {
        FleetClient client =
                new FleetClient(FleetAddress.of(token, from), new Credential.Device(credentials.keyManager(key)));
        open.add(client);
        return new Member(key, credentials, client);
    }

    /** The administrator. */
    public FleetClient admin() {
        var token = coordinator.fleet().adminToken();
        FleetClient client = new FleetClient(
                new FleetAddress(coordinator.urls(), token.authority(), Optional.empty()), new Credential.Admin(token));
        open.add(client);
        return client;
    }

    /** A device of the fleet. */
    public record Member(DeviceKey key, FleetCredentials credentials, FleetClient client) {
        public DeviceId id() {
            return key.id();
        }
    }

    @Override
    public void close() {
        for (FleetClient client : open) {
            client.close();
        }
        coordinator.close();
    }
}
