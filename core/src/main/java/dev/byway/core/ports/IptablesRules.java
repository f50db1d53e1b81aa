package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.ArrayList;
import java.util.List;

/** Rules for iptables and ip6tables, in chains of Byway's own that INPUT and OUTPUT jump to first (iptables(8)). */
final class IptablesRules {
    private IptablesRules() {}

    static List<Command> commands(List<Opening> openings) {
        List<Command> all = new ArrayList<>();
        for (Family family : Family.values()) {
            String program = family == Family.IPV4 ? "iptables" : "ip6tables";
            for (Way way : Way.values()) {
                List<Opening> some = openings.stream()
                        .filter(opening -> opening.family() == family && opening.way() == way)
                        .toList();
                if (!some.isEmpty()) {
                    all.add(Command.of(program + " -w -N " + chain(way)));
                    some.forEach(opening -> add(program, opening, all));
                    all.add(Command.of(
                            program + " -w -I " + (way == Way.IN ? "INPUT" : "OUTPUT") + " -j " + chain(way)));
                }
            }
        }
        return all;
    }

    private static String chain(Way way) {
        return "BYWAY-" + way;
    }

    private static void add(String program, Opening opening, List<Command> all) {
        boolean in = opening.way() == Way.IN;
        for (Prefix far : opening.far()) {
            StringBuilder words = new StringBuilder(program + " -w -A " + chain(opening.way()));
            if (!Opening.everything(far)) {
                words.append(in ? " -s " : " -d ").append(far);
            }
            opening.near()
                    .ifPresent(address -> words.append(in ? " -d " : " -s ").append(address));
            words.append(" -p ").append(opening.rule().transport().label());
            opening.port().ifPresent(port -> words.append(" --dport ").append(port));
            words.append(" -m comment --comment");
            List<String> arguments = new ArrayList<>(List.of(words.toString().split(" ")));
            arguments.add(opening.comment());
            arguments.addAll(List.of("-j", "ACCEPT"));
            all.add(new Command(arguments));
        }
    }
}
