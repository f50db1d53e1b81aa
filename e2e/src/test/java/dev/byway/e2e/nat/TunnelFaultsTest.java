package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Device;
import dev.byway.e2e.PublishedFile;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code byway doctor} says of the tunnel through NATs: nothing in a healthy net, and the one right thing after each fault. */
@Tag("netns")
class TunnelFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path home;

    private Sites sites;

    @BeforeEach
    void open() {
        sites = Sites.open(home, 1, NatType.PORT_RESTRICTED, NatType.RESTRICTED, NatType.SYMMETRIC);
    }

    @AfterEach
    void close() {
        sites.close();
    }

    private Device device(int site) {
        return sites.device(site, 1, "lan.discovery=off");
    }

    private static Map<String, String> doctor(Device device) {
        Running doctor = device.run("doctor", "--json");
        doctor.awaitEnd(PATIENCE);
        JsonNode report = MAPPER.readTree(doctor.output());
        Map<String, String> findings = new TreeMap<>();
        for (JsonNode result : report.path("checks")) {
            String check = result.path("check").asString();
            if (check.startsWith("teredo-")) {
                findings.put(
                        check,
                        result.path("result").asString() + ": "
                                + result.path("seen").asString());
            }
        }
        System.out.println(String.join("\n", findings.toString(), ""));
        return findings;
    }

    private static Map<String, String> await(Device device, Predicate<Map<String, String>> condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Map<String, String> findings = doctor(device);
        while (!condition.test(findings)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited too long; the doctor says " + findings);
            }
            findings = doctor(device);
        }
        return findings;
    }

    private static void drop(Host host, String what) {
        host.exec("nft", "table inet fault {\nchain out {\ntype filter hook forward priority 0\n" + what + "\n}\n}\n");
    }

    private void fetch(Device holder, Device asking, String name) throws Exception {
        PublishedFile file = sites.publish(name, 2 << 20);
        assertThat(holder.get(file).awaitEnd(PATIENCE)).isZero();
        assertThat(asking.get(file).awaitEnd(PATIENCE)).isZero();
    }

    @Test
    void theHealthyNetHasNothingToSay() throws Exception {
        List<Device> devices = List.of(device(1), device(2), device(3));
        sites.run();
        sites.awaitMet();
        fetch(devices.get(1), devices.get(0), "healthy.bin");
        Map<String, String> findings = doctor(devices.get(0));
        assertThat(findings.get("teredo-server")).startsWith("pass").contains("sees this device at 11.0.1.2:");
        assertThat(findings.get("teredo-nat"))
                .startsWith("pass")
                .contains("endpoint-independent mapping, address-and-port-dependent filtering");
        assertThat(findings.get("teredo-peers")).startsWith("pass").contains("1 of 1 devices of other sites met");
        fetch(devices.get(2), devices.get(0), "hopeless.bin");
        assertThat(doctor(devices.get(0)).get("teredo-peers"))
                .contains("there is no way")
                .contains("symmetric");
        assertThat(doctor(devices.get(2)).get("teredo-nat")).startsWith("warn").contains("a symmetric NAT");
    }

    @Test
    void port3544IsBlocked() {
        Device device = device(1);
        drop(sites.lab().gateway(1), "udp dport 3544 drop");
        sites.run();
        Map<String, String> findings =
                await(device, now -> now.getOrDefault("teredo-server", "").startsWith("fail"));
        assertThat(findings.get("teredo-server")).contains("no answer to", "while the coordinator answers over TCP");
        assertThat(findings.get("teredo-nat")).startsWith("not-collected");
        assertThat(findings.get("teredo-peers")).startsWith("not-collected");
    }

    @Test
    void peersUdpIsBlockedAlthoughTheDeviceQualifies() throws Exception {
        List<Device> devices = List.of(device(1), device(2));
        drop(sites.lab().gateway(1), "iifname \"lan\" meta l4proto udp udp dport != { 53, 3544 } drop");
        sites.run();
        sites.awaitMet();
        fetch(devices.get(1), devices.get(0), "blocked.bin");
        Map<String, String> findings = await(
                devices.get(0), now -> now.getOrDefault("teredo-peers", "").startsWith("fail"));
        assertThat(findings.get("teredo-server")).startsWith("pass");
        assertThat(findings.get("teredo-peers")).contains("though these NATs would let it");
    }

    /** As routers do that take many packets of UDP for an attack. */
    @Test
    void udpIsLimitedToFewPackets() throws Exception {
        List<Device> devices = List.of(device(1), device(2));
        sites.run();
        sites.awaitMet();
        fetch(devices.get(1), devices.get(0), "healthy.bin");
        assertThat(doctor(devices.get(0)).get("teredo-server")).startsWith("pass");
        drop(sites.lab().gateway(1), "meta l4proto udp limit rate over 5/second burst 5 packets drop");
        Map<String, String> findings = doctor(devices.get(0));
        assertThat(findings.get("teredo-server")).startsWith("fail").containsPattern("only [0-9]+ of 20 packets");
        assertThat(findings.get("teredo-nat")).doesNotStartWith("fail");
        assertThat(findings.get("teredo-peers")).doesNotStartWith("fail");
    }

    @Test
    void theServerAnswersFromAnotherAddress() {
        Device device = device(1);
        // A NAT before the coordinator that sends answers out under another address.
        device.host().exec("nft", """
                table ip fault {
                  chain in {
                    type filter hook prerouting priority raw
                    ip saddr 11.200.2.2 udp sport 3544 ip saddr set 11.200.2.9
                  }
                }
                """);
        sites.run();
        Map<String, String> findings =
                await(device, now -> now.getOrDefault("teredo-server", "").startsWith("fail"));
        assertThat(findings.get("teredo-server")).contains("11.200.2.9:3544 answered");
    }

    @Test
    void whatIsSwitchedOffIsNotLookedAt() {
        Device device = sites.device(1, 1, "lan.discovery=off", "teredo.client=off");
        sites.run();
        assertThat(doctor(device).get("teredo-server"))
                .startsWith("not-applicable")
                .contains("teredo.client is off");
        assertThat(device.host().exec("ss", "-Hulpn")).doesNotContain("java");
    }
}
