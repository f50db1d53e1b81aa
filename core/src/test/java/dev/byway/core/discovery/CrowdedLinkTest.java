package dev.byway.core.discovery;

import static dev.byway.core.discovery.Packets.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many devices on one link, in virtual time, seeded: they find each other and are quiet afterwards. */
class CrowdedLinkTest {
    private static final int DEVICES = 60;

    private final List<Device> devices = new ArrayList<>();
    private Moment now = Moment.ZERO;
    private double loss;
    private int packets;

    private final class Device {
        final String instance;
        final InetAddress address;
        final ServiceDiscovery discovery;
        final Set<String> near = new HashSet<>();
        boolean up;

        Device(int number, RandomGenerator random) {
            instance = Packets.instance(number);
            address = ip("10.0." + number / 200 + "." + (1 + number % 200));
            discovery = new ServiceDiscovery(new Presence(instance, 7680, Packets.DEVICE), random);
        }

        void start(RandomGenerator random) {
            up = true;
            Link link = new Link(1, "eth0", List.of(new LinkAddress(address, 16)), List.of(address));
            take(discovery.linkUp(link, now), random);
        }

        void take(List<DiscoveryEffect> effects, RandomGenerator random) {
            for (DiscoveryEffect effect : effects) {
                switch (effect) {
                    case DiscoveryEffect.Send send -> carry(this, send.packet(), random);
                    case DiscoveryEffect.Report(Sighting.Appeared(Neighbour found)) -> near.add(found.instance());
                    case DiscoveryEffect.Report(Sighting.Gone(String gone)) -> near.remove(gone);
                }
            }
        }
    }

    private void carry(Device sender, ByteString packet, RandomGenerator random) {
        packets++;
        for (Device device : devices) {
            if (device.up && (device == sender || random.nextDouble() >= loss)) {
                device.take(device.discovery.received(1, sender.address, 5353, Packets.buffer(packet), now), random);
            }
        }
    }

    private void pass(Duration time, RandomGenerator random) {
        Moment end = now.plus(time);
        while (true) {
            Device next = null;
            for (Device device : devices) {
                if (device.up && (next == null || device.discovery.nextTick().isBefore(next.discovery.nextTick()))) {
                    next = device;
                }
            }
            if (next == null || next.discovery.nextTick().isAfter(end)) {
                now = end;
                return;
            }
            now = next.discovery.nextTick();
            next.take(next.discovery.tick(now), random);
        }
    }

    private void startAll(SplittableRandom random) {
        for (int i = 1; i <= DEVICES; i++) {
            devices.add(new Device(i, random.split()));
        }
        for (Device device : devices) {
            device.start(random);
            pass(Duration.ofMillis(random.nextInt(20)), random);
        }
    }

    private long unseen() {
        return devices.stream()
                .mapToLong(device -> DEVICES - 1 - device.near.size())
                .sum();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void devicesThatStartTogetherAllFindEachOtherWithinASecondAndAreQuietThen(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        startAll(random);
        pass(Duration.ofMillis(1200), random);
        assertThat(unseen()).isZero();

        pass(Duration.ofMinutes(2), random);
        packets = 0;
        pass(Duration.ofMinutes(5), random);
        assertThat(unseen()).isZero();
        assertThat(packets / 5).as("packets a minute").isLessThan(2 * DEVICES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aLinkThatLosesPacketsIsOnlyALittleSlowerAndLouder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        loss = 0.05;
        startAll(random);
        pass(Duration.ofSeconds(2), random);
        assertThat(unseen()).isLessThan(DEVICES * DEVICES / 50);
        pass(Duration.ofMinutes(2), random);
        assertThat(unseen()).isZero();

        packets = 0;
        pass(Duration.ofMinutes(5), random);
        assertThat(unseen()).isZero();
        assertThat(packets / 5).as("packets a minute").isLessThan(6 * DEVICES);
    }
}
