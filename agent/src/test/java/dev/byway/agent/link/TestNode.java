package dev.byway.agent.link;

import dev.byway.agent.identity.DeviceKey;
import dev.byway.agent.identity.FleetCertificate;
import dev.byway.agent.identity.PeerTls;
import dev.byway.agent.identity.TestFleet;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.wire.Feature;
import dev.byway.core.wire.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device that can listen and dial, on loopback only. */
final class TestNode implements AutoCloseable {
    final DeviceKey key;
    final PeerTls tls;
    final Recorder recorder = new Recorder();
    final LinkSetup setup;
    private final List<LinkListener> listeners = new ArrayList<>();

    private TestNode(DeviceKey key, PeerTls tls, Throttle uploads, LinkTimes times) {
        this.key = key;
        this.tls = tls;
        this.setup = new LinkSetup(
                () -> tls,
                () -> new Frame.Hello(Feature.PROBE, 7680, "test " + key.id().shortForm(), ""),
                recorder,
                uploads,
                times);
    }

    static TestNode anonymous() {
        return anonymous(LinkTimes.STANDARD);
    }

    static TestNode anonymous(LinkTimes times) {
        return anonymous(Throttle.NONE, times);
    }

    static TestNode anonymous(Throttle uploads, LinkTimes times) {
        DeviceKey key = newKey();
        return new TestNode(key, PeerTls.withoutFleet(key), uploads, times);
    }

    /** An enrolled device whose clock is off. */
    static TestNode member(TestFleet fleet, Duration clockError, String... groups) {
        return member(fleet, Instant.now(), InstantSource.offset(InstantSource.system(), clockError), groups);
    }

    /** An enrolled device whose certificate is valid for 30 days from {@code issued}. */
    static TestNode member(TestFleet fleet, Instant issued, InstantSource clock, String... groups) {
        DeviceKey key = newKey();
        PeerTls tls = PeerTls.ofFleet(new FleetCertificate(key, fleet.enrol(key, issued, groups)), false, clock);
        return new TestNode(key, tls, Throttle.NONE, LinkTimes.STANDARD);
    }

    private static DeviceKey newKey() {
        try {
            Path folder = Files.createTempDirectory("byway-link-test");
            try {
                return DeviceKey.open(folder, Instant.now());
            } finally {
                Files.deleteIfExists(folder.resolve(DeviceKey.FILE));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    DeviceId id() {
        return key.id();
    }

    LinkListener listen() {
        return switch (LinkListener.listen(loopback(1), 0, setup)) {
            case ListenResult.Listening(LinkListener listener) -> {
                listeners.add(listener);
                yield listener;
            }
            case ListenResult other -> throw new AssertionError(other);
        };
    }

    DialResult dial(InetSocketAddress address) {
        return new LinkDialler(setup, Optional.empty()).dial(address, Optional.empty());
    }

    DialResult dialFrom(int lastByte, InetSocketAddress address) {
        return new LinkDialler(setup, Optional.of(loopback(lastByte))).dial(address, Optional.empty());
    }

    Link link(InetSocketAddress address) {
        return switch (dial(address)) {
            case DialResult.Linked(Link link) -> link;
            case DialResult.Failed failed -> throw new AssertionError(failed);
        };
    }

    static InetAddress loopback(int lastByte) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        listeners.forEach(LinkListener::close);
    }
}
