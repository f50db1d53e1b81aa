package dev.byway.teredo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.teredo.client.ClientEffect;
import dev.byway.teredo.fuzz.Conversation.Party;
import dev.byway.teredo.fuzz.Conversation.Said;
import dev.byway.teredo.packet.Captured;
import dev.byway.teredo.packet.Decoded;
import dev.byway.teredo.packet.Echo;
import dev.byway.teredo.packet.RouterAdvertisement;
import dev.byway.teredo.packet.RouterSolicitation;
import dev.byway.teredo.packet.TeredoPacket;
import dev.byway.teredo.packet.UdpAddress;
import dev.byway.teredo.server.ServerLimits;
import dev.byway.teredo.server.TeredoServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Throws packets of every kind, damaged, at what reads them: the decoder, a server, and clients in the middle of a conversation. Each
 * round has its own seed, which a failure names. {@code -Dbyway.fuzz.seconds=N} goes on for N seconds, {@code -Dbyway.fuzz.seed=S}
 * replays one.
 */
class TeredoFuzzTest {
    private static final int ROUNDS = 3_000;
    private static final int DATAGRAMS = 40;
    private static final int[] INTERESTING = {0, 1, 2, 4, 8, 13, 40, 58, 59, 0x3f, 0x60, 0x7f, 0x80, 0xfe, 0xff};

    /** What one datagram makes a client send, at the most: a bubble each way, and what a NAT test adds. */
    private static final int MOST_SENT = 3;

    private static final List<Captured> REAL = Stream.of("server.pcap", "initiator-restricted.pcap")
            .flatMap(file -> Captured.in(file).stream())
            .toList();

    private final TeredoServer server =
            new TeredoServer(Conversation.PRIMARY, true, ServerLimits.STANDARD, new SplittableRandom(1), Moment.ZERO);

    private final Set<UdpAddress> answered = new HashSet<>();

    @Test
    void noDatagramDoesMoreThanItsRulesAllow() {
        Long one = Long.getLong("byway.fuzz.seed");
        if (one != null) {
            round(one);
            return;
        }
        long end = System.nanoTime() + Long.getLong("byway.fuzz.seconds", 0) * 1_000_000_000;
        long taken = 0;
        for (long seed = 0; seed < ROUNDS || System.nanoTime() < end; seed++) {
            taken += round(seed);
        }
        assertThat(taken).as("datagrams that are packets, damaged as they are").isGreaterThan(ROUNDS);
    }

    private int round(long seed) {
        try {
            SplittableRandom random = new SplittableRandom(seed);
            Conversation conversation = new Conversation(server, seed, new Moment((seed + 1) * 60_000_000_000L));
            List<Said> corpus = new ArrayList<>(conversation.said);
            REAL.forEach(real -> corpus.add(new Said(real.from(), conversation.one.mapping, real.payload())));
            int taken = 0;
            for (int i = 0; i < DATAGRAMS; i++) {
                Said whole = corpus.get(random.nextInt(corpus.size()));
                Said damaged = new Said(whole.from(), whole.to(), damaged(whole.datagram(), random));
                taken += decoded(damaged.datagram()) ? 1 : 0;
                atServer(conversation, damaged);
                atClient(conversation, conversation.one, conversation.other, damaged);
                atClient(conversation, conversation.other, conversation.one, damaged);
            }
            return taken;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": replay with -Dbyway.fuzz.seed=" + seed, e);
        }
    }

    private static boolean decoded(ByteString datagram) {
        if (!(TeredoPacket.decode(ByteBuffer.wrap(datagram.toArray())) instanceof Decoded.Whole(TeredoPacket packet))) {
            return false;
        }
        RouterSolicitation.in(packet);
        RouterAdvertisement.in(packet);
        Echo.reply(packet)
                .ifPresent(reply -> assertThat(reply.encode().toArray().length)
                        .isLessThanOrEqualTo(packet.encode().toArray().length));
        assertThat(TeredoPacket.decode(ByteBuffer.wrap(packet.encode().toArray())))
                .isEqualTo(new Decoded.Whole(packet));
        return true;
    }

    /** At most one out for one in, with less than twice its bytes, to its sender or to who solicited. */
    private void atServer(Conversation conversation, Said in) {
        if (conversation.atServer(in) instanceof TeredoServer.Outcome.Send out) {
            assertThat(out.datagram().toArray().length)
                    .isLessThanOrEqualTo(2 * in.datagram().toArray().length);
            if (out.to().equals(in.from())) {
                answered.add(out.to());
            } else {
                assertThat(answered.contains(out.to())
                                || out.to().equals(conversation.one.mapping)
                                || out.to().equals(conversation.other.mapping))
                        .as("%s, to whom nobody was to be led", out.to())
                        .isTrue();
            }
        }
    }

    /** Little is sent for it, and the way leads to the other one or nowhere. */
    private static void atClient(Conversation conversation, Party party, Party other, Said in) {
        List<ClientEffect.Send> sent = party.take(in);
        assertThat(sent).hasSizeLessThanOrEqualTo(MOST_SENT);
        if (other.client.address().isPresent()) {
            assertThat(party.client.wayTo(other.address(), conversation.now).filter(way -> !way.equals(other.mapping)))
                    .isEmpty();
        }
    }

    private static ByteString damaged(ByteString whole, SplittableRandom random) {
        byte[] bytes = whole.toArray();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? INTERESTING[random.nextInt(INTERESTING.length)] : random.nextInt());
        }
        return switch (random.nextInt(8)) {
            case 0 -> ByteString.of(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            case 1 -> ByteString.of(Arrays.copyOf(bytes, bytes.length + random.nextInt(64)));
            default -> ByteString.of(bytes);
        };
    }
}
