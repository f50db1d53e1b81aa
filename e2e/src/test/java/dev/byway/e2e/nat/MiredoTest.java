package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It is no dialect of our own that agents speak: Debian's client of Teredo reaches one, as a stranger who is of no fleet. */
@Tag("netns")
class MiredoTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern TEREDO = Pattern.compile("2001:0:[0-9a-f:]+");

    @TempDir
    Path home;

    @Test
    void aPingIsAnsweredByAnAgentThroughTheTunnel() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/miredo")), "skipped: needs miredo (apt install miredo)");
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/net/tun")), "skipped: needs /dev/net/tun");
        try (Sites sites = Sites.open(home, 1, NatType.RESTRICTED, NatType.PORT_RESTRICTED)) {
            Device device = sites.device(2, 1, "lan.discovery=off");
            sites.run();
            sites.awaitMet();
            Matcher address = TEREDO.matcher(device.status().path("tunnel").asString());
            assertThat(address.find()).isTrue();
            Path configuration =
                    Files.writeString(home.resolve("miredo.conf"), "InterfaceName teredo\nServerAddress 11.200.2.2\n");
            Host stranger = sites.lab().host(1, 1);
            stranger.spawn(List.of("miredo", "-f", "-c", configuration.toString(), "-p", home + "/client.pid"));
            System.out.println("miredo qualified at the coordinator: " + awaitAddress(stranger));
            Running ping = stranger.spawn(List.of("ping", "-6", "-c", "5", "-W", "2", address.group()));
            ping.awaitEnd(PATIENCE);
            System.out.println(ping.output());
            assertThat(ping.output()).contains(" bytes from " + address.group()).contains(" 0% packet loss");
        }
    }

    private static String awaitAddress(Host host) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Optional<String> address = host.exec("ip", "-6", "-o", "addr", "show", "scope", "global")
                    .lines()
                    .filter(line -> line.contains("inet6 2001:0:"))
                    .findFirst();
            if (address.isPresent()) {
                return address.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("miredo has no address after " + PATIENCE);
    }
}
