package dev.byway.e2e.nat;

import static dev.byway.e2e.nat.Behaviour.ADDRESS_AND_PORT_DEPENDENT;
import static dev.byway.e2e.nat.Behaviour.ENDPOINT_INDEPENDENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The NATs of the lab are what their names say, found out from behind them. */
@Tag("netns")
class NatLabTest {
    private static final int TEREDO = 3544;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL = Duration.ofMillis(50).toNanos();

    @TempDir
    static Path home;

    private static NatLab lab;
    private static Running responders;

    @BeforeAll
    static void open() {
        lab = NatLab.open(home, 2, NatType.FULL_CONE, NatType.PORT_RESTRICTED);
        responders = lab.coordinator().spawn(JavaProgram.command(Responders.class));
        responders.awaitLine("ready", PATIENCE);
    }

    @AfterAll
    static void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT",
        "RESTRICTED, ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT",
        "PORT_RESTRICTED, ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT",
        "SYMMETRIC, ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT"
    })
    void isWhatItsNameSaysToTwoHostsOnOnePort(NatType type, Behaviour mapping, Behaviour filtering) {
        lab.nat(1, type);
        Running one = probe(lab.host(1, 1), TEREDO);
        Running two = probe(lab.host(1, 2), TEREDO);
        NatFinding first = finding(one);
        NatFinding second = finding(two);
        System.out.println(type + ": " + first + ", " + second);
        assertThat(List.of(first, second)).allSatisfy(found -> {
            assertThat(found.mapping()).isEqualTo(mapping);
            assertThat(found.filtering()).isEqualTo(filtering);
            assertThat(found.hairpin()).isFalse();
            assertThat(found.outside()).isEqualTo(lab.outside(1));
            assertThat(found.tcp()).isEqualTo(lab.outside(1));
        });
        assertThat(first.port()).isNotEqualTo(second.port());
        if (mapping == ENDPOINT_INDEPENDENT) {
            assertThat(List.of(first.port(), second.port())).contains(TEREDO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void conesHairpinWhenTold(NatType type) {
        lab.nat(1, type);
        lab.hairpin(1, true);
        NatFinding found = finding(probe(lab.host(1, 1), TEREDO));
        lab.hairpin(1, false);
        assertThat(found.hairpin()).isEqualTo(type != NatType.SYMMETRIC);
        assertThat(found.filtering()).isEqualTo(type.filtering());
    }

    @Test
    void sitesHaveNatsOfTheirOwn() {
        lab.nat(1, NatType.SYMMETRIC);
        NatFinding found = finding(probe(lab.host(2, 1), TEREDO));
        assertThat(found.outside()).isEqualTo(lab.outside(2));
        assertThat(found.mapping()).isEqualTo(ENDPOINT_INDEPENDENT);
        assertThat(found.filtering()).isEqualTo(ADDRESS_AND_PORT_DEPENDENT);
    }

    @Test
    void aRestartedRouterGivesAnotherPort() {
        lab.nat(1, NatType.FULL_CONE);
        assertThat(finding(probe(lab.host(1, 1), TEREDO)).port()).isEqualTo(TEREDO);
        lab.forget(1);
        NatFinding after = finding(probe(lab.host(1, 1), TEREDO));
        assertThat(after.port()).isNotEqualTo(TEREDO);
        assertThat(after.mapping()).isEqualTo(ENDPOINT_INDEPENDENT);
        assertThat(after.filtering()).isEqualTo(ENDPOINT_INDEPENDENT);
    }

    @Test
    void aSilentMappingIsForgottenAfterTheTimeout() {
        lab.nat(1, NatType.FULL_CONE);
        lab.udpTimeout(1, Duration.ofSeconds(2));
        assertThat(finding(probe(lab.host(1, 1), TEREDO)).port()).isEqualTo(TEREDO);
        assertThat(mappings()).contains(Integer.toString(TEREDO));
        await(() -> !mappings().contains("10.1.0.11"));
        assertThat(finding(probe(lab.host(1, 2), TEREDO)).port()).isEqualTo(TEREDO);
        lab.udpTimeout(1, Duration.ofMinutes(2));
    }

    @Test
    void answersKeepAMappingToo() {
        Duration timeout = Duration.ofSeconds(2);
        lab.nat(1, NatType.FULL_CONE);
        lab.udpTimeout(1, timeout);
        try (Running inside = lab.host(1, 1).spawn(JavaProgram.command(Answerer.class, Integer.toString(TEREDO)))) {
            inside.awaitLine("ready " + TEREDO, PATIENCE);
            long until = System.nanoTime() + 2 * timeout.toNanos();
            for (int i = 1; System.nanoTime() < until; i++) {
                lab.origin().exec("bash", "-c", "printf x > /dev/udp/" + lab.outside(1) + "/" + TEREDO);
                inside.awaitLine(Answerer.ANSWERED + i, timeout);
            }
        }
        lab.udpTimeout(1, Duration.ofMinutes(2));
    }

    @Test
    void aPunchThatComesTooEarlyTakesNoPortAway() {
        lab.nat(1, NatType.PORT_RESTRICTED);
        String end = lab.outside(1) + ":" + TEREDO;
        lab.origin().exec("bash", "-c", "printf '\\001\\000" + end + "' > /dev/udp/11.200.2.2/3478");
        await(() ->
                responders.output().lines().anyMatch(line -> line.startsWith("udp 11.200.1.2:") && line.endsWith(end)));
        NatFinding found = finding(probe(lab.host(1, 1), TEREDO));
        assertThat(found.port()).isEqualTo(TEREDO);
        assertThat(found.mapping()).isEqualTo(ENDPOINT_INDEPENDENT);
    }

    @Test
    void aCutSiteIsAloneUntilItIsHealed() {
        lab.nat(1, NatType.RESTRICTED);
        lab.cut(1);
        Running cut = probe(lab.host(1, 1), TEREDO);
        Running other = probe(lab.host(2, 1), TEREDO);
        cut.awaitLine(NatProbe.SILENT, PATIENCE);
        finding(other);
        lab.heal(1);
        assertThat(finding(probe(lab.host(1, 1), TEREDO)).outside()).isEqualTo(lab.outside(1));
    }

    @ParameterizedTest
    @EnumSource
    void aHostsFirewallStopsUdp(Host.Direction direction) {
        Host host = lab.host(2, 2);
        host.blockUdp(direction);
        probe(host, TEREDO).awaitLine(NatProbe.SILENT, PATIENCE);
        host.unblock();
        finding(probe(host, TEREDO));
    }

    @Test
    void aHostsFirewallStopsUdpToOnePort() {
        Host host = lab.host(2, 2);
        host.blockUdp(Host.Direction.IN, TEREDO);
        Running blocked = probe(host, TEREDO);
        blocked.awaitLine(NatProbe.SILENT, PATIENCE);
        finding(probe(host, TEREDO + 10));
        host.unblock();
    }

    @Test
    void aPrivateSourceDoesNotPassTheCore() {
        Host origin = lab.origin();
        origin.exec("ip", "addr", "add", "10.9.9.9/32", "dev", "lo");
        sendFrom("10.9.9.9");
        long before = seenFromOrigin();
        sendFrom(origin.address());
        await(() -> seenFromOrigin() > before);
        assertThat(responders.output()).doesNotContain("10.9.9.9");
        assertThat(responders.output()).doesNotContain("udp 10.");
    }

    private static long seenFromOrigin() {
        return responders
                .output()
                .lines()
                .filter(line -> line.startsWith("udp 11.200.1.2:"))
                .count();
    }

    private static void sendFrom(String source) {
        Host origin = lab.origin();
        origin.exec("ip", "route", "replace", "default", "via", "11.200.1.1", "src", source);
        origin.exec("bash", "-c", "printf ab > /dev/udp/11.200.2.2/3478");
    }

    @Test
    void hostsKnowTheNamesOfTheInternet() {
        assertThat(lab.host(2, 1).exec("getent", "hosts", "teredo.lab", "origin.lab"))
                .contains("11.200.2.2", "11.200.1.2");
    }

    private static String mappings() {
        return lab.gateway(1).exec("nft", "list table ip nat");
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            LockSupport.parkNanos(POLL);
        }
    }

    private static Running probe(Host host, int port) {
        return host.spawn(JavaProgram.command(NatProbe.class, Integer.toString(port)));
    }

    private static NatFinding finding(Running probe) {
        return NatFinding.parse(probe.awaitLine(NatFinding.START, PATIENCE));
    }
}
