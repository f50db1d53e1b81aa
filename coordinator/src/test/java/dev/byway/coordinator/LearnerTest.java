package dev.byway.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.agent.fleet.CoordinatorRefusedException;
import dev.byway.agent.fleet.FleetClient;
import dev.byway.agent.fleet.FleetClient.Lookup;
import dev.byway.coordinator.learning.LearnConfig;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.EgressRule;
import dev.byway.core.fleet.LookupRequest;
import dev.byway.core.fleet.Prefix;
import dev.byway.core.learning.LearnLimits;
import dev.byway.core.learning.LearnedOrigins;
import dev.byway.origin.EgressCheck;
import dev.byway.origin.OriginSettings;
import dev.byway.origin.TrustAnchors;
import dev.byway.testing.NginxServer;
import dev.byway.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that fetches what nobody published, from a real nginx over TLS. */
class LearnerTest {
    private static final int LENGTH = 3_000_000;
    private static final LearnLimits LIMITS = new LearnLimits(
            10_000_000, 10_000_000, 100, 10, 100, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ZERO);

    @TempDir
    Path home;

    private final TestCa ca = new TestCa("lab");
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    private NginxServer origin;
    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        NginxServer.assumeInstalled();
        origin = NginxServer.start(
                Files.createDirectory(home.resolve("nginx")),
                Optional.of(ca.issue("localhost")),
                "location /private/ { alias " + home + "/nginx/files/; add_header Cache-Control private; }",
                "location /bare/ { alias " + home
                        + "/nginx/files/; etag off; if_modified_since off; add_header Last-Modified \"\"; }",
                "location /inward { return 302 https://127.0.0.2/a.iso; }",
                "location /plain { return 302 http://localhost/a.iso; }");
        fleet = fleet("127.0.0.1/32", "::1/128");
    }

    private TestFleet fleet(String... allowed) throws Exception {
        List<Prefix> prefixes = List.of(allowed).stream().map(Prefix::parse).toList();
        OriginSettings http = OriginSettings.defaults("1")
                .with(TrustAnchors.platformAnd(ca.certificateIn(home)))
                .with(EgressCheck.by(new EgressRule(prefixes)));
        LearnConfig learn = new LearnConfig(new LearnedOrigins(List.of("localhost")), LIMITS, http);
        InstantSource instants = clock::get;
        return TestFleet.start(Files.createTempDirectory(home, "fleet"), instants, learn);
    }

    @AfterEach
    void stop() {
        fleet.close();
        origin.close();
    }

    private byte[] put(String name, int seed) throws Exception {
        byte[] bytes = new byte[LENGTH];
        new Random(seed).nextBytes(bytes);
        Path file = origin.put(name, bytes);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seed)));
        return bytes;
    }

    private Lookup ask(FleetClient device, String path) {
        return device.lookUp(LookupRequest.of(origin.tls(path).toString()));
    }

    /** Asks until it is clear what is there. */
    private Lookup await(FleetClient device, String path, Optional<ContentId> outdated) {
        Lookup answer = new Lookup.Learning();
        for (int i = 0; i < 15 && answer instanceof Lookup.Learning; i++) {
            answer = device.lookUp(new LookupRequest(
                    origin.tls(path).toString(), LookupRequest.MAX_PATIENCE, i == 0 ? outdated : Optional.empty()));
        }
        return answer;
    }

    private static Manifest manifest(Lookup answer) {
        assertThat(answer).isInstanceOf(Lookup.Found.class);
        return (Manifest) ((Lookup.Found) answer).envelope().unverified();
    }

    private long fetches(String path) {
        return origin.accessLog()
                .filter(line -> line.startsWith("GET " + path + " ") && line.contains(" 200 "))
                .count();
    }

    @Test
    void whatNobodyPublishedIsFetchedOnceAndSigned() throws Exception {
        byte[] bytes = put("a.iso", 1);
        FleetClient one = fleet.join().client();
        FleetClient other = fleet.join().client();

        assertThat(ask(one, "/a.iso")).isEqualTo(new Lookup.Learning());
        assertThat(ask(other, "/a.iso")).isNotEqualTo(new Lookup.Unknown());
        Manifest learned = manifest(await(one, "/a.iso", Optional.empty()));

        assertThat(learned.sha256()).isEqualTo(Digest.sha256(bytes));
        assertThat(learned.origins()).containsExactly(origin.tls("/a.iso"));
        assertThat(learned.validators().etag()).isPresent();
        assertThat(learned.expires()).isPresent();
        Lookup.Found found = (Lookup.Found) await(other, "/a.iso", Optional.empty());
        List<PublisherKey> keys =
                fleet.coordinator().fleet().publishers().current().keys();
        assertThat(found.envelope().signedByOneOf(keys).map(PublisherKey::name)).contains("coordinator (learned)");
        assertThat(other.layer(learned.id(), learned.layout()))
                .map(PieceLayer::id)
                .contains(learned.id());
        assertThat(fetches("/a.iso")).isOne();
    }

    @Test
    void aFileThatChangedIsLearnedAnewWhenADeviceSaysSo() throws Exception {
        put("a.iso", 1);
        FleetClient device = fleet.join().client();
        Manifest first = manifest(await(device, "/a.iso", Optional.empty()));
        byte[] changed = put("a.iso", 2);
        Manifest second = manifest(await(device, "/a.iso", Optional.of(first.id())));

        assertThat(second.sha256()).isEqualTo(Digest.sha256(changed));
        assertThat(fetches("/a.iso")).isEqualTo(2);
    }

    @Test
    void whatIsTheSameIsSaidAnewInTimeWithoutBeingFetched() throws Exception {
        put("a.iso", 1);
        FleetClient device = fleet.join().client();
        Manifest first = manifest(await(device, "/a.iso", Optional.empty()));
        clock.updateAndGet(now -> now.plus(Duration.ofDays(31)));

        Manifest second = manifest(await(device, "/a.iso", Optional.empty()));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.expires().orElseThrow()).isAfter(clock.get());
        assertThat(fetches("/a.iso")).isOne();
    }

    @Test
    void onlyListedHostsAreAsked() {
        FleetClient device = fleet.join().client();
        String other = origin.tls("/a.iso").toString().replace("localhost", "127.0.0.1");

        assertThat(device.lookUp(LookupRequest.of(other))).isEqualTo(new Lookup.Unknown());
        assertThat(device.lookUp(LookupRequest.of(origin.plain("/a.iso").toString())))
                .isEqualTo(new Lookup.Unknown());
        assertThat(origin.accessLog()).isEmpty();
    }

    @Test
    void whatIsPrivateOrCannotBeToldFromAnotherVersionIsNotLearned() throws Exception {
        put("a.iso", 1);
        FleetClient device = fleet.join().client();

        for (String path : List.of("/private/a.iso", "/bare/a.iso", "/none.iso", "/plain", "/inward")) {
            assertThat(await(device, path, Optional.empty())).as(path).isEqualTo(new Lookup.Unknown());
            assertThat(ask(device, path))
                    .as("and not tried again at once: " + path)
                    .isEqualTo(new Lookup.Unknown());
        }
    }

    @Test
    void addressesThatAreNotPublicAreRefusedUnlessListed() throws Exception {
        put("a.iso", 1);
        fleet.close();
        fleet = fleet();

        assertThat(await(fleet.join().client(), "/a.iso", Optional.empty())).isEqualTo(new Lookup.Unknown());
        assertThat(origin.accessLog()).isEmpty();
    }

    @Test
    void moreThanADaysBytesIsNotFetched() throws Exception {
        FleetClient device = fleet.join().client();
        for (int i = 0; i < 4; i++) {
            put(i + ".iso", i);
        }
        for (int i = 0; i < 3; i++) {
            manifest(await(device, "/" + i + ".iso", Optional.empty()));
        }
        assertThat(await(device, "/3.iso", Optional.empty())).isEqualTo(new Lookup.Unknown());
    }

    @Test
    void whatTheAdministratorWithdrewStaysWithdrawn() throws Exception {
        put("a.iso", 1);
        FleetClient device = fleet.join().client();
        Manifest learned = manifest(await(device, "/a.iso", Optional.empty()));

        fleet.admin().withdraw(learned.id());

        assertThat(await(device, "/a.iso", Optional.empty())).isEqualTo(new Lookup.Unknown());
        assertThat(fetches("/a.iso")).isOne();
    }

    @Test
    void whoseKeyTheAdministratorRemovedLearnsNoMore() throws Exception {
        put("a.iso", 1);
        FleetClient admin = fleet.admin();
        PublisherKey own = fleet.coordinator().fleet().publishers().current().keys().stream()
                .filter(key -> key.name().equals("coordinator (learned)"))
                .findFirst()
                .orElseThrow();
        admin.removePublisher(own);

        assertThat(await(fleet.join().client(), "/a.iso", Optional.empty())).isEqualTo(new Lookup.Unknown());
        assertThat(origin.accessLog()).isEmpty();
    }

    /** Else a device outside the group would make everybody's what is the group's. */
    @Test
    void whatIsPublishedForAGroupIsNotLearnedForOthers() throws Exception {
        byte[] bytes = put("a.iso", 1);
        publish(bytes, Instant.parse("2026-01-01T00:00:00Z"), new Visibility.Groups(List.of("lab")));

        assertThat(await(fleet.join().client(), "/a.iso", Optional.empty())).isEqualTo(new Lookup.Unknown());
        assertThat(manifest(ask(fleet.join("lab").client(), "/a.iso")).visibility())
                .isEqualTo(new Visibility.Groups(List.of("lab")));
        assertThat(origin.accessLog()).isEmpty();
    }

    @Test
    void aPublishersWordCountsMoreThanWhatWasLearnedWhicheverIsOlder() throws Exception {
        byte[] bytes = put("a.iso", 1);
        FleetClient device = fleet.join().client();
        manifest(await(device, "/a.iso", Optional.empty()));

        publish(bytes, Instant.parse("2026-01-01T00:00:00Z"), new Visibility.Public());

        Lookup.Found found = (Lookup.Found) ask(device, "/a.iso");
        assertThat(found.envelope().signedByOneOf(List.of(TestFleet.PUBLISHER.publicKey("vendor"))))
                .isPresent();
    }

    @Test
    void whatWasLearnedBeforeIsNotPlayedBack() throws Exception {
        put("a.iso", 1);
        FleetClient device = fleet.join().client();
        Lookup.Found first = (Lookup.Found) await(device, "/a.iso", Optional.empty());
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));
        put("a.iso", 2);
        Manifest second =
                manifest(await(device, "/a.iso", Optional.of(manifest(first).id())));

        assertThatThrownBy(() -> device.publish(first.envelope(), _ -> {
                    throw new IllegalStateException("nothing is missing");
                }))
                .isInstanceOf(CoordinatorRefusedException.class);
        assertThat(manifest(ask(device, "/a.iso")).id()).isEqualTo(second.id());
    }

    private void publish(byte[] bytes, Instant issued, Visibility visibility) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(bytes, 0, bytes.length);
        HashedContent hashed = hasher.finish();
        Manifest manifest = new Manifest(
                hashed.id(),
                hashed.sha256().orElseThrow(),
                hashed.layer().layout().pieceLength(),
                new SafeName("a.iso"),
                List.of(origin.tls("/a.iso")),
                Validators.NONE,
                visibility,
                issued,
                Optional.empty());
        fleet.admin().publish(Envelope.sign(manifest, TestFleet.PUBLISHER), _ -> hashed.layer());
    }
}
