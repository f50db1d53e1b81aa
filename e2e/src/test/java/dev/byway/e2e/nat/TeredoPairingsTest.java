package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.lab.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two devices behind real NATs, the coordinator's Teredo server between them: which pairings exchange a packet, whoever starts. RFC
 * 4380 alone fails where the symmetric side starts; the nonce of RFC 6081 mends that.
 */
@Tag("netns")
class TeredoPairingsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private static boolean canMeet(NatType a, NatType b) {
        boolean symmetric = a == NatType.SYMMETRIC || b == NatType.SYMMETRIC;
        NatType other = a == NatType.SYMMETRIC ? b : a;
        return !symmetric || other == NatType.FULL_CONE || other == NatType.RESTRICTED;
    }

    @Test
    void thirteenOfSixteenPairingsExchangeAPacket() {
        NatType[] types = NatType.values();
        List<NatType> sites = new ArrayList<>(List.of(types));
        sites.addAll(List.of(types));
        try (NatLab lab = NatLab.open(home, 1, sites.toArray(NatType[]::new))) {
            Running coordinator = lab.coordinator().spawn(TeredoLab.coordinator(home));
            coordinator.awaitLine("ready ", PATIENCE);
            Map<NatType, String> addresses = new EnumMap<>(NatType.class);
            List<Running> awaited = new ArrayList<>();
            for (int i = 0; i < types.length; i++) {
                awaited.add(TeredoLab.device(lab.host(types.length + i + 1, 1), List.of()));
            }
            for (int i = 0; i < types.length; i++) {
                addresses.put(types[i], TeredoLab.address(awaited.get(i)));
            }
            for (int i = 0; i < types.length; i++) {
                List<String> others = List.copyOf(addresses.values());
                Running starter = TeredoLab.device(lab.host(i + 1, 1), others);
                for (NatType other : types) {
                    String address = addresses.get(other);
                    String found = canMeet(types[i], other)
                            ? starter.awaitLine("met " + address, PATIENCE)
                            : starter.awaitLine("missed " + address, PATIENCE);
                    System.out.println(types[i] + " to " + other + ": " + found.replace(address + " ", ""));
                }
                String mapping = types[i] == NatType.SYMMETRIC ? "ENDPOINT_DEPENDENT" : "ENDPOINT_INDEPENDENT";
                assertThat(starter.awaitLine("mapping ", PATIENCE)).isEqualTo("mapping " + mapping);
            }
        }
    }

    /** It is Teredo that is spoken here, and not something like it: trailers pass there as well. */
    @Test
    void theyMeetAtTheServerOfAnotherImplementationToo() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/miredo-server")),
                "skipped: needs miredo-server (apt install miredo-server)");
        try (NatLab lab = NatLab.open(home, 1, NatType.SYMMETRIC, NatType.PORT_RESTRICTED, NatType.RESTRICTED)) {
            Path configuration = Files.writeString(home.resolve("miredo.conf"), "ServerBindAddress 11.200.2.2\n");
            lab.coordinator()
                    .spawn(List.of(
                            "miredo-server",
                            "-f",
                            "-u",
                            "nobody",
                            "-c",
                            configuration.toString(),
                            "-p",
                            home + "/miredo.pid"));
            Running third = TeredoLab.device(lab.host(3, 1), List.of());
            String address = TeredoLab.address(third);
            for (int site : List.of(1, 2)) {
                Running starter = TeredoLab.device(lab.host(site, 1), List.of(address));
                System.out.println(
                        "at miredo-server, site " + site + ": " + starter.awaitLine("met " + address, PATIENCE));
            }
        }
    }
}
