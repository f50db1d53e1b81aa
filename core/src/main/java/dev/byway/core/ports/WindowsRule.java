package dev.byway.core.ports;

import dev.byway.core.ports.Condition.Field;
import dev.byway.core.ports.Condition.Trait;
import dev.byway.core.ports.FilterRule.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule of Windows' firewall: fields, several of one name where any of them may hold ([MS-GPFAS], section 2.2.2.19).
 *
 * @param id the name of its value in the registry
 * @param fields by name
 * @param policy whether a group policy sets it
 */
record WindowsRule(String id, Map<String, List<String>> fields, boolean policy) {
    private static final int MOST_FIELDS = 500;

    /** Rules for a service, or for what was installed from the store, are not for Byway. */
    private static final Set<String> FOR_OTHERS = Set.of("AppPkgId", "PFN", "LUOwn");

    /** What decides over no packet, or is looked at by itself. */
    private static final Set<String> KNOWN = Set.of(
            "Action",
            "Active",
            "Dir",
            "Protocol",
            "Profile",
            "Name",
            "Desc",
            "EmbedCtxt",
            "Edge",
            "Defer",
            "ICMP4",
            "ICMP6",
            "App",
            "Svc",
            "LOM",
            "Security");

    private static final Set<String> KNOWN_BEGINNINGS =
            Set.of("LPort", "RPort", "LA4", "LA6", "RA4", "RA6", "Platform", "TTK");

    /** All rules of that registry. */
    static Stream<WindowsRule> all(WindowsRegistry registry, boolean policy) {
        return Stream.of("firewallrules", "mdm\\firewallrules")
                .flatMap(key -> registry.values(key).entrySet().stream())
                .map(value -> new WindowsRule(value.getKey(), fields(value.getValue()), policy));
    }

    private static Map<String, List<String>> fields(String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String field : text.split("\\|", MOST_FIELDS)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.computeIfAbsent(field.substring(0, equals), _ -> new ArrayList<>())
                        .add(field.substring(equals + 1));
            }
        }
        return fields;
    }

    private List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    private String one(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    private List<String> beginning(String... names) {
        return Stream.of(names)
                .flatMap(name -> fields.entrySet().stream()
                        .filter(field -> field.getKey().startsWith(name))
                        .flatMap(field -> field.getValue().stream()))
                .toList();
    }

    /** Whether it is switched on, for that way and that profile. */
    boolean counts(Way way, String profile) {
        boolean everywhere = all("Profile").isEmpty();
        return one("Active").equalsIgnoreCase("TRUE")
                && one("Dir").equalsIgnoreCase(way.label())
                && (everywhere || all("Profile").stream().anyMatch(profile::equalsIgnoreCase));
    }

    /** As rules of a chain: none when it is not for Byway, one for each family where it names addresses. */
    List<FilterRule> filterRules(Way way, Machine machine) {
        List<Condition> conditions = new ArrayList<>();
        if (!isForUs(machine, conditions)) {
            return List.of();
        }
        transport(conditions);
        ports(way == Way.IN ? "LPort" : "RPort", Field.DESTINATION_PORT, conditions);
        ports(way == Way.IN ? "RPort" : "LPort", Field.SOURCE_PORT, conditions);
        if (fields.keySet().stream().anyMatch(name -> !isKnown(name))) {
            conditions.add(new Condition.Unclear());
        }
        if (beginning("LA", "RA").isEmpty()) {
            return List.of(rule(conditions));
        }
        return Stream.of(Family.values())
                .flatMap(family -> addresses(way, family, machine).stream())
                .map(addresses -> rule(
                        Stream.concat(conditions.stream(), addresses.stream()).toList()))
                .toList();
    }

    private static boolean isKnown(String name) {
        return KNOWN.contains(name) || KNOWN_BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    private FilterRule rule(List<Condition> conditions) {
        Action action = switch (one("Action")) {
            case "Allow" -> new Action.Accept();
            case "Block" -> new Action.Drop();
            default -> new Action.Unclear();
        };
        return new FilterRule(conditions, action, decider());
    }

    private Decider decider() {
        String words = "Windows' firewall: rule " + id + " (" + one("Name") + ")";
        if (policy) {
            return new Decider(words + " of a group policy", "take the rule " + id + " out of the group policy");
        }
        return new Decider(words, "Disable-NetFirewallRule -Name '" + id.replace("'", "''") + "'");
    }

    private boolean isForUs(Machine machine, List<Condition> conditions) {
        String service = one("Svc");
        boolean secured = !one("Security").isEmpty() && !one("Action").equals("Block");
        if (fields.keySet().stream().anyMatch(FOR_OTHERS::contains)
                || !(service.isEmpty() || service.equals("*"))
                || secured
                || one("Action").equals("ByPass")) {
            return false;
        }
        if (service.equals("*") || !one("Security").isEmpty()) {
            conditions.add(new Condition.Unclear());
        }
        String program = one("App");
        if (program.isEmpty()) {
            return true;
        }
        if (machine.program().isEmpty()) {
            conditions.add(new Condition.Unclear());
            return true;
        }
        String ours = machine.program().get();
        boolean variable = program.contains("%") && name(program).equalsIgnoreCase(name(ours));
        if (variable) {
            conditions.add(new Condition.Unclear());
        }
        return variable || program.equalsIgnoreCase(ours);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private void transport(List<Condition> conditions) {
        switch (one("Protocol")) {
            case "", "256" -> {}
            case "6" -> conditions.add(new Condition.Is(Trait.TRANSPORT, Set.of("tcp")));
            case "17" -> conditions.add(new Condition.Is(Trait.TRANSPORT, Set.of("udp")));
            default -> conditions.add(new Condition.Is(Trait.TRANSPORT, Set.of("other")));
        }
    }

    private void ports(String name, Field field, List<Condition> conditions) {
        List<String> ports = beginning(name);
        if (!ports.isEmpty()) {
            within(field, ports.stream().map(WindowsRule::ports).toList(), conditions);
        }
    }

    private static void within(Field field, List<Optional<Span>> spans, List<Condition> conditions) {
        boolean all = spans.stream().allMatch(Optional::isPresent);
        conditions.add(
                all
                        ? new Condition.Within(
                                field, spans.stream().flatMap(Optional::stream).toList())
                        : new Condition.Unclear());
    }

    private static Optional<Span> ports(String text) {
        if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            return Optional.empty(); // a word, as RPC
        }
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        return Optional.of(Span.ports(first, Integer.parseInt(text.substring(dash + 1))));
    }

    /** What it asks of the addresses of one family; empty when it is for the other alone. */
    private Optional<List<Condition>> addresses(Way way, Family family, Machine machine) {
        String digit = family == Family.IPV4 ? "4" : "6";
        List<Condition> all = new ArrayList<>();
        all.add(new Condition.Is(Trait.FAMILY, Set.of(family == Family.IPV4 ? "ipv4" : "ipv6")));
        for (String side : List.of("LA", "RA")) {
            List<String> named = beginning(side + digit);
            if (named.isEmpty() && !beginning(side).isEmpty()) {
                return Optional.empty();
            }
            if (!named.isEmpty()) {
                boolean source = side.equals("RA") == (way == Way.IN);
                within(
                        source ? Field.SOURCE : Field.DESTINATION,
                        named.stream()
                                .flatMap(text -> spans(text, family, machine))
                                .toList(),
                        all);
            }
        }
        return Optional.of(all);
    }

    private static Stream<Optional<Span>> spans(String text, Family family, Machine machine) {
        return text.equalsIgnoreCase("LocalSubnet")
                ? family.subnets(machine.subnets()).map(Span::of).map(Optional::of)
                : Stream.of(Span.parse(text));
    }
}
