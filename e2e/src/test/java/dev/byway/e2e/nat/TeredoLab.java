package dev.byway.e2e.nat;

import dev.byway.e2e.Program;
import dev.byway.e2e.lab.Host;
import dev.byway.e2e.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The programs that meet in a {@link NatLab}. */
final class TeredoLab {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LOCAL_PORT = 3545;

    private TeredoLab() {}

    /** The command of a coordinator that is a Teredo server on both of its addresses. */
    static List<String> coordinator(Path home) {
        return Program.command(
                "--state",
                home.resolve("coordinator").toString(),
                "coordinator",
                "--set",
                "teredo.server.addresses=11.200.2.2,11.200.2.3");
    }

    /** Starts the rules of the client on a host; see {@link TeredoDevice}. */
    static Running device(Host host, List<String> wishes) {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(LOCAL_PORT), "11.200.2.2", "11.200.2.3"));
        arguments.addAll(wishes);
        return host.spawn(JavaProgram.command(TeredoDevice.class, arguments.toArray(String[]::new)));
    }

    /** Its Teredo address, once it has one. */
    static String address(Running device) {
        return device.awaitLine("qualified ", PATIENCE).substring("qualified ".length());
    }
}
