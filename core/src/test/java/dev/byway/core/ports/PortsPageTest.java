package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.GeneratedPage;
import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.PeerRestriction;
import dev.byway.core.policy.Platform;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PortsPageTest {
    private static String page() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Ports

                Every port that Byway uses, from the one table in the code that `byway ports` prints from. Directions are those of
                the first packet, seen from the machine in the role; the answers to it are presumed to be let through, as every
                firewall that keeps state does.

                | Name | Direction | Port | Role | Modes | What for | Without it |
                |---|---|---|---|---|---|---|
                """);
        for (Need need : Need.values()) {
            page.append("| `%s` | %s | %s %s | %s | %s | %s%s | %s |\n"
                    .formatted(
                            need.label(),
                            need.way().label(),
                            need.transport(),
                            need.port().words(),
                            need.who().words(),
                            need.modes().numbers(),
                            need.purpose(),
                            need.built() ? "" : " (**not built**)",
                            need.without()));
        }
        page.append("""

                `peer.port` is 7680, on Windows 7690. What is **not built** is in the table and in JSON (`"built": false`), and no
                rule for a firewall opens it.

                ## How far

                Nothing of IPv6 is asked for on a machine that has no address of it, nor on one without IPv4 of that. Where
                `origin.proxy` is set, the proxy is asked for in place of origins (beside them, where `origin.noProxy` names
                some); if the setting names its address and not its name, firewalls open that address alone. A proxy on the
                machine itself needs no rule, but asks the origins.

                Where a device's peers may be decides how far TCP 7680 is opened, both ways:

                | Mode | DORestrictPeerSelectionBy | without a coordinator | with one |
                |---|---|---|---|
                """);
        for (DownloadMode mode : List.of(DownloadMode.LAN, DownloadMode.GROUP, DownloadMode.INTERNET)) {
            page.append(reach(mode, PeerRestriction.NONE));
            page.append(reach(mode, PeerRestriction.SUBNET));
            page.append(reach(mode, PeerRestriction.LOCAL_DISCOVERY));
        }
        page.append("""

                In modes 0, 99 and 100 nothing comes in to a device. *local subnet*: the subnets of the machine's own addresses, as
                they are when the rules are made, and IPv6 link-local addresses. *private networks*: those, RFC 1918 and RFC 4193.

                Three things that are often opened and not needed: TCP 443 inbound on a device (only the coordinator takes it); UDP
                3544 for devices of one LAN (it is for NATs between sites); anything inbound in mode 0. And one that is often
                forgotten: a firewall that lets out UDP 3544 alone lets NAT traversal begin and then moves nothing.

                On Linux the rules were tried: on hosts that drop all else, both ways, in modes 1, 2 and 3 with nftables, iptables
                and ufw (`FirewallRulesTest`), with firewalld in mode 1, and across NATs with the coordinator behind its own rules,
                too (`TunnelFirewallTest`): sharing works, over TCP and through the tunnel, and a scan of all TCP and UDP ports finds
                nothing else open. With `peer.tcp` or `teredo.client` off their ports are shut.

                ## Held against a firewall

                `byway ports --check` says of each need: `open`, `blocked` and by which rule, or `unknown` and why. It changes
                nothing, and reads:

                | System | What | Where that was tried |
                |---|---|---|
                | Linux, as root | the rules in the kernel (%1$s), and so those that ufw and firewalld make, whatever else was loaded beside them | in network namespaces, with nftables, iptables, ufw and firewalld |
                | Windows | profiles and rules in the registry, those of group policies too, and the category of the network (%2$s) | **not run there**: parsed from recorded output |
                | macOS, as root | the application firewall and pf (%3$s) | **not run there**: parsed from recorded output |

                What a firewall says in words that are not understood here makes `unknown` what depends on it, never `open`. On
                Windows and macOS rules are for programs: `--program` names the one that listens, where it is not the one that asks.

                ## Microsoft's own

                What Windows' own Delivery Optimization needs, as `byway ports --system microsoft --mode M` prints it. Its
                holding TCP 7680 is why Byway's default on Windows is 7690.

                | Name | Direction | Port | Other end | Modes | What for | Without it | Source |
                |---|---|---|---|---|---|---|---|
                """.formatted(asked(Platform.LINUX), asked(Platform.WINDOWS), asked(Platform.MACOS)));
        for (MicrosoftNeed need : MicrosoftNeed.ALL) {
            page.append("| `%s` | %s | %s %s | %s | %s | %s | %s | [page](%s) |\n"
                    .formatted(
                            need.label(),
                            need.way().label(),
                            need.transport(),
                            need.port().label(),
                            need.farEnd().replaceAll("(\\*\\.[a-z.]+)", "`$1`"),
                            need.modes().numbers(),
                            need.purpose(),
                            need.without(),
                            need.source()));
        }
        page.append("\nWhat is often advised about them, and wrong:\n\n");
        for (MicrosoftAdvice advice : MicrosoftAdvice.ALL) {
            page.append("- \"%s\": %s ([page](%s))\n".formatted(advice.wrong(), advice.right(), advice.source()));
        }
        return page.toString();
    }

    private static String asked(Platform platform) {
        return FirewallReading.questions(platform).stream()
                .map(question -> "`" + String.join(" ", question.arguments()) + "`")
                .collect(Collectors.joining(", "));
    }

    private static String reach(DownloadMode mode, PeerRestriction restriction) {
        return "| %d | %d (%s) | %s | %s |\n"
                .formatted(
                        mode.code(),
                        restriction.code(),
                        restriction.label(),
                        peers(mode, restriction, false),
                        peers(mode, restriction, true));
    }

    private static String peers(DownloadMode mode, PeerRestriction restriction, boolean joined) {
        return Cases.of(PortRole.AGENT, mode, restriction, Platform.LINUX, joined)
                .peers()
                .label();
    }

    @Test
    void thePageOfPortsIsWhatTheTableSays() {
        GeneratedPage.at("docs/ports.md").mustBe(page());
    }

    @Test
    void everyRowCanStandInAPage() {
        assertThat(Need.values()).allSatisfy(need -> {
            assertThat(need.purpose()).doesNotEndWith(".").doesNotContain("|", "\n", "\"");
            assertThat(need.without()).doesNotEndWith(".").doesNotContain("|", "\n", "\"");
        });
    }
}
