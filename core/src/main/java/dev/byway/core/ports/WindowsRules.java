package dev.byway.core.ports;

import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Prefix;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for Windows' firewall, in PowerShell, in a group of Byway's own and for its program alone (New-NetFirewallRule,
 * module NetSecurity). Windows knows the local subnet itself, so no addresses need be kept up to date.
 */
final class WindowsRules {
    static final String REMOVAL =
            "$ErrorActionPreference = 'Stop'\nGet-NetFirewallRule -Group Byway -ErrorAction SilentlyContinue | Remove-NetFirewallRule\n";

    private WindowsRules() {}

    static String script(List<Opening> openings, Machine machine) {
        Map<PortRule, SequencedSet<String>> remotes = new LinkedHashMap<>();
        openings.forEach(opening -> remotes.computeIfAbsent(opening.rule(), _ -> new LinkedHashSet<>())
                .addAll(remote(opening, machine)));
        String head = """
                # Byway's ports, for Windows: run in PowerShell as administrator. Away again: Remove-NetFirewallRule -Group Byway
                %s""".formatted(
                        machine.program().isPresent() ? "" : "# Name the program too: --program 'C:\\...\\java.exe'\n");
        return remotes.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue(), machine))
                .collect(Collectors.joining("", head, ""));
    }

    private static List<String> remote(Opening opening, Machine machine) {
        if (opening.anywhere()) {
            return List.of("Any");
        }
        Stream<String> named = opening.far().stream()
                .filter(far -> !machine.subnets().contains(far))
                .map(Prefix::toString);
        return Stream.concat(Stream.of("LocalSubnet"), named).toList();
    }

    private static String line(PortRule rule, SequencedSet<String> remotes, Machine machine) {
        boolean in = rule.way() == Way.IN;
        StringBuilder line = new StringBuilder("New-NetFirewallRule -Group Byway -Name ")
                .append(quoted("byway-" + rule.need().label()))
                .append(" -DisplayName ")
                .append(quoted("Byway: " + rule.need().purpose()))
                .append(in ? " -Direction Inbound" : " -Direction Outbound")
                .append(" -Action Allow -Protocol ")
                .append(rule.transport());
        switch (rule.port()) {
            case PortNumber.One(int port) ->
                line.append(in ? " -LocalPort " : " -RemotePort ").append(port);
            case PortNumber.Any() -> {}
        }
        line.append(" -RemoteAddress ")
                .append(remotes.stream().map(WindowsRules::word).collect(Collectors.joining(",")));
        rule.address().ifPresent(address -> line.append(" -LocalAddress ").append(quoted(Addresses.format(address))));
        machine.program().ifPresent(program -> line.append(" -Program ").append(quoted(program)));
        return line.append('\n').toString();
    }

    private static String word(String remote) {
        return remote.matches("[A-Za-z]+") ? remote : quoted(remote);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
