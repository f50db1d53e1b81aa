package dev.byway.agent.fleet;

import dev.byway.agent.fleet.Joining.Joined;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCredentials;
import dev.byway.agent.identity.IdentityException;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.UntrustedContentException;
import dev.byway.core.fleet.Enrolment;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.JoinToken;
import dev.byway.core.fleet.MalformedMessageException;
import dev.byway.core.fleet.Publishers;
import dev.byway.core.json.JsonTree;
import dev.byway.core.unit.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fleet that this device joined, as far as it is no secret: where the coordinator is, how to recognize it, and the list of
 * publishers. Kept in {@code fleet.json} of the state folder, beside the certificates in {@code fleet.pem}.
 *
 * @param urls {@code https://host:port}, tried in order
 * @param authority SHA-256 of the SubjectPublicKeyInfo of the authority above the coordinator
 * @param publishersRoot the raw Ed25519 key that signs the list of publishers
 * @param publishers the newest list that was accepted, sealed
 */
public record JoinedFleet(List<String> urls, Digest authority, ByteString publishersRoot, ByteString publishers) {
    /** Name of the file in the state folder. */
    public static final String FILE = "fleet.json";

    /** Longest file, in bytes. */
    static final int MAX_BYTES = 2 * Publishers.MAX_ENVELOPE + 16 * 1024;

    public JoinedFleet {
        urls = List.copyOf(urls);
        if (urls.isEmpty() || urls.size() > FleetLimits.TOKEN_URLS) {
            throw new IllegalArgumentException("1 to " + FleetLimits.TOKEN_URLS + " URLs name a coordinator");
        }
        urls.forEach(JoinToken::requireServiceUrl);
    }

    /**
     * Joins the fleet of {@code token} with the key of this state folder, and keeps what comes of it there. A device that was in
     * a fleet leaves it for the new one. Blocks for the {@link CallLimits#call()} of {@code limits} at most.
     *
     * @param from local address to call from; empty for any
     * @param name how the administrator shall see the device
     * @throws CoordinatorRefusedException when the token is not accepted; the message says why
     * @throws CoordinatorUnreachableException when the coordinator does not answer, or is another one than the token's
     * @throws IdentityException when the state folder cannot be used
     */
    public static JoinedFleet join(
            Path state, JoinToken token, Optional<InetAddress> from, String name, CallLimits limits) {
        DeviceKey key = DeviceKey.open(state, Instant.now());
        Joining joining = new Joining(token, from, limits, InstantSource.system());
        Joined joined = joining.join(key.id(), ByteString.of(key.certificationRequest()), name);
        Enrolment enrolment = joined.enrolment();
        JoinedFleet fleet =
                new JoinedFleet(token.urls(), token.authority(), token.publishersRoot(), enrolment.publishers());
        fleet.store(state);
        credentials(enrolment).store(state, key);
        return fleet;
    }

    /**
     * The certificates that the coordinator gave.
     *
     * @throws MalformedMessageException when they cannot be used
     */
    public static FleetCredentials credentials(Enrolment enrolment) {
        try {
            return FleetCredentials.parse(enrolment.certificate() + "\n" + enrolment.authority());
        } catch (CertificateException | IllegalArgumentException e) {
            throw new MalformedMessageException("the coordinator's certificate for this device cannot be used: " + e);
        }
    }

    /**
     * What {@link #store} wrote, empty for a device that joined no fleet.
     *
     * @throws IdentityException when the file cannot be read
     */
    public static Optional<JoinedFleet> load(Path state) {
        Path file = state.resolve(FILE);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IdentityException(file + " is longer than Byway writes it: join the fleet again");
            }
            return Optional.of(read(JsonTree.read(Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IdentityException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IdentityException(file + " is damaged (" + e.getMessage() + "): join the fleet again", e);
        }
    }

    private static JoinedFleet read(JsonNode node) {
        List<String> urls = new ArrayList<>();
        node.path("urls").forEach(url -> urls.add(url.asString("")));
        HexFormat hex = HexFormat.of();
        return new JoinedFleet(
                urls,
                Digest.parse(node.path("authority").asString("")),
                ByteString.of(hex.parseHex(node.path("publishersRoot").asString(""))),
                ByteString.of(hex.parseHex(node.path("publishers").asString(""))));
    }

    /**
     * Keeps this in the state folder, in place of any there.
     *
     * @throws IdentityException when the folder cannot be written
     */
    public void store(Path state) {
        Path file = state.resolve(FILE);
        Path fresh = state.resolve(FILE + ".new");
        ObjectNode node = JsonTree.object();
        ArrayNode list = node.putArray("urls");
        urls.forEach(list::add);
        node.put("authority", authority.toString());
        node.put("publishersRoot", publishersRoot.toString());
        node.put("publishers", publishers.toString());
        try {
            Files.write(fresh, JsonTree.write(node));
            replace(fresh, file);
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot write " + file + ": " + e.getMessage() + "; is the state folder writable and not full?", e);
        }
    }

    private static void replace(Path fresh, Path file) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Forgets the fleet, and the certificates from it. */
    public static void leave(Path state) {
        try {
            Files.deleteIfExists(state.resolve(FILE));
            FleetCredentials.remove(state);
        } catch (IOException e) {
            throw new IdentityException("cannot delete " + state.resolve(FILE) + ": " + e.getMessage(), e);
        }
    }

    /** Where to call. */
    public FleetAddress address(Optional<InetAddress> from) {
        return new FleetAddress(urls, authority, from);
    }

    /** The list of publishers that is kept. */
    public Publishers openPublishers() {
        return Publishers.open(publishers, publishersRoot, 0);
    }

    /** Their keys. */
    public List<PublisherKey> publisherKeys() {
        return openPublishers().keys();
    }

    /**
     * This fleet with a newer list of publishers.
     *
     * @throws UntrustedContentException when the root did not sign it, or it is older than the one that is kept
     */
    public JoinedFleet withPublishers(ByteString sealed) {
        Publishers.open(sealed, publishersRoot, openPublishers().version());
        return new JoinedFleet(urls, authority, publishersRoot, sealed);
    }
}
