package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.JobRequest;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.UrlRule;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginClient;
import dev.byway.origin.OriginRequest;
import dev.byway.origin.OriginSettings;
import dev.byway.testing.Faults;
import dev.byway.testing.FaultyServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResolverTest {
    private static final byte[] FILE = new byte[5000];
    private static final SigningKey KEY = SigningKey.ofSecret(new byte[SigningKey.SECRET_BYTES]);

    private static JobRequest withManifest(URI url) {
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
        hasher.update(FILE, 0, FILE.length);
        HashedContent hashed = hasher.finish();
        Manifest manifest = new Manifest(
                hashed.id(),
                hashed.sha256().orElseThrow(),
                hashed.layer().layout().pieceLength(),
                new SafeName("file.bin"),
                List.of(url),
                Validators.NONE,
                new Visibility.Public(),
                Instant.now(),
                Optional.empty());
        byte[] given = new ManifestFile(Envelope.sign(manifest, KEY), Optional.empty()).toBytes();
        return new JobRequest(url, List.of(), Optional.empty(), Optional.of(given), true, Optional.empty());
    }

    @Test
    void theOriginIsAskedOnTheConnectionOnWhichItSaidWhatItHas() throws Exception {
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginClient origins = new OriginClient(OriginSettings.defaults("1"))) {
            Resolver resolver = new Resolver(
                    origins,
                    Publications.NONE,
                    () -> new TrustedKeys(List.of(), List.of(KEY.publicKey("test"))),
                    List.of(),
                    InstantSource.system(),
                    _ -> Optional.empty());
            assertThat(resolver.resolve(withManifest(server.uri("/file.bin")))).isInstanceOf(Resolution.Proved.class);
            try (OriginAnswer.Body body = (OriginAnswer.Body) origins.open(OriginRequest.of(server.uri("/file.bin")))) {
                assertThat(body.bytes().read(new byte[FILE.length], 0, FILE.length))
                        .isPositive();
            }
            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** A coordinator that knows nothing, and what it was asked. */
    private static final class Asked implements Publications {
        private final List<URI> urls = new ArrayList<>();

        @Override
        public boolean isConfigured() {
            return true;
        }

        @Override
        public Answer lookup(URI url, Duration patience, Optional<ContentId> outdated) {
            urls.add(url);
            return new Answer.Unknown();
        }

        @Override
        public Optional<PieceLayer> layer(ContentId id, PieceLayout layout) {
            return Optional.empty();
        }
    }

    private static List<String> told(String asked, UrlRule... rules) throws Exception {
        Asked coordinator = new Asked();
        try (FaultyServer server = FaultyServer.start(Faults.none(FILE, "\"a\""));
                OriginClient origins = new OriginClient(OriginSettings.defaults("1"))) {
            URI url = server.uri(asked);
            Resolver resolver = new Resolver(
                    origins,
                    coordinator,
                    () -> TrustedKeys.NONE,
                    List.of(rules),
                    InstantSource.system(),
                    _ -> Optional.empty());
            assertThat(resolver.resolve(JobRequest.of(url))).isInstanceOf(Resolution.Plain.class);
        }
        return coordinator.urls.stream()
                .map(url -> url.toString().replaceFirst("http://[^/]*", ""))
                .toList();
    }

    @Test
    void theCoordinatorIsToldWhatNamesTheFileAndNothingElse() throws Exception {
        assertThat(told("/file.bin")).containsExactly("/file.bin");
        assertThat(told("/file.bin?token=SECRET")).isEmpty();
        assertThat(told("/file.bin?token=SECRET&v=3", UrlRule.parse("127.0.0.1=v")))
                .containsExactly("/file.bin?v=3");
        assertThat(told("/file.bin?token=SECRET", UrlRule.parse("127.0.0.1="))).containsExactly("/file.bin");
    }
}
