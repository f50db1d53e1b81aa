package dev.byway.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.byway.agent.discovery.Namespace.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery between hosts on a network of their own, and beside avahi. Needs Linux and root. */
@Tag("netns")
class DiscoveryNetworkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);
    private static final String OTHERS = "a".repeat(32);

    private Namespace bridge;
    private Namespace left;
    private Namespace right;

    @TempDir
    private Path folder;

    @BeforeEach
    void twoHostsOnABridge() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "network namespaces exist on Linux only");
        assumeTrue(System.getProperty("user.name").equals("root"), "network namespaces need root");
        assumeTrue(isInstalled("ip"), "the command ip (package iproute2) is not installed");
        bridge = Namespace.create("b");
        bridge.run("ip", "link", "add", "br0", "type", "bridge");
        bridge.run("ip", "link", "set", "br0", "up");
        left = host("l");
        right = host("r");
    }

    private Namespace host(String name) throws Exception {
        Namespace host = Namespace.create(name);
        bridge.attach(host, "port-" + name);
        return host;
    }

    @AfterEach
    void removeTheNetwork() throws Exception {
        for (Namespace namespace : new Namespace[] {left, right, bridge}) {
            if (namespace != null) {
                namespace.remove();
            }
        }
    }

    private static boolean isInstalled(String program) {
        return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void give(Namespace host, String address) throws Exception {
        host.run("ip", "address", "add", address, "dev", "eth0");
        host.run("ip", "link", "set", "eth0", "up");
    }

    @Test
    void twoHostsFindEachOtherWithinASecondAndSeeTheGoodbyeAtOnce() throws Exception {
        give(left, "192.0.2.1/24");
        give(right, "192.0.2.2/24");
        Running one = left.probe(ONE, 7680);
        one.awaitState(SOON, "looking for neighbours on eth0");
        Running two = right.probe(TWO, 7690);
        two.await(SOON, line -> line.startsWith("started"));

        String seenByTwo = two.await(SECOND, line -> line.startsWith("appeared " + ONE));
        String seenByOne = one.await(SECOND, line -> line.startsWith("appeared " + TWO));
        assertThat(seenByTwo).contains("192.0.2.1#7680").endsWith("on eth0");
        assertThat(seenByOne).contains("192.0.2.2#7690");

        two.end();
        one.await(SECOND, line -> line.equals("gone " + TWO));
    }

    @Test
    void twoHostsWithNothingButIpv6LinkLocalAddressesFindEachOther() throws Exception {
        left.run("ip", "link", "set", "eth0", "up");
        right.run("ip", "link", "set", "eth0", "up");
        Running one = left.probe(ONE, 7680);
        Running two = right.probe(TWO, 7680);

        assertThat(two.await(SOON, line -> line.startsWith("appeared " + ONE)))
                .contains("fe80:")
                .contains("%");
        assertThat(one.await(SOON, line -> line.startsWith("appeared " + TWO)))
                .contains("fe80:")
                .contains("%");
    }

    @Test
    void aNetworkThatComesLaterIsFoundAndOneThatGoesIsLeft() throws Exception {
        give(left, "192.0.2.1/24");
        Running one = left.probe(ONE, 7680);
        Running two = right.probe(TWO, 7680);
        two.awaitState(SOON, "looking for neighbours on lo");
        give(right, "192.0.2.2/24");
        two.await(SOON, line -> line.startsWith("appeared " + ONE));
        one.await(SOON, line -> line.startsWith("appeared " + TWO));

        right.run("ip", "link", "set", "eth0", "down");
        two.await(SOON, line -> line.equals("gone " + ONE));
    }

    @Test
    void withoutAnyInterfaceItWaitsAndSaysSo() throws Exception {
        left.run("ip", "link", "set", "lo", "down");
        Running one = left.probe(ONE, 7680);
        one.awaitState(SOON, "no network interface that carries multicast is up");

        give(left, "192.0.2.1/24");
        one.awaitState(SOON, "looking for neighbours on eth0");
    }

    @Test
    void aPortThatAnotherProgramHoldsAloneIsNamedAndTriedAgain() throws Exception {
        assumeTrue(isInstalled("python3"), "python3, which holds the port in this test, is not installed");
        give(left, "192.0.2.1/24");
        Running holder = left.start(
                Map.of(),
                "python3",
                "-uc",
                "import socket,time; s=socket.socket(2,2); s.bind(('',5353)); print('held'); time.sleep(99)");
        holder.await(SOON, line -> line.equals("held"));
        Running one = left.probe(ONE, 7680);
        one.awaitState(SOON, "UDP port 5353 is not available on eth0");

        holder.kill();
        one.awaitState(SOON, "looking for neighbours on eth0");
    }

    @Test
    void avahiAndBywaySeeEachOtherAlsoOnOneHost() throws Exception {
        for (String program : List.of("avahi-daemon", "avahi-browse", "avahi-publish", "dbus-daemon")) {
            assumeTrue(isInstalled(program), program + " (packages avahi-daemon, avahi-utils, dbus) is not installed");
        }
        give(left, "192.0.2.1/24");
        give(right, "192.0.2.2/24");
        Map<String, String> bus = startAvahi(left);
        Running beside = left.probe(ONE, 7680, "192.0.2.1");
        Running remote = right.probe(TWO, 7690, "192.0.2.2");
        left.start(bus, "avahi-publish", "-s", OTHERS, "_byway._tcp", "7777", "v=1", "id=aabbccddeeff0011");

        String published = OTHERS + " aabbccddeeff0011 192.0.2.1#7777";
        remote.await(SOON, line -> line.startsWith("appeared " + published));
        beside.await(SOON, line -> line.startsWith("appeared " + published));
        remote.await(SOON, line -> line.startsWith("appeared " + ONE));

        Running browse = left.start(bus, "avahi-browse", "-rpk", "_byway._tcp");
        browse.await(SOON, line -> isResolved(line, TWO, "192.0.2.2;7690;"));
        browse.await(SOON, line -> isResolved(line, ONE, "192.0.2.1;7680;"));
        remote.end();
        browse.await(SOON, line -> line.startsWith("-;eth0;IPv4;" + TWO));
    }

    private static boolean isResolved(String line, String instance, String addressAndPort) {
        return line.startsWith(
                        "=;eth0;IPv4;" + instance + ";_byway._tcp;local;" + instance + ".local;" + addressAndPort)
                && line.contains("\"v=1\"")
                && line.contains("\"id=00112233\"");
    }

    /** Starts avahi-daemon with a message bus of its own; the environment that leads its tools there. */
    private Map<String, String> startAvahi(Namespace host) throws Exception {
        Path socket = folder.resolve("bus");
        Path busSettings = Files.writeString(folder.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig><type>session</type><listen>unix:path=%s</listen>
                <policy context="default"><allow user="*"/><allow own="*"/>
                <allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
                """.formatted(socket));
        Path settings = Files.writeString(folder.resolve("avahi.conf"), """
                [server]
                host-name=avahi-host
                [publish]
                publish-hinfo=no
                publish-workstation=no
                """);
        Map<String, String> bus = Map.of("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + socket);
        host.start(Map.of(), "dbus-daemon", "--nofork", "--print-address", "--config-file=" + busSettings)
                .await(SOON, line -> line.startsWith("unix:"));
        // Its process file has a fixed place: hide that of an avahi of the machine.
        host.start(
                        bus,
                        "sh",
                        "-c",
                        "mkdir -p /run/avahi-daemon && mount -t tmpfs none /run/avahi-daemon && exec avahi-daemon"
                                + " --no-drop-root --no-chroot --no-rlimits --no-proc-title --file=" + settings)
                .await(SOON, line -> line.contains("Server startup complete"));
        return bus;
    }
}
