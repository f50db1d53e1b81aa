package dev.byway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.byway.agent.fleet.Credential;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.JoinedFleet;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.coordinator.Coordinator;
import dev.byway.coordinator.CoordinatorConfig;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.ManifestFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Publishing and joining as a user does it: the commands, with a real coordinator where one is needed. */
class FleetCommandsTest {
    private static final String NOT_SERVED = "http://127.0.0.1:9/";

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(file, text);
    }

    @Test
    void publishingWritesASignedManifestBesideTheFile() throws IOException {
        file("big.iso", "content".repeat(500_000));
        CommandRun run = CommandRun.in(folder, "publish", "big.iso", "--url", NOT_SERVED + "big.iso", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        ManifestFile sidecar = ManifestFile.parse(Files.readAllBytes(folder.resolve("big.iso.byway")));
        assertThat(sidecar.layer()).isPresent();
        ObjectNode json = run.json();
        assertThat(json.get("bytes").asLong()).isEqualTo(3_500_000);
        assertThat(json.get("contentId").asString()).endsWith(":3500000");
        assertThat(run.err())
                .contains("Made a signing key")
                .contains("plain http vouches for nothing")
                .contains("does not serve the file yet");
        assertThat(folder.resolve("big.iso.byway.part")).doesNotExist();
    }

    @Test
    void theSecondPublicationUsesTheSameKey() throws IOException {
        file("a", "a");
        CommandRun first = CommandRun.in(folder, "publish", "a", "--url", NOT_SERVED + "a", "--json");
        CommandRun second = CommandRun.in(folder, "publish", "a", "--url", NOT_SERVED + "a", "--json");
        assertThat(second.err()).doesNotContain("Made a signing key");
        assertThat(second.json().get("key")).isEqualTo(first.json().get("key"));
    }

    @Test
    void aFolderIsPublishedWithAllItsFilesAndNoLinks() throws IOException {
        file("dist/a.txt", "a");
        file("dist/sub/b.txt", "b");
        Files.createSymbolicLink(folder.resolve("dist/secret"), Path.of("/etc/passwd"));
        CommandRun run = CommandRun.in(folder, "publish", "dist", "--url", NOT_SERVED + "dist", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("files")).hasSize(2);
        assertThat(run.err()).contains("secret is a link");
        assertThat(folder.resolve("dist/sub/b.txt.byway")).exists();
    }

    @Test
    void anExpiryThatIsNoneAndAnEmptyFolderAreRefused() throws IOException {
        file("a", "a");
        Files.createDirectory(folder.resolve("empty"));
        assertThat(CommandRun.in(folder, "publish", "a", "--url", NOT_SERVED, "--expires", "soon")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.in(folder, "publish", "empty", "--url", NOT_SERVED)
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.in(folder, "publish", "a", "--url", NOT_SERVED, "--no-sidecar")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void withoutAWordToShowACoordinatorIsNotEvenAsked() throws IOException {
        file("a", "a");
        CommandRun run = CommandRun.in(
                folder, "publish", "a", "--url", NOT_SERVED + "a", "--coordinator", "https://127.0.0.1:9");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--admin-token").contains("byway join");
    }

    @Test
    void whatIsPublishedAtTheCoordinatorIsFoundByADeviceThatJoined() throws IOException {
        file("big.iso", "content".repeat(500_000));
        Path state = folder.resolve("state");
        String url = NOT_SERVED + "big.iso";
        CoordinatorConfig config = CoordinatorConfig.of(state, InetAddress.ofLiteral("127.0.0.1"), 0);
        try (Coordinator coordinator = Coordinator.start(config)) {
            String service = coordinator.urls().getFirst();
            CommandRun published =
                    CommandRun.in(folder, "publish", "big.iso", "--url", url, "--coordinator", service, "--no-sidecar");
            assertThat(published.exitCode()).as(published.err()).isZero();
            assertThat(published.err()).contains("Added the key publisher");
            assertThat(folder.resolve("big.iso.byway")).doesNotExist();

            CommandRun token = CommandRun.in(folder, "coordinator", "token", "--uses", "1");
            assertThat(token.exitCode()).as(token.err()).isZero();
            Path device = Files.createDirectory(folder.resolve("device"));
            CommandRun joined = CommandRun.withInput(device, token.out(), "join", "-", "--name", "till", "--json");
            assertThat(joined.exitCode()).as(joined.err()).isZero();

            Path own = device.resolve("state");
            JoinedFleet fleet = JoinedFleet.load(own).orElseThrow();
            assertThat(fleet.publisherKeys()).hasSize(1);
            DeviceKey key = DeviceKey.open(own, Instant.now());
            FleetCredentials credentials = FleetCredentials.load(own, key).orElseThrow();
            try (FleetClient client = new FleetClient(
                    fleet.address(Optional.empty()), new Credential.Device(credentials.keyManager(key)))) {
                Envelope found = client.lookUp(URI.create(url)).orElseThrow();
                assertThat(found.signedByOneOf(fleet.publisherKeys())).isPresent();
            }

            CommandRun again =
                    CommandRun.withInput(Files.createDirectory(folder.resolve("other")), token.out(), "join", "-");
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).startsWith("byway: ");
        }
        CommandRun late = CommandRun.in(
                folder, "publish", "big.iso", "--url", url, "--coordinator", "https://127.0.0.1:9", "--no-sidecar");
        assertThat(late.exitCode()).as(late.err()).isEqualTo(3);
    }

    private static HttpServer origin(byte[] content) throws IOException {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        origin.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        });
        origin.start();
        return origin;
    }

    private static String reasonsOfGetting(Path device, String url) {
        CommandRun run = CommandRun.in(
                device, "get", url, "--json", "--force", "--set", "lan.discovery=off", "--set", "peer.port=0");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().get("reasons").toString();
    }

    @Test
    void aDeviceLearnsWhichPublishersWereAddedAndRemovedAfterItJoined() throws IOException {
        Path file = file("big.iso", "content");
        HttpServer origin = origin(Files.readAllBytes(file));
        String url = "http://127.0.0.1:" + origin.getAddress().getPort() + "/big.iso";
        CoordinatorConfig config = CoordinatorConfig.of(folder.resolve("state"), InetAddress.ofLiteral("127.0.0.1"), 0);
        try (Coordinator coordinator = Coordinator.start(config)) {
            String token = CommandRun.in(folder, "coordinator", "token").out();
            Path device = Files.createDirectory(folder.resolve("device"));
            assertThat(CommandRun.withInput(device, token, "join", "-").exitCode())
                    .isZero();
            String service = coordinator.urls().getFirst();
            CommandRun published =
                    CommandRun.in(folder, "publish", "big.iso", "--url", url, "--coordinator", service, "--json");
            assertThat(published.exitCode()).as(published.err()).isZero();
            assertThat(reasonsOfGetting(device, url)).doesNotContain("MANIFEST");

            String key = CommandRun.in(folder, "coordinator", "publishers", "--json")
                    .json()
                    .get("publishers")
                    .get(0)
                    .get("id")
                    .asString();
            CommandRun removed = CommandRun.in(folder, "coordinator", "publishers", "remove", key);
            assertThat(removed.exitCode()).as(removed.err()).isZero();
            assertThat(reasonsOfGetting(device, url)).contains("MANIFEST_REFUSED_UNKNOWN_KEY");
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void publishersAreAddedAndRemoved() throws IOException {
        Files.createDirectory(folder.resolve("state"));
        String key = CommandRun.in(folder, "keys", "create", "vendor").out().strip();
        CommandRun added = CommandRun.in(folder, "coordinator", "publishers", "add", key, "--json");
        assertThat(added.exitCode()).as(added.err()).isZero();
        String id = added.json().get("publishers").get(0).get("id").asString();
        CommandRun removed = CommandRun.in(folder, "coordinator", "publishers", "remove", id, "--json");
        assertThat(removed.json().get("publishers")).isEmpty();
        assertThat(CommandRun.in(folder, "coordinator", "publishers", "remove", id)
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandRun.in(folder, "coordinator", "publishers", "add", "nonsense")
                        .exitCode())
                .isEqualTo(2);
    }
}
