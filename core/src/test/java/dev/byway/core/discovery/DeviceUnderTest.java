package dev.byway.core.discovery;

import static dev.byway.core.discovery.Packets.instance;
import static dev.byway.core.discovery.Packets.ip;
import static dev.byway.core.discovery.Packets.link;

import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One device in virtual time, with what it sent and saw. Its instance is number 0, its address 192.0.2.1/24. */
final class DeviceUnderTest {
    static final int LINK = 1;

    final ServiceDiscovery discovery;
    final List<Sighting> sightings = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    Moment now = Moment.ZERO;

    record Sent(Moment at, int link, DnsMessage message) {}

    private DeviceUnderTest(int port) {
        discovery = new ServiceDiscovery(new Presence(instance(0), port, Packets.DEVICE), new SplittableRandom(1));
    }

    static DeviceUnderTest onOneLink() {
        return onOneLink(Packets.PORT);
    }

    static DeviceUnderTest onOneLink(int port) {
        DeviceUnderTest device = new DeviceUnderTest(port);
        device.take(device.discovery.linkUp(link(LINK, "192.0.2.1"), device.now));
        return device;
    }

    void linkUp(Link link) {
        take(discovery.linkUp(link, now));
    }

    void linkDown(int link) {
        take(discovery.linkDown(link));
    }

    void stop() {
        take(discovery.stop());
    }

    /** Lets time pass, doing all that falls due. */
    void pass(Duration time) {
        Moment end = now.plus(time);
        while (!discovery.nextTick().isAfter(end)) {
            now = discovery.nextTick();
            take(discovery.tick(now));
        }
        now = end;
    }

    void hears(String source, ByteBuffer packet) {
        hears(LINK, source, DiscoveryLimits.PORT, packet);
    }

    void hears(int link, String source, int port, ByteBuffer packet) {
        take(discovery.received(link, ip(source), port, packet, now));
    }

    void take(List<DiscoveryEffect> effects) {
        for (DiscoveryEffect effect : effects) {
            switch (effect) {
                case DiscoveryEffect.Send(int link, ByteString packet) ->
                    sent.add(new Sent(now, link, DnsMessage.decode(Packets.buffer(packet))));
                case DiscoveryEffect.Report(Sighting sighting) -> sightings.add(sighting);
            }
        }
    }

    List<Sent> announcements() {
        return sent.stream().filter(packet -> packet.message().response()).toList();
    }

    List<Sent> queries() {
        return sent.stream().filter(packet -> !packet.message().response()).toList();
    }

    List<Neighbour> appeared() {
        return sightings.stream()
                .flatMap(sighting -> sighting instanceof Sighting.Appeared(Neighbour neighbour)
                        ? Stream.of(neighbour)
                        : Stream.empty())
                .toList();
    }

    /** Those that appeared and are not gone. */
    List<String> near() {
        List<String> near = new ArrayList<>();
        for (Sighting sighting : sightings) {
            switch (sighting) {
                case Sighting.Appeared(Neighbour neighbour) -> {
                    near.remove(neighbour.instance());
                    near.add(neighbour.instance());
                }
                case Sighting.Gone(String instance) -> near.remove(instance);
            }
        }
        return near;
    }
}
