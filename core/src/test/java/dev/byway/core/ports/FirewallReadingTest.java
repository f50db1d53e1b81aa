package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.Platform;
import dev.byway.core.ports.FirewallReading.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read from the real print of real tools, and from rules that are hard to read. */
class FirewallReadingTest {
    private static final Machine MACHINE = Cases.machine("10.77.0.0/24", "2001:db8:1::/64");

    private static Verdict nftables(String json, Need need, String family) {
        return verdict(linux(Optional.of(json), Optional.empty()), need, family);
    }

    private static Verdict iptables(String rules, Need need) {
        String text = "*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n:LAN - [0:0]\n" + rules + "\nCOMMIT\n";
        return verdict(linux(Optional.empty(), Optional.of(text)), need, "IPv4");
    }

    private static FirewallReading linux(Optional<String> nftables, Optional<String> iptables) {
        return FirewallReading.of(Platform.LINUX, List.of(nftables, iptables, Optional.empty()), MACHINE);
    }

    private static Verdict verdict(FirewallReading reading, Need need, String family) {
        return reading.check(PortRule.all(Cases.device(DownloadMode.LAN))).stream()
                .filter(finding ->
                        finding.rule().need() == need && finding.family().equals(family))
                .map(Finding::verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHostThatDropsByDefaultBlocksAllByItsPolicy() {
        String json = Printed.text("default-drop.nft.json");
        for (Need need : List.of(Need.PEER_IN, Need.PEER_OUT, Need.DISCOVERY_IN, Need.ORIGIN_HTTPS)) {
            assertThat(nftables(json, need, "IPv4").label()).isEqualTo("blocked");
        }
        assertThat(nftables(json, Need.PEER_IN, "IPv6").detail()).contains("policy drop of chain inet filter input");
    }

    @Test
    void withThePrintedRulesAllIsOpen() {
        FirewallReading reading = linux(Optional.of(Printed.text("opened.nft.json")), Optional.empty());
        assertThat(reading.check(PortRule.all(Cases.device(DownloadMode.LAN))))
                .hasSizeGreaterThan(10)
                .extracting(Finding::verdict)
                .containsOnly(new Verdict.Open());
        assertThat(reading.check(PortRule.all(Cases.fleetDevice(DownloadMode.INTERNET))))
                .filteredOn(finding -> finding.rule().need() == Need.PEER_IN)
                .extracting(finding -> finding.verdict().label())
                .as("open to the subnet alone is neither open to all nor closed")
                .containsOnly("unknown");
    }

    @Test
    void whatDependsOnARuleThatIsNotUnderstoodIsUnknown() {
        String json = Printed.text("sample.nft.json");
        assertThat(nftables(json, Need.DISCOVERY_IN, "IPv4").detail()).contains("rule 12 of chain inet filter input");
        assertThat(nftables(json, Need.PEER_OUT, "IPv4")).isEqualTo(new Verdict.Open());
    }

    @Test
    void noFirewallAtAllIsOpen() {
        assertThat(nftables("{\"nftables\": []}", Need.PEER_IN, "IPv4")).isEqualTo(new Verdict.Open());
    }

    @Test
    void theRuleThatBlocksIsNamedAndTheOrderCounts() {
        assertThat(iptables("-A INPUT -s 10.77.0.0/24 -p tcp -m tcp --dport 7680 -j ACCEPT", Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
        assertThat(iptables(
                                "-A INPUT -p tcp -m tcp --dport 7000:8000 -j REJECT --reject-with tcp-reset\n"
                                        + "-A INPUT -j ACCEPT",
                                Need.PEER_IN)
                        .detail())
                .isEqualTo("iptables: -A INPUT -p tcp -m tcp --dport 7000:8000 -j REJECT --reject-with tcp-reset");
        assertThat(iptables("-A INPUT -s 192.168.0.0/16 -p tcp -j ACCEPT", Need.PEER_IN)
                        .detail())
                .isEqualTo("iptables: policy DROP of chain INPUT");
    }

    @Test
    void chainsAreFollowedAndReturnedFrom() {
        assertThat(iptables(
                        "-A INPUT -j LAN\n-A LAN -p udp -j RETURN\n-A LAN -p tcp -m multiport --dports 22,7680 -j ACCEPT",
                        Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
        assertThat(iptables("-A INPUT -g LAN\n-A INPUT -j ACCEPT\n-A LAN -p udp -j ACCEPT", Need.PEER_IN)
                        .label())
                .isEqualTo("blocked");
        assertThat(iptables("-A INPUT -j LAN\n-A LAN -j LAN", Need.PEER_IN).label())
                .as("a circle, which iptables itself refuses")
                .isEqualTo("unknown");
        assertThat(iptables("-A INPUT -j NOWHERE", Need.PEER_IN).detail()).contains("NOWHERE");
    }

    @Test
    void anUnclearRuleThatChangesNothingDoesNotMatter() {
        assertThat(iptables("-A INPUT -m mark --mark 0x1 -j ACCEPT\n-A INPUT -j ACCEPT", Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
        assertThat(iptables("-A INPUT -m mark --mark 0x1 -j ACCEPT", Need.PEER_IN)
                        .label())
                .isEqualTo("unknown");
        assertThat(iptables("-A INPUT -i lo -j ACCEPT", Need.PEER_IN).label()).isEqualTo("blocked");
        assertThat(iptables("-A INPUT ! -s 10.0.0.0/8 -j DROP\n-A INPUT -j ACCEPT", Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
        assertThat(iptables("-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", Need.PEER_IN)
                        .label())
                .isEqualTo("blocked");
    }

    @Test
    void aRuleForAnInterfaceCountsForWhatComesOverIt() {
        assertThat(iptables("-A INPUT -i eth0 -p tcp -j ACCEPT", Need.PEER_IN)).isEqualTo(new Verdict.Open());
        assertThat(iptables("-A INPUT -i eth+ -p tcp -j ACCEPT", Need.PEER_IN)).isEqualTo(new Verdict.Open());
        assertThat(iptables("-A INPUT -i wlan0 -p tcp -j ACCEPT", Need.PEER_IN).label())
                .isEqualTo("blocked");
        assertThat(iptables("-A INPUT ! -i eth0 -p tcp -j DROP\n-A INPUT -j ACCEPT", Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
    }

    @Test
    void eachSubnetIsReachedOverItsOwnInterface() {
        Machine two = new Machine(
                List.of(
                        new Link("eth0", List.of(Prefix.parse("10.77.0.0/24"))),
                        new Link("wg0", List.of(Prefix.parse("10.9.0.0/24")))),
                Optional.empty());
        String text = "*filter\n:INPUT DROP [0:0]\n-A INPUT -i wg0 -j ACCEPT\n%sCOMMIT\n";
        assertThat(peerIn(text.formatted("-A INPUT -s 10.77.0.0/24 -i eth0 -j ACCEPT\n"), DownloadMode.LAN, two))
                .isEqualTo(new Verdict.Open());
        assertThat(peerIn(text.formatted(""), DownloadMode.LAN, two).label()).isEqualTo("blocked");
        assertThat(peerIn(text.formatted(""), DownloadMode.INTERNET, two).label())
                .as("from anywhere it may come over either")
                .isEqualTo("unknown");
    }

    private static Verdict peerIn(String iptables, DownloadMode mode, Machine machine) {
        return FirewallReading.of(
                        Platform.LINUX, List.of(Optional.empty(), Optional.of(iptables), Optional.empty()), machine)
                .check(PortRule.all(Cases.device(mode)))
                .getFirst()
                .verdict();
    }

    @Test
    void whatComesInIsForThisMachineOrTheGroupOfDiscovery() {
        String rule = "-A INPUT -m addrtype --dst-type LOCAL -j ACCEPT";
        assertThat(iptables(rule, Need.PEER_IN)).isEqualTo(new Verdict.Open());
        assertThat(iptables(rule, Need.DISCOVERY_IN).label()).as("for a group").isEqualTo("blocked");
        assertThat(iptables("-A INPUT -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT", Need.DISCOVERY_IN))
                .isEqualTo(new Verdict.Open());
        assertThat(iptables("-A INPUT -m rt --rt-type 0 -j DROP\n-A INPUT -j ACCEPT", Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
    }

    @Test
    void ufwIsReadThroughTheRulesOfIptablesThatItMakes() {
        FirewallReading reading =
                linux(Optional.of(Printed.text("ufw.nft.json")), Optional.of(Printed.text("ufw.iptables")));
        assertThat(verdict(reading, Need.PEER_IN, "IPv4")).isEqualTo(new Verdict.Open());
        assertThat(verdict(reading, Need.PEER_OUT, "IPv4")).isEqualTo(new Verdict.Open());
    }

    /** eth0 is in zone internal, which has port 7680; 192.168.7.0/24 is zone work, with a rule against .9; public is for all else. */
    @Test
    void firewalldIsReadByTheZoneOfTheInterfaceOrTheSource() {
        Verdict inZone = firewalld(new Link("eth0", List.of(Prefix.parse("10.77.0.0/24"))), Need.PEER_IN);
        assertThat(inZone).isEqualTo(new Verdict.Open());
        assertThat(firewalld(new Link("eth0", List.of(Prefix.parse("10.77.0.0/24"))), Need.DISCOVERY_IN))
                .as("the service mdns is for the group")
                .isEqualTo(new Verdict.Open());
        assertThat(firewalld(new Link("eth1", List.of(Prefix.parse("10.78.0.0/24"))), Need.PEER_IN))
                .isEqualTo(new Verdict.Blocked(new Decider(
                        "firewalld: zone public, where nothing lets it in (firewall-cmd --info-zone=public)",
                        "byway ports --apply --format firewalld")));
        assertThat(firewalld(new Link("eth0", List.of(Prefix.parse("192.168.7.0/24"))), Need.PEER_IN)
                        .detail())
                .as("the source goes before the interface")
                .contains("zone work, where");
        assertThat(firewalld(new Link("eth0", List.of(Prefix.parse("192.168.7.9/32"))), Need.PEER_IN)
                        .detail())
                .contains("a rich rule of zone work");
        assertThat(firewalld(new Link("eth1", List.of(Prefix.parse("10.78.0.0/24"))), Need.ORIGIN_HTTPS))
                .isEqualTo(new Verdict.Open());
    }

    @Test
    void addressesThatFirewalldAlwaysRefusesAreNoneOfTheInternets() {
        Link link = new Link("eth0", List.of(Prefix.parse("2001:db8:1::/64")));
        assertThat(firewalld(link, Need.ORIGIN_HTTPS, "IPv6")).isEqualTo(new Verdict.Open());
    }

    private static Verdict firewalld(Link link, Need need) {
        return firewalld(link, need, "IPv4");
    }

    private static Verdict firewalld(Link link, Need need, String family) {
        return verdict(
                FirewallReading.of(
                        Platform.LINUX,
                        List.of(Optional.of(Printed.text("firewalld.nft.json")), Optional.empty(), Optional.empty()),
                        new Machine(List.of(link), Optional.empty())),
                need,
                family);
    }

    @Test
    void aRuleOfUfwForAnInterfaceAndItsDefaultsAreNamedAsItsOwn() {
        String text = """
                *filter
                :INPUT DROP [0:0]
                :OUTPUT DROP [0:0]
                :ufw-user-input - [0:0]
                -A INPUT -j ufw-user-input
                -A ufw-user-input -i eth0 -p tcp -m tcp --dport 7680 -j DROP
                -A ufw-user-input -p tcp -m tcp --dport 7680 -j ACCEPT
                COMMIT
                """;
        assertThat(verdict(linux(Optional.empty(), Optional.of(text)), Need.PEER_IN, "IPv4"))
                .isEqualTo(new Verdict.Blocked(new Decider(
                        "ufw, as iptables: -A ufw-user-input -i eth0 -p tcp -m tcp --dport 7680 -j DROP",
                        "byway ports --apply --format ufw")));
        assertThat(verdict(linux(Optional.empty(), Optional.of(text.replace("eth0", "eth1"))), Need.PEER_IN, "IPv4"))
                .isEqualTo(new Verdict.Open());
        assertThat(verdict(linux(Optional.empty(), Optional.of(text)), Need.ORIGIN_HTTPS, "IPv4"))
                .isEqualTo(new Verdict.Blocked(new Decider(
                        "ufw, as iptables: policy DROP of chain OUTPUT", "byway ports --apply --format ufw")));
    }

    @Test
    void whatIsNoRulesetIsSaid() {
        assertThat(nftables("Operation not permitted", Need.PEER_IN, "IPv4").detail())
                .contains("nft -j list ruleset");
        assertThat(verdict(linux(Optional.empty(), Optional.empty()), Need.PEER_IN, "IPv4"))
                .isEqualTo(new Verdict.Unknown("none of nft, iptables-save, ip6tables-save can be run here"));
    }
}
