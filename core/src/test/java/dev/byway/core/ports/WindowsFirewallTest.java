package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read from the registry of Windows. No Windows was at hand: the prints are put together as {@link Printed} says. */
class WindowsFirewallTest {
    private static final Machine MACHINE = new Machine(
            Cases.machine("10.77.0.0/24", "fe80::/64").links(), Optional.of("C:\\Program Files\\Byway\\bin\\java.exe"));

    private static Verdict verdict(String local, Optional<String> policy, String category, Need need) {
        return verdict(local, policy, category, need, MACHINE);
    }

    private static Verdict verdict(String local, Optional<String> policy, String category, Need need, Machine machine) {
        return FirewallReading.of(
                        Platform.WINDOWS, List.of(Optional.of(local), policy, Optional.of(category + "\r\n")), machine)
                .check(PortRule.all(
                        Cases.of(PortRole.AGENT, DownloadMode.LAN, PeerRestriction.NONE, Platform.WINDOWS, false)))
                .stream()
                .filter(finding ->
                        finding.rule().need() == need && finding.family().equals("IPv4"))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static Verdict plain(String rule, Need need) {
        return verdict(rules(rule), Optional.empty(), "Private", need);
    }

    private static String rules(String... rules) {
        StringBuilder text = new StringBuilder(Printed.text("plain.reg"));
        text.append(
                "\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy"
                        + "\\FirewallRules\r\n");
        for (int i = 0; i < rules.length; i++) {
            text.append("    {rule ")
                    .append(i)
                    .append("}    REG_SZ    v2.30|Active=TRUE|")
                    .append(rules[i])
                    .append("\r\n");
        }
        return text.toString();
    }

    @Test
    void withoutRulesOfItsOwnNothingComesInAndAllGoesOut() {
        String text = Printed.text("plain.reg");
        assertThat(verdict(text, Optional.empty(), "Private", Need.PEER_IN))
                .isEqualTo(new Verdict.Blocked(new Decider(
                        "Windows' firewall: what comes in and no rule allows is blocked (profile Private)",
                        "byway ports --apply --format windows")));
        assertThat(verdict(text, Optional.empty(), "Private", Need.DISCOVERY_IN).label())
                .as("the rule for 5353 is that of another service")
                .isEqualTo("blocked");
        assertThat(verdict(text, Optional.empty(), "Private", Need.ORIGIN_HTTPS))
                .isEqualTo(new Verdict.Open());
    }

    @Test
    void whatBywayAppliesOpensWhatItNeeds() {
        String text = Printed.text("opened.reg");
        for (Need need : List.of(Need.PEER_IN, Need.DISCOVERY_IN, Need.PEER_OUT, Need.DISCOVERY_OUT)) {
            assertThat(verdict(text, Optional.empty(), "Public", need))
                    .as("%s", need)
                    .isEqualTo(new Verdict.Open());
        }
        Machine other = new Machine(MACHINE.links(), Optional.of("C:\\jdk\\bin\\java.exe"));
        assertThat(verdict(text, Optional.empty(), "Public", Need.PEER_IN, other)
                        .label())
                .as("for another program")
                .isEqualTo("blocked");
        Machine unnamed = new Machine(MACHINE.links(), Optional.empty());
        assertThat(verdict(text, Optional.empty(), "Public", Need.PEER_IN, unnamed)
                        .label())
                .isEqualTo("unknown");
    }

    @Test
    void aRuleThatBlocksGoesBeforeAllThatAllowAndItsPolicyIsNamed() {
        Verdict in = verdict(
                Printed.text("opened.reg"),
                Optional.of(Printed.text("policy.reg")),
                "DomainAuthenticated",
                Need.PEER_IN);
        assertThat(in.detail()).contains("{6C6F1F8E-", "(No peer to peer) of a group policy");
    }

    @Test
    void thePolicysSettingsGoBeforeTheOwnOnes() {
        Optional<String> policy = Optional.of(Printed.text("policy.reg"));
        String text = Printed.text("opened.reg");
        assertThat(verdict(text, policy, "DomainAuthenticated", Need.PEER_OUT).detail())
                .contains("what goes out and no rule allows", "profile Domain");
        assertThat(verdict(text, policy, "DomainAuthenticated", Need.ORIGIN_HTTPS))
                .isEqualTo(new Verdict.Open());
        assertThat(verdict(text, policy, "Private", Need.PEER_OUT)).isEqualTo(new Verdict.Open());
        assertThat(verdict(text, policy, "", Need.PEER_OUT).detail())
                .as("in which network it is was not said")
                .contains("depends on the profile", "Domain or Private or Public");
        String noMerge = policy.get()
                .replace("DefaultInboundAction    REG_DWORD    0x1", "AllowLocalPolicyMerge    REG_DWORD    0x0");
        assertThat(verdict(text, Optional.of(noMerge), "DomainAuthenticated", Need.DISCOVERY_IN)
                        .label())
                .as("rules of the machine's own do not count")
                .isEqualTo("blocked");
    }

    @Test
    void aProfileThatIsOffOrClosedIsOpenOrClosed() {
        String text = Printed.text("opened.reg");
        assertThat(verdict(
                        Printed.text("plain.reg")
                                .replace("EnableFirewall    REG_DWORD    0x1", "EnableFirewall    REG_DWORD    0x0"),
                        Optional.empty(),
                        "Public",
                        Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
        Verdict closed = verdict(
                text.replace("EnableFirewall    REG_DWORD    0x1", "DoNotAllowExceptions    REG_DWORD    0x1"),
                Optional.empty(),
                "Public",
                Need.PEER_IN);
        assertThat(closed)
                .isInstanceOfSatisfying(
                        Verdict.Blocked.class,
                        blocked -> assertThat(blocked.by().undo())
                                .isEqualTo("Set-NetFirewallProfile -Profile Public -AllowInboundRules True"));
    }

    @Test
    void whatARuleAsksIsAsked() {
        assertThat(plain("Action=Allow|Dir=In|Protocol=6|LPort=22|LPort=7690|Name=x|", Need.PEER_IN))
                .isEqualTo(new Verdict.Open());
        assertThat(plain("Action=Allow|Dir=In|Protocol=6|LPort=22|Name=x|", Need.PEER_IN)
                        .label())
                .isEqualTo("blocked");
        assertThat(plain("Action=Allow|Dir=In|RA4=10.77.0.1-10.77.0.9|Name=x|", Need.PEER_IN)
                        .label())
                .as("a part of the subnet")
                .isEqualTo("unknown");
        assertThat(plain("Action=Allow|Dir=In|RA6=2001:db8::/32|Name=x|", Need.PEER_IN)
                        .label())
                .isEqualTo("blocked");
        assertThat(plain("Action=Allow|Dir=In|RA42=IntrAnet|RA62=IntrAnet|Name=x|", Need.PEER_IN)
                        .label())
                .isEqualTo("unknown");
        assertThat(plain("Action=Allow|Dir=In|Protocol=6|Profile=Domain|Name=x|", Need.PEER_IN)
                        .label())
                .isEqualTo("blocked");
        assertThat(plain("Action=Allow|Dir=In|Security=Authenticate|Name=x|", Need.PEER_IN)
                        .label())
                .isEqualTo("blocked");
        assertThat(plain("Action=Allow|Dir=In|NeverHeardOf=1|Name=x|", Need.PEER_IN)
                        .label())
                .isEqualTo("unknown");
        assertThat(plain(
                                "Action=Block|Dir=Out|Protocol=6|RPort=443|App=%ProgramFiles%\\x\\java.exe|",
                                Need.ORIGIN_HTTPS)
                        .label())
                .as("it may be this program")
                .isEqualTo("unknown");
        assertThat(plain("Action=Block|Dir=Out|Protocol=6|RPort=443|App=C:\\x\\curl.exe|", Need.ORIGIN_HTTPS))
                .isEqualTo(new Verdict.Open());
        assertThat(plain("Action=Block|Dir=Out|Protocol=6|RPort=443|Name=No web|", Need.ORIGIN_HTTPS))
                .isEqualTo(new Verdict.Blocked(new Decider(
                        "Windows' firewall: rule {rule 0} (No web)", "Disable-NetFirewallRule -Name '{rule 0}'")));
    }

    @Test
    void whatHoldsNoFirewallIsSaid() {
        assertThat(verdict("ERROR: The system was unable to find the key.", Optional.empty(), "", Need.PEER_IN)
                        .detail())
                .contains("reg query");
    }
}
