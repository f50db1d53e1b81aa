package dev.byway.teredo.server;

import dev.byway.core.unit.Moment;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.TeredoAddress;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.TeredoServer.Door;
import dev.byway.teredo.server.TeredoServer.Outcome;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Datagrams of one kind from sixteen million addresses, made of a seed, poured over a server. */
final class Flood {
    static final int PRIMARY = UdpAddress.number(InetAddress.ofLiteral("11.200.2.2"));

    private static final int DIFFERENT = 4096;
    private static final int NET = 0x0b00_0000;

    /** Of a solicitation: what neither a rule nor the checksum looks at, which is nonce, traffic class and flow label. */
    private static final int[] MATTERS =
            IntStream.concat(IntStream.range(0, 4), IntStream.range(17, 61)).toArray();

    /** What a flood is made of. */
    enum Kind {
        /** Valid ones. */
        SOLICITATIONS,
        /** Solicitations of which one byte that matters was changed. */
        DAMAGED,
        /** Random bytes, up to 1400. */
        NOISE,
        /** Valid bubbles to mappings that solicited nothing. */
        BUBBLES
    }

    /**
     * What came of it.
     *
     * @param worst the most bytes that went out for one that came, of any datagram
     */
    record Result(long datagrams, long bytes, long sent, long sentBytes, double worst) {
        double ratio() {
            return (double) sentBytes / bytes;
        }
    }

    private final Kind kind;
    private final SplittableRandom random;
    private final List<ByteBuffer> datagrams;

    Flood(Kind kind, long seed) {
        this.kind = kind;
        this.random = new SplittableRandom(seed);
        this.datagrams = IntStream.range(0, DIFFERENT)
                .mapToObj(_ -> ByteBuffer.wrap(datagram()))
                .toList();
    }

    private byte[] datagram() {
        return switch (kind) {
            case SOLICITATIONS -> solicitation();
            case DAMAGED -> {
                byte[] bytes = solicitation();
                bytes[MATTERS[random.nextInt(MATTERS.length)]] ^= (byte) (1 + random.nextInt(255));
                yield bytes;
            }
            case NOISE -> {
                byte[] bytes = new byte[random.nextInt(1400)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case BUBBLES -> {
                UdpAddress to = new UdpAddress(NET | random.nextInt(1 << 24), 1 + random.nextInt(0xffff));
                yield TeredoPacket.bubble(
                                RouterSolicitation.WITHOUT_CONE, new TeredoAddress(PRIMARY, 0, to).ip6(), List.of())
                        .encode()
                        .toArray();
            }
        };
    }

    private byte[] solicitation() {
        return RouterSolicitation.of(random.nextLong()).packet().encode().toArray();
    }

    /**
     * Pours.
     *
     * @param when each comes, by its number
     */
    Result pour(TeredoServer server, long count, LongFunction<Moment> when) {
        long bytes = 0;
        long sent = 0;
        long sentBytes = 0;
        double worst = 0;
        for (long i = 0; i < count; i++) {
            ByteBuffer datagram = datagrams.get(random.nextInt(DIFFERENT));
            UdpAddress from = new UdpAddress(NET | random.nextInt(1 << 24), 1 + random.nextInt(0xffff));
            bytes += datagram.remaining();
            if (server.received(Door.PRIMARY, from, datagram, when.apply(i)) instanceof Outcome.Send send) {
                sent++;
                sentBytes += send.datagram().length();
                worst = Math.max(worst, (double) send.datagram().length() / datagram.remaining());
            }
        }
        return new Result(count, bytes, sent, sentBytes, worst);
    }
}
