package dev.byway.e2e.hostile;

import dev.byway.agent.discovery.Discovery;
import dev.byway.agent.discovery.MulticastDiscovery;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.PeerTls;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.discovery.Presence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A device that misbehaves in one chosen way. It announces itself by DNS-SD, takes links with real TLS and speaks the real
 * frames until it does not. Prints {@code ready}, then a line for what happens: {@code linked}, {@code asked}, {@code ended}.
 * Runs until it is killed.
 */
public final class HostileDevice {
    static final int PORT = 7680;

    private final Misbehaviour misbehaviour;
    private final Manifest content;
    private final Path file;
    private final Path state;

    private HostileDevice(Misbehaviour misbehaviour, Manifest content, Path file, Path state) {
        this.misbehaviour = misbehaviour;
        this.content = content;
        this.file = file;
        this.state = state;
    }

    /** Arguments: a state folder, which may have joined a fleet; a {@link Misbehaviour}; a file with its manifest beside it. */
    public static void main(String... arguments) throws IOException {
        Path state = Files.createDirectories(Path.of(arguments[0]));
        Path file = Path.of(arguments[2]);
        Manifest content = (Manifest) ManifestFile.parse(Files.readAllBytes(Path.of(file + ".byway")))
                .envelope()
                .unverified();
        new HostileDevice(Misbehaviour.valueOf(arguments[1]), content, file, state).run();
    }

    private void run() throws IOException {
        PeerTls tls = identity(state);
        Presence presence =
                new Presence(MulticastDiscovery.newInstance(), PORT, tls.self().toString());
        try (ServerSocket server = new ServerSocket(PORT);
                Discovery discovery = MulticastDiscovery.start(presence, Optional.empty(), ignored -> {})) {
            say("ready " + tls.self() + ", discovery: " + discovery.state().text());
            while (!Thread.interrupted()) {
                Socket tcp = server.accept();
                Thread.ofVirtual().start(() -> misbehave(tcp, tls, false));
            }
        }
    }

    private static PeerTls identity(Path state) {
        DeviceKey key = DeviceKey.open(state, Instant.now());
        return PeerTls.of(key, FleetCertificate.load(state, key), true, InstantSource.system());
    }

    private void misbehave(Socket tcp, PeerTls tls, boolean dialled) {
        InetSocketAddress peer = (InetSocketAddress) tcp.getRemoteSocketAddress();
        String name = peer.getAddress().getHostAddress();
        int port = 0;
        try (HostileLink link = HostileLink.over(tcp, tls, dialled)) {
            say("linked " + name);
            port = new HostileTalk(misbehaviour, content, file, link, text -> say(text + " " + name)).run();
        } catch (IOException e) {
            say("ended " + name + ": " + e);
        }
        if (misbehaviour == Misbehaviour.WRONG_BYTES_AGAIN && port != 0) {
            comeBack(new InetSocketAddress(peer.getAddress(), port));
        }
    }

    private void comeBack(InetSocketAddress victim) {
        try {
            Path fresh = Files.createTempDirectory(state, "key");
            Socket tcp = new Socket(victim.getAddress(), victim.getPort());
            misbehave(tcp, identity(fresh), true);
        } catch (IOException e) {
            say("turned away by " + victim + ": " + e.getMessage());
        }
    }

    private static void say(String text) {
        synchronized (System.out) {
            System.out.println(text);
        }
    }

    /** The command that runs one with this program's own Java and class path. */
    public static List<String> command(Path state, Misbehaviour misbehaviour, Path file) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                HostileDevice.class.getName(),
                state.toString(),
                misbehaviour.name(),
                file.toString());
    }
}
