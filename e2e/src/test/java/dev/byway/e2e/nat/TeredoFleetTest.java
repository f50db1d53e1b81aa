package dev.byway.e2e.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.e2e.Program;
import dev.byway.e2e.lab.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices behind real NATs learn from the real coordinator of Teredo servers, of each other, and what their NATs filter. */
@Tag("netns")
class TeredoFleetTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @Test
    void devicesBehindNatsAreNamedToEachOtherAndNobodyAimsThemAtAnother() throws IOException {
        NatType[] types = NatType.values();
        try (NatLab lab = NatLab.open(home, 1, types);
                Running coordinator = lab.coordinator().spawn(coordinator())) {
            coordinator.awaitLine("ready ", PATIENCE);
            Path token = Files.writeString(home.resolve("join.token"), token(lab));
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < types.length; i++) {
                List<String> arguments =
                        new ArrayList<>(List.of(home.resolve("device" + i).toString(), token.toString()));
                arguments.addAll(addresses.stream().limit(1).toList());
                Running device = lab.host(i + 1, 1)
                        .spawn(JavaProgram.command(TeredoMember.class, arguments.toArray(String[]::new)));
                device.awaitLine("done", PATIENCE);
                System.out.println(types[i] + ": " + device.output().replace('\n', ';'));
                String verdict = device.awaitLine("verdict ", PATIENCE);
                assertThat(verdict).startsWith("verdict TAKEN ");
                boolean byPort = types[i] == NatType.PORT_RESTRICTED || types[i] == NatType.SYMMETRIC;
                assertThat(device.output().lines())
                        .contains(
                                "servers [11.200.2.2, 11.200.2.3]",
                                "offers " + i + ", through the tunnel " + i,
                                byPort ? "filtering lost" : "filtering arrived");
                if (i > 0) {
                    assertThat(device.output().lines()).contains("aimed OTHER_ADDRESS OTHER_ADDRESS");
                }
                addresses.add(verdict.substring("verdict TAKEN ".length()));
            }
        }
    }

    private List<String> coordinator() {
        return Program.command(
                "coordinator",
                "--state",
                home.resolve("coordinator").toString(),
                "--set",
                "listen.port=443",
                "--url",
                "https://11.200.2.2",
                "--set",
                "teredo.server.addresses=11.200.2.2,11.200.2.3");
    }

    private String token(NatLab lab) {
        try (Running token = lab.coordinator()
                .spawn(Program.command(
                        "coordinator",
                        "token",
                        "--state",
                        home.resolve("coordinator").toString()))) {
            assertThat(token.awaitEnd(PATIENCE)).as(token::errors).isZero();
            return token.output();
        }
    }
}
