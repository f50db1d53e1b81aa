package dev.byway.e2e.nat;

import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.UdpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A program for the lab that sends a flood to a Teredo server, as fast as it can or so many a second. Arguments: the server, the
 * kind ({@code solicitations}, {@code damaged}, {@code noise}), datagrams a second or 0, milliseconds, the first three parts of
 * its addresses, and how many of these it has, from .20 on. It says {@code sent N bytes N back N bytes N}.
 */
final class Flooder {
    private static final int FIRST = 20;
    private static final int BATCH = 64;
    private static final int CHECKSUM = 55;
    private static final Duration LAST = Duration.ofMillis(500);

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final InetSocketAddress server;
    private final String kind;
    private final SplittableRandom random = new SplittableRandom(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
    private final ByteBuffer out = ByteBuffer.allocateDirect(2048);
    private long sent;
    private long sentBytes;
    private long back;
    private long backBytes;

    private Flooder(InetSocketAddress server, String kind) {
        this.server = server;
        this.kind = kind;
    }

    public static void main(String[] arguments) throws IOException {
        Flooder flooder = new Flooder(
                new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), UdpAddress.TEREDO_PORT), arguments[1]);
        for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(arguments[4] + "." + (FIRST + i)), 0));
            channel.connect(flooder.server);
            flooder.channels.add(channel);
        }
        flooder.run(Long.parseLong(arguments[2]), Duration.ofMillis(Long.parseLong(arguments[3])));
    }

    private void run(long rate, Duration time) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < time.toNanos(); i = (i + 1) % channels.size()) {
            DatagramChannel channel = channels.get(i);
            for (int j = 0; j < BATCH / 16; j++) {
                fill();
                sentBytes += channel.write(out);
                sent++;
            }
            take(channel);
            if (rate > 0) {
                long due = start + sent * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
        }
        LockSupport.parkNanos(LAST.toNanos());
        for (DatagramChannel channel : channels) {
            take(channel);
        }
        System.out.println("sent " + sent + " bytes " + sentBytes + " back " + back + " bytes " + backBytes);
    }

    private void fill() {
        out.clear();
        if (kind.equals("noise")) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            out.put(bytes);
        } else {
            out.put(RouterSolicitation.of(random.nextLong()).packet().encode().toArray());
            if (kind.equals("damaged")) {
                out.put(CHECKSUM, (byte) (out.get(CHECKSUM) + 1 + random.nextInt(255)));
            }
        }
        out.flip();
    }

    private void take(DatagramChannel channel) throws IOException {
        for (int length = channel.read(in.clear()); length > 0; length = channel.read(in.clear())) {
            back++;
            backBytes += length;
        }
    }
}
