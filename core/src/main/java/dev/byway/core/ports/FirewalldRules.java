package dev.byway.core.ports;

import dev.byway.core.fleet.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules for firewalld: a service for each need, and rich rules of the zones that name it and say from where
 * (firewalld.richlanguage(5)). A zone of Byway's own would take over everything else that comes from those addresses.
 * What goes out is not filtered unless a policy says so, so nothing is added for it.
 */
final class FirewalldRules {
    static final String PREFIX = "byway-";
    private static final String PERMANENT = "firewall-cmd --permanent";

    /** Before the zone's rules that deny: those without a priority have 0 (firewalld.richlanguage(5), since 0.7). */
    private static final int PRIORITY = -100;

    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_/-]{1,100}");
    private static final Command RELOAD = Command.of("firewall-cmd --reload");

    private FirewalldRules() {}

    /**
     * Adds them to its default zone.
     *
     * @see #add(List, List)
     */
    static List<Command> add(List<Opening> openings) {
        return commands(openings, List.of(PERMANENT));
    }

    /** Adds them to these zones: a zone that has interfaces or sources sees nothing of what the default one lets in. */
    static List<Command> add(List<Opening> openings, List<String> zones) {
        return commands(openings, zones.stream().map(FirewalldRules::zone).toList());
    }

    private static List<Command> commands(List<Opening> openings, List<String> places) {
        List<Opening> in =
                openings.stream().filter(opening -> opening.way() == Way.IN).toList();
        SequencedSet<Command> all = new LinkedHashSet<>();
        for (Opening opening : in) {
            all.add(Command.of(PERMANENT + " --new-service=" + service(opening)));
            all.add(Command.of(PERMANENT + " --service=" + service(opening) + " --add-port="
                    + opening.port().orElse("1-65535") + "/"
                    + opening.rule().transport().label()));
            for (Prefix far : opening.far()) {
                places.forEach(place -> all.add(Command.of(place, "--add-rich-rule=" + rich(opening, far))));
            }
        }
        if (!all.isEmpty()) {
            all.add(RELOAD);
        }
        return new ArrayList<>(all);
    }

    private static String zone(String name) {
        return PERMANENT + " --zone=" + name;
    }

    /**
     * The zones that packets may enter.
     *
     * @param initial what {@code --get-default-zone} prints
     * @param active what {@code --get-active-zones} prints
     */
    static List<String> zones(String initial, String active) {
        return Stream.concat(
                        initial.lines(),
                        active.lines().filter(line -> !line.isEmpty() && !Character.isWhitespace(line.charAt(0))))
                .map(line -> line.replaceFirst("\\s.*", ""))
                .filter(ZONE.asMatchPredicate())
                .distinct()
                .toList();
    }

    private static String service(Opening opening) {
        return PREFIX + opening.rule().need().label();
    }

    private static String rich(Opening opening, Prefix far) {
        String family = opening.family() == Family.IPV4 ? "ipv4" : "ipv6";
        String source = Opening.everything(far) ? "" : " source address=\"" + far + "\"";
        String destination = opening.near()
                .map(address -> " destination address=\"" + address + "\"")
                .orElse("");
        return "rule priority=\"" + PRIORITY + "\" family=\"" + family + "\"" + source + destination
                + " service name=\"" + service(opening) + "\" accept";
    }

    /**
     * Takes out the services of Byway, and the rich rules that name them.
     *
     * @param zones what {@code --list-all-zones} prints
     * @param services what {@code --get-services} prints
     */
    static List<Command> remove(String zones, String services) {
        List<Command> all = new ArrayList<>();
        String zone = "";
        for (String line : zones.lines().toList()) {
            if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                zone = line.replaceFirst("\\s.*", "");
            } else if (line.contains("service name=\"" + PREFIX)) {
                all.add(Command.of(zone(zone), "--remove-rich-rule=" + line.strip()));
            }
        }
        Pattern.compile("\\s+")
                .splitAsStream(services)
                .filter(service -> service.startsWith(PREFIX))
                .map(service -> Command.of(PERMANENT + " --delete-service=" + service))
                .forEach(all::add);
        if (!all.isEmpty()) {
            all.add(RELOAD);
        }
        return all;
    }
}
