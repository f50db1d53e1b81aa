package dev.byway.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.discovery.Neighbour;
import dev.byway.core.discovery.Presence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import org.junit.jupiter.api.Test;

/** Programs on one machine find each other over its loopback, each at its own address. */
class LoopbackDiscoveryTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Predicate<Optional<Neighbour>> THERE = Optional::isPresent;
    private static final Predicate<Optional<Neighbour>> GONE = Optional::isEmpty;
    private static final String TYPE = "_byway._tcp.local.";

    private static Discovery start(String instance, int port, String address, Sighted sighted) {
        return MulticastDiscovery.start(
                new Presence(instance, port, "00112233"), Optional.of(InetAddress.ofLiteral(address)), sighted);
    }

    @Test
    void twoProgramsFindEachOtherAtTheirOwnAddressesAndSeeTheGoodbye() throws Exception {
        String one = MulticastDiscovery.newInstance();
        String two = MulticastDiscovery.newInstance();
        Sighted byOne = new Sighted();
        Sighted byTwo = new Sighted();
        try (Discovery first = start(one, 7680, "127.0.0.1", byOne)) {
            try (Discovery second = start(two, 7681, "127.0.0.9", byTwo)) {
                assertThat(byOne.await(two, SOON, THERE)).isTrue();
                assertThat(byTwo.await(one, SOON, THERE)).isTrue();
                assertThat(byOne.get(two).addresses())
                        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 7681));
                assertThat(byTwo.get(one).addresses())
                        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7680));
                assertThat(second.state()).isInstanceOf(DiscoveryState.Looking.class);
            }
            assertThat(byOne.await(two, SOON, GONE)).isTrue();
            assertThat(first.state().text()).startsWith("looking for neighbours on lo");
        }
    }

    @Test
    void aProgramWithoutAPortSeesAndIsNotSeen() throws Exception {
        String one = MulticastDiscovery.newInstance();
        String two = MulticastDiscovery.newInstance();
        String three = MulticastDiscovery.newInstance();
        Sighted byOne = new Sighted();
        Sighted byTwo = new Sighted();
        try (Discovery _ = start(one, 7680, "127.0.0.1", byOne);
                Discovery _ = start(two, 0, "127.0.0.2", byTwo);
                Discovery _ = start(three, 7682, "127.0.0.3", new Sighted())) {
            assertThat(byTwo.await(one, SOON, THERE)).isTrue();
            assertThat(byTwo.await(three, SOON, THERE)).isTrue();
            assertThat(byOne.await(three, SOON, THERE)).isTrue();
            assertThat(byOne.await(two, Duration.ZERO, THERE)).isFalse();
        }
    }

    /** More than {@code PER_SOURCE} on one machine, as a demonstration has: each sends from its own address. */
    @Test
    void twentyProgramsOnOneMachineAllFindEachOther() throws Exception {
        List<String> instances = new ArrayList<>();
        List<Sighted> sighted = new ArrayList<>();
        List<Discovery> all = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                instances.add(MulticastDiscovery.newInstance());
                sighted.add(new Sighted());
                all.add(start(instances.get(i), 7680, "127.0.1." + (i + 1), sighted.get(i)));
            }
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 20; j++) {
                    if (i != j) {
                        assertThat(sighted.get(i).await(instances.get(j), SOON, THERE))
                                .as("%d sees %d", i, j)
                                .isTrue();
                    }
                }
            }
        } finally {
            all.parallelStream().forEach(Discovery::close);
        }
    }

    @Test
    void closingTwiceIsFine() throws Exception {
        String one = MulticastDiscovery.newInstance();
        Sighted byOne = new Sighted();
        Discovery first = start(one, 7680, "127.0.0.1", byOne);
        first.close();
        first.close();
        assertThat(first.state()).isEqualTo(new DiscoveryState.Closed());
    }

    @Test
    void jmdnsAndBywaySeeEachOther() throws Exception {
        String ours = MulticastDiscovery.newInstance();
        String theirs = MulticastDiscovery.newInstance();
        Sighted sighted = new Sighted();
        JmDNS jmdns = JmDNS.create(InetAddress.ofLiteral("127.0.0.1"), "jmdns-host");
        try (Discovery _ = start(ours, 7680, "127.0.0.1", sighted);
                ServerSocket listener = new ServerSocket(0)) {
            ServiceInfo service = ServiceInfo.create(
                    TYPE, theirs, listener.getLocalPort(), 0, 0, Map.of("v", "1", "id", "aabbccddeeff"));
            jmdns.registerService(service);

            ServiceInfo seen = resolve(jmdns, ours);
            assertThat(seen.getPort()).isEqualTo(7680);
            assertThat(seen.getPropertyString("id")).isEqualTo("00112233");
            assertThat(seen.getPropertyString("v")).isEqualTo("1");
            assertThat(seen.getInet4Addresses())
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("127.0.0.1");

            assertThat(sighted.await(theirs, SOON, THERE)).isTrue();
            assertThat(sighted.get(theirs).device()).isEqualTo("aabbccddeeff");
            assertThat(sighted.get(theirs).addresses())
                    .containsExactly(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.getLocalPort()));

            jmdns.unregisterService(service);
            assertThat(sighted.await(theirs, SOON, GONE)).isTrue();
        } finally {
            Thread.ofVirtual().start(() -> close(jmdns)); // It takes four seconds.
        }
    }

    /** jmdns may first resolve a service without its attributes. */
    private static ServiceInfo resolve(JmDNS jmdns, String instance) {
        long end = System.nanoTime() + SOON.toNanos();
        while (true) {
            ServiceInfo info = jmdns.getServiceInfo(TYPE, instance, 500);
            if (info != null && info.getPropertyString("id") != null) {
                return info;
            }
            assertThat(System.nanoTime()).as("time to resolve").isLessThan(end);
        }
    }

    private static void close(JmDNS jmdns) {
        try {
            jmdns.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
