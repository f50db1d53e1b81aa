package dev.byway.e2e;

import dev.byway.e2e.lab.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A host's own firewall that drops what nothing allows, both ways, and how it is opened for Byway. */
public enum HostFirewall {
    /** Opened by the rules that {@code byway ports} prints. */
    NFTABLES,
    /** Opened by the rules that {@code byway ports} prints. */
    IPTABLES,
    /** Opened by {@code byway ports --apply}. */
    UFW;

    /** What any such host has: loopback, answers, name service, neighbour discovery; and nothing more. */
    private static final String DROP = """
            table inet filter {
                chain input {
                    type filter hook input priority filter; policy drop;
                    iif lo accept
                    ct state established,related accept
                    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
                }
                chain output {
                    type filter hook output priority filter; policy drop;
                    oif lo accept
                    ct state established,related accept
                    udp dport 53 accept
                    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept
                }
            }
            """;

    private static final List<String> DROP_OF_IPTABLES = List.of(
            "-A INPUT -i lo -j ACCEPT",
            "-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
            "-A OUTPUT -o lo -j ACCEPT",
            "-A OUTPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
            "-P INPUT DROP",
            "-P OUTPUT DROP");

    /** Skips the test where it is not installed. */
    public void mustBeInstalled() {
        switch (this) {
            case NFTABLES -> {}
            case IPTABLES -> FirewallTrial.mustHave("/usr/sbin/iptables", "iptables");
            case UFW -> FirewallTrial.mustHave("/usr/sbin/ufw", "ufw");
        }
    }

    /** Raises it on a host that has none. */
    public void raise(Host host) {
        switch (this) {
            case NFTABLES -> host.exec("nft", DROP);
            case IPTABLES -> {
                for (String rule : DROP_OF_IPTABLES) {
                    host.exec(("iptables " + rule).split(" "));
                    host.exec(("ip6tables " + rule).split(" "));
                }
            }
            case UFW -> {
                host.ownSettings("ufw");
                host.ownSettings("default");
                host.exec("ufw", "default", "deny", "incoming");
                host.exec("ufw", "default", "deny", "outgoing");
                host.exec("ufw", "--force", "enable");
            }
        }
    }

    /**
     * Opens it for what a machine needs.
     *
     * @param more options of {@code byway ports}, besides the settings of the machine
     */
    public void open(Device machine, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("ports", "--format", name().toLowerCase(Locale.ROOT)));
        command.addAll(List.of(more));
        switch (this) {
            case NFTABLES ->
                machine.host().exec("nft", "-f", printed(machine, command).toString());
            case IPTABLES ->
                machine.host().exec("sh", "-e", printed(machine, command).toString());
            case UFW -> {
                command.add("--apply");
                FirewallTrial.mustSucceed(machine.run(command.toArray(String[]::new)));
            }
        }
    }

    private static Path printed(Device machine, List<String> command) throws IOException {
        Path file = machine.state().resolveSibling(machine.state().getFileName() + ".rules");
        return FirewallTrial.printed(machine.run(command.toArray(String[]::new)), file);
    }
}
