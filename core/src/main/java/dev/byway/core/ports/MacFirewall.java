package dev.byway.core.ports;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two firewalls of macOS: one that knows programs, and pf, which knows packets. Both must let through. */
final class MacFirewall {
    static final List<Command> QUESTIONS = Stream.concat(
                    Stream.of("--getglobalstate", "--getblockall", "--getallowsigned", "--listapps")
                            .map(word -> Command.of(ApplicationFirewall.TOOL, word)),
                    Stream.of("-s info", "-a * -sr", "-sr").map(words -> Command.of("pfctl " + words)))
            .toList();

    private MacFirewall() {}

    static List<PacketFilter> filters(List<Optional<String>> answers, Machine machine) {
        PacketFilter applications = answers.get(0)
                .<PacketFilter>map(state -> ApplicationFirewall.parse(
                        state,
                        answers.get(1).orElse(""),
                        answers.get(2).orElse(""),
                        answers.get(3).orElse(""),
                        machine.program()))
                .orElse(unknown(ApplicationFirewall.TOOL));
        return List.of(applications, packets(answers.get(4), answers.get(5).or(() -> answers.get(6))));
    }

    private static PacketFilter packets(Optional<String> info, Optional<String> rules) {
        String state = info.orElse("");
        if (state.contains("Status: Disabled")) {
            return _ -> new Verdict.Open();
        }
        return state.contains("Status: Enabled")
                ? rules.<PacketFilter>map(PfFilter::parse).orElse(unknown("pfctl -sr"))
                : unknown("pfctl -s info");
    }

    private static PacketFilter unknown(String command) {
        return _ -> new Verdict.Unknown(command + " printed nothing that is understood here");
    }
}
