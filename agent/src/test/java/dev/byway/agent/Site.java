package dev.byway.agent;

import dev.byway.agent.job.Job;
import dev.byway.agent.job.JobRequest;
import dev.byway.agent.job.JobStatus;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Envelope;
import dev.byway.core.content.HashedContent;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.SafeName;
import dev.byway.core.content.SigningKey;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.content.Validators;
import dev.byway.core.content.Visibility;
import dev.byway.core.policy.Platform;
import dev.byway.core.policy.SettingsReader;
import dev.byway.core.unit.ByteRange;
import dev.byway.testing.NginxServer;
import dev.byway.testing.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A real HTTPS origin with a published file, and agents that fetch from it. Nothing is looked for on the network. */
final class Site implements AutoCloseable {
    static final int LENGTH = 3 * 1024 * 1024 + 5;
    static final SigningKey KEY = SigningKey.ofSecret(bytes(32, 7));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final NginxServer origin;
    final byte[] content = bytes(LENGTH, 1);
    private final Path home;
    private final TestCa ca = new TestCa("site");

    Site(Path home) {
        NginxServer.assumeInstalled();
        this.home = home;
        this.origin = NginxServer.start(home.resolve("nginx"), Optional.of(ca.issue("localhost", "127.0.0.1")));
        origin.put("file.bin", content);
    }

    static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    URI url() {
        return origin.tls("/file.bin");
    }

    /** What a manifest of this site says, to be changed before it is signed. */
    static final class Draft {
        byte[] of;
        Digest sha256;
        List<URI> urls;
        Validators validators = Validators.NONE;
        Instant issued = Instant.now();
        Optional<Instant> expires = Optional.empty();
        private final HashedContent hashed;

        private Draft(byte[] of, URI url) {
            this.of = of;
            this.urls = List.of(url);
            TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.HASHED);
            hasher.update(of, 0, of.length);
            this.hashed = hasher.finish();
            this.sha256 = hashed.sha256().orElseThrow();
        }

        /** Signs it. */
        ManifestFile file() {
            Manifest manifest = new Manifest(
                    hashed.id(),
                    sha256,
                    hashed.layer().layout().pieceLength(),
                    new SafeName("file.bin"),
                    urls,
                    validators,
                    new Visibility.Public(),
                    issued,
                    expires);
            return new ManifestFile(
                    Envelope.sign(manifest, KEY),
                    Optional.of(hashed.layer().toBytes().toArray()));
        }
    }

    Draft draft() {
        return draft(content);
    }

    Draft draft(byte[] of) {
        return new Draft(of, url());
    }

    /** Puts a manifest beside the file. */
    void publish(byte[] manifest) {
        origin.put("file.bin.byway", manifest);
    }

    void publish() {
        publish(draft().file().toBytes());
    }

    Agent agent(String name, String... settings) {
        return agent(Path.of("/"), name, settings);
    }

    /** One more device; {@code machine} stands in for its root folder. */
    Agent agent(Path machine, String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "DODownloadMode=0", "lan.discovery=off", "origin.ca=" + ca.writeCertificate(home.resolve("ca.pem"))));
        all.addAll(List.of(settings));
        return Agent.start(new AgentConfig(
                home.resolve(name),
                new SettingsReader(Platform.LINUX).commandLine(all).read(),
                Map.of(),
                "test",
                machine));
    }

    /** Waits for the end. */
    static JobStatus finish(Job job) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        JobStatus status = job.status();
        while (!status.isOver() && System.nanoTime() < until) {
            status = job.await(status.version(), Duration.ofSeconds(1));
        }
        return status;
    }

    static JobStatus fetch(Agent agent, JobRequest request) throws InterruptedException {
        try (Job job = agent.jobs().start(request)) {
            return finish(job);
        }
    }

    static byte[] read(Job job, JobStatus status) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteRange range : status.ready()) {
            job.read(range, Channels.newChannel(out));
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        origin.close();
    }
}
