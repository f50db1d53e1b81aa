package dev.byway.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.discovery.DiscoveryEffect;
import dev.byway.core.discovery.DiscoveryLimits;
import dev.byway.core.discovery.DnsMessage;
import dev.byway.core.discovery.Link;
import dev.byway.core.discovery.LinkAddress;
import dev.byway.core.discovery.MalformedDnsException;
import dev.byway.core.discovery.Neighbour;
import dev.byway.core.discovery.Presence;
import dev.byway.core.discovery.ServiceDiscovery;
import dev.byway.core.discovery.Sighting;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Throws packets at discovery: random ones, and real ones with bytes changed, cut, doubled and joined. None may raise
 * another exception than the typed one, and the limits hold throughout. Seeded; a seed that fails fails always.
 */
class DnsFuzzTest {
    private static final int ROUNDS = 10_000;
    private static final InetAddress OWN = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyPacketIsTakenOrDroppedWithinTheLimits(long seed) {
        Random random = new Random(seed);
        ServiceDiscovery discovery =
                new ServiceDiscovery(new Presence("0".repeat(32), 7680, "00112233"), new SplittableRandom(seed));
        Moment now = Moment.ZERO;
        Set<String> near = new HashSet<>();
        take(discovery.linkUp(link(OWN), now), near);
        byte[][] real = {presence("1"), presence("2"), presence("abcdef0123456789"), query()};
        for (int round = 0; round < ROUNDS; round++) {
            byte[] packet =
                    random.nextInt(10) == 0 ? noise(random) : mutated(real[random.nextInt(real.length)], random);
            decode(packet);
            now = now.plus(Duration.ofMillis(random.nextInt(20)));
            take(discovery.received(1, OTHER, DiscoveryLimits.PORT, ByteBuffer.wrap(packet), now), near);
            take(discovery.tick(now), near);
            assertThat(near).hasSizeLessThanOrEqualTo(DiscoveryLimits.PER_SOURCE);
        }
        assertThat(near).as("some of the packets were understood").isNotEmpty();
    }

    private static void decode(byte[] packet) {
        try {
            DnsMessage message = DnsMessage.decode(ByteBuffer.wrap(packet));
            assertThat(message.questions().size()
                            + message.answers().size()
                            + message.additionals().size())
                    .isLessThanOrEqualTo(DiscoveryLimits.RECORDS);
        } catch (MalformedDnsException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void take(List<DiscoveryEffect> effects, Set<String> near) {
        for (DiscoveryEffect effect : effects) {
            switch (effect) {
                case DiscoveryEffect.Send send ->
                    assertThat(send.packet().length()).isLessThanOrEqualTo(DiscoveryLimits.PACKET);
                case DiscoveryEffect.Report(Sighting.Appeared(Neighbour neighbour)) -> {
                    assertThat(neighbour.addresses()).hasSizeBetween(1, DiscoveryLimits.ADDRESSES);
                    assertThat(neighbour.addresses())
                            .allMatch(address ->
                                    address.getAddress().getHostAddress().startsWith("192.0.2."));
                    near.add(neighbour.instance());
                }
                case DiscoveryEffect.Report(Sighting.Gone(String instance)) ->
                    assertThat(near.remove(instance)).isTrue();
            }
        }
    }

    private static Link link(InetAddress address) {
        return new Link(1, "eth0", List.of(new LinkAddress(address, 24)), List.of(address));
    }

    /** What another device sends first: its presence, then its query. */
    private static List<byte[]> firstPackets(String digits) {
        String instance = digits + "0".repeat(32 - digits.length());
        ServiceDiscovery other =
                new ServiceDiscovery(new Presence(instance, 7680, "44556677"), new SplittableRandom(9));
        return other.linkUp(link(OTHER), Moment.ZERO).stream()
                .map(effect -> switch (effect) {
                    case DiscoveryEffect.Send send -> send.packet().toArray();
                    case DiscoveryEffect.Report report -> throw new AssertionError(report);
                })
                .toList();
    }

    private static byte[] presence(String digits) {
        return firstPackets(digits).getFirst();
    }

    private static byte[] query() {
        return firstPackets("3").getLast();
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? DiscoveryLimits.PACKET + 100 : 200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] packet, Random random) {
        byte[] bytes = switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(packet, random.nextInt(packet.length + 40));
            case 1 -> joined(packet, packet, random);
            default -> packet.clone();
        };
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) 0xc0;
                case 1 -> (byte) 0xff;
                case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                default -> (byte) random.nextInt(256);
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second, Random random) {
        int cut = random.nextInt(first.length);
        byte[] bytes = Arrays.copyOf(first, cut + second.length);
        System.arraycopy(second, 0, bytes, cut, second.length);
        return bytes;
    }
}
