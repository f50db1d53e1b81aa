package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.agent.job.JobRequest;
import dev.byway.agent.origin.Faults;
import dev.byway.agent.origin.FaultyServer;
import dev.byway.agent.origin.OriginAnswer;
import dev.byway.agent.origin.OriginClient;
import dev.byway.agent.origin.OriginRequest;
import dev.byway.agent.origin.OriginSettings;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.TrustedKeys;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
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
}
