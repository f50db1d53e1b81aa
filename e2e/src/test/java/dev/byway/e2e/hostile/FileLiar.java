package dev.byway.e2e.hostile;

import dev.byway.agent.discovery.Discovery;
import dev.byway.agent.discovery.MulticastDiscovery;
import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.PeerTls;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.TreeHasher;
import dev.byway.core.discovery.Presence;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A device that lies about a file of which only the digest is known, in one chosen way. It announces itself by DNS-SD, takes links with
 * real TLS and speaks the real frames. Prints {@code ready}, then {@code asked} for every neighbour that seeks the file. Runs until it
 * is killed.
 */
public final class FileLiar {
    private static final int PORT = 7680;
    private static final int CHANNEL = 1;
    private static final int BLOCK = 1 << 14;
    private static final int STEP = 1000;

    private final FileLie lie;
    private final Digest sha256;
    private final byte[] given;
    private final PieceLayer layer;
    private final Random random = new Random(7);

    private FileLiar(FileLie lie, byte[] truth) {
        this.lie = lie;
        this.sha256 = Digest.sha256(truth);
        this.given = given(lie, truth);
        TreeHasher hasher = TreeHasher.ofAnyLength(TreeHasher.WholeFile.SKIPPED);
        hasher.update(given, 0, given.length);
        this.layer = hasher.finish().layer();
    }

    private static byte[] given(FileLie lie, byte[] truth) {
        byte[] bytes = truth.clone();
        switch (lie) {
            case FALSE_TREE -> new Random(8).nextBytes(bytes);
            case ALMOST_TRUE_TREE -> bytes[bytes.length / 2] ^= 1;
            case FALSE_BLOCKS, SILENT, FALSE_PROGRESS -> {}
        }
        return bytes;
    }

    /** Arguments: a state folder; a {@link FileLie}; the true file. */
    public static void main(String... arguments) throws IOException {
        Path state = Files.createDirectories(Path.of(arguments[0]));
        new FileLiar(FileLie.valueOf(arguments[1]), Files.readAllBytes(Path.of(arguments[2]))).run(state);
    }

    private void run(Path state) throws IOException {
        DeviceKey key = DeviceKey.open(state, Instant.now());
        PeerTls tls = PeerTls.of(key, FleetCertificate.load(state, key), true, InstantSource.system());
        Presence presence =
                new Presence(MulticastDiscovery.newInstance(), PORT, tls.self().toString());
        try (ServerSocket server = new ServerSocket(PORT);
                Discovery discovery = MulticastDiscovery.start(presence, Optional.empty(), ignored -> {})) {
            say("ready " + tls.self() + ", discovery: " + discovery.state().text());
            while (!Thread.interrupted()) {
                Socket tcp = server.accept();
                Thread.ofVirtual().start(() -> talk(tcp, tls));
            }
        }
    }

    private void talk(Socket tcp, PeerTls tls) {
        String name = ((java.net.InetSocketAddress) tcp.getRemoteSocketAddress())
                .getAddress()
                .getHostAddress();
        try (HostileLink link = HostileLink.over(tcp, tls, false)) {
            say("linked " + name);
            link.say(new Frame.Hello(Feature.INTENT | Feature.SEEK, PORT, "Byway/0.1.0", ""));
            link.listen(frame -> {
                try {
                    take(link, frame, name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            say("ended " + name + ": " + e.getMessage());
        }
    }

    private void take(HostileLink link, Frame frame, String name) throws IOException {
        switch (frame) {
            case Frame.Seek(Digest wanted, boolean seeks)
            when seeks && wanted.equals(sha256) -> {
                say("asked " + name);
                claim(link);
            }
            case Frame.Open open
            when open.content().equals(layer.id()) -> {
                int length = layer.layout().pieceLength();
                link.say(new Frame.Open(CHANNEL, layer.id(), length, false, ByteString.EMPTY));
                link.say(new Frame.Bitfield(
                        CHANNEL, PieceSet.all(layer.layout().pieceCount()).toBytes()));
            }
            case Frame.HashRequest request
            when lie != FileLie.SILENT ->
                link.say(new Frame.Hashes(
                        request.request(),
                        request.firstPiece(),
                        layer.pieces().subList(request.firstPiece(), request.firstPiece() + request.count())));
            case Frame.Request request -> answer(link, request);
            default -> {}
        }
    }

    private void claim(HostileLink link) {
        Thread.ofVirtual().start(() -> {
            try {
                for (long bytes = 0; lie == FileLie.FALSE_PROGRESS; bytes += STEP) {
                    link.say(new Frame.Fetching(sha256, bytes, given.length));
                    Thread.sleep(STEP);
                }
                link.say(new Frame.Whole(sha256, layer.id(), layer.layout().pieceLength()));
            } catch (IOException e) {
                say("ended: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(HostileLink link, Frame.Request request) throws IOException {
        for (int done = 0; done < request.length(); done += BLOCK) {
            byte[] bytes = new byte[Math.min(BLOCK, request.length() - done)];
            System.arraycopy(given, (int) request.offset() + done, bytes, 0, bytes.length);
            if (lie == FileLie.FALSE_BLOCKS) {
                random.nextBytes(bytes);
            }
            link.say(new Frame.Data(request.request(), request.offset() + done, ByteBuffer.wrap(bytes)));
        }
    }

    private static void say(String text) {
        synchronized (System.out) {
            System.out.println(text);
        }
    }

    /** The command that runs one with this program's own Java and class path. */
    public static List<String> command(Path state, FileLie lie, Path file) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                FileLiar.class.getName(),
                state.toString(),
                lie.name(),
                file.toString());
    }
}
