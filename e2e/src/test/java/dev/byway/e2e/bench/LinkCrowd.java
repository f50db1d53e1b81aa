package dev.byway.e2e.bench;

import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.PeerTls;
import dev.byway.core.content.Manifest;
import dev.byway.core.content.ManifestFile;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import dev.byway.e2e.hostile.HostileLink;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Many devices in one process, each with a key of its own: they dial one agent, say that they hold a content, serve it when
 * they are asked, and stay until the process is killed.
 */
public final class LinkCrowd {
    private static final int CHANNEL = 1;
    private static final int FRAME = 64 * 1024;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Manifest content;
    private final FileChannel file;
    private final InetSocketAddress agent;

    private LinkCrowd(Manifest content, FileChannel file, InetSocketAddress agent) {
        this.content = content;
        this.file = file;
        this.agent = agent;
    }

    /** Arguments: a file with its manifest beside it, the agent's address and port, then a folder and an address for each device. */
    public static void main(String... arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        Manifest content = (Manifest) ManifestFile.parse(Files.readAllBytes(Path.of(path + ".byway")))
                .envelope()
                .unverified();
        InetSocketAddress agent =
                new InetSocketAddress(InetAddress.ofLiteral(arguments[1]), Integer.parseInt(arguments[2]));
        try (FileChannel file = FileChannel.open(path)) {
            LinkCrowd crowd = new LinkCrowd(content, file, agent);
            for (int i = 3; i + 1 < arguments.length; i += 2) {
                crowd.join(Path.of(arguments[i]), InetAddress.ofLiteral(arguments[i + 1]));
            }
            System.out.println("ready");
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(Path state, InetAddress own) throws IOException {
        DeviceKey key = DeviceKey.open(Files.createDirectories(state), Instant.now());
        PeerTls tls = PeerTls.of(key, FleetCertificate.load(state, key), true, InstantSource.system());
        Socket tcp = new Socket();
        tcp.bind(new InetSocketAddress(own, 0));
        tcp.connect(agent);
        HostileLink link = HostileLink.over(tcp, tls, true);
        link.say(new Frame.Hello(Feature.INTENT, 0, "Byway/0.1.0", ""));
        link.say(new Frame.Open(CHANNEL, content.id(), content.pieceLength(), false, ByteString.EMPTY));
        link.say(new Frame.Bitfield(
                CHANNEL, PieceSet.all(content.layout().pieceCount()).toBytes()));
        Thread.ofVirtual().start(() -> serve(link));
        Thread.ofVirtual().start(() -> keepAlive(link));
    }

    private void serve(HostileLink link) {
        try (link) {
            link.listen(frame -> {
                if (frame instanceof Frame.Request request) {
                    send(link, request);
                } else if (frame instanceof Frame.Bye bye) {
                    System.out.println("told " + bye.reason());
                }
            });
        } catch (IOException | UncheckedIOException e) {
            System.out.println("ended: " + e);
        }
    }

    private void send(HostileLink link, Frame.Request request) {
        try {
            for (int done = 0; done < request.length(); done += FRAME) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.min(FRAME, request.length() - done));
                while (bytes.hasRemaining()) {
                    if (file.read(bytes, request.offset() + done + bytes.position()) < 0) {
                        throw new EOFException();
                    }
                }
                link.say(new Frame.Data(request.request(), request.offset() + done, bytes.flip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keepAlive(HostileLink link) {
        try {
            while (true) {
                Thread.sleep(KEEP_ALIVE);
                link.say(new Frame.KeepAlive());
            }
        } catch (IOException e) {
            // The link has ended, as its reader says.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command that runs one with this program's own Java and class path; {@code devices} is folder and address of each. */
    static List<String> command(Path file, String agent, int port, List<String> devices) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                LinkCrowd.class.getName(),
                file.toString(),
                agent,
                Integer.toString(port)));
        command.addAll(devices);
        return command;
    }
}
