package dev.byway.core.doctor;

import dev.byway.core.GeneratedPage;
import dev.byway.core.doctor.microsoft.MicrosoftHost;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DoctorPageTest {
    private static String page() {
        StringBuilder page = new StringBuilder("""
                # The doctor

                `byway doctor` finds out, by trying, what keeps this device from sharing with its neighbours. All checks run at the
                same time and end within 15 seconds; as root it also reads the firewall. Each gives `pass`, `warn`, `fail`,
                `not-applicable` or `not-collected` (and why), what was tried, what was seen, and the one command or setting that
                mends it. Exit status 1 when a check has failed.

                What presupposes a check that has failed is not collected, because it would say the same in other words: one fault is
                one failure. `byway doctor --json` prints `{healthy, checks[{check, result, tried, seen, mend}]}`; the names of the
                checks are an API.

                """);
        page.append(table(Program.BYWAY)).append("""

                ## Microsoft's Delivery Optimization

                `byway doctor --system microsoft` tries what a device of Windows needs of Microsoft's service, on any system: the names,
                TCP and TLS of one service of each kind, one byte of a host of metadata and content, with `--peer HOST` a connection to
                that neighbour's 7680, and a router solicitation (RFC 4380) to the Teredo server. `byway ports --system microsoft` says
                what each is for.

                The platform's authorities and `origin.ca` decide which certificates are trusted. Delivery Optimization itself believes
                only Microsoft's, so one that another authority signed is a warning even when it is trusted here: whoever looks into
                TLS stops it. Windows brings a root for Microsoft's services that other systems lack; there the check is
                `not-collected` until `origin.ca` names it. Services are tried without a proxy, as Microsoft wants them reached;
                metadata and content through the proxy of downloads, if there is one. A silent Teredo server is a warning: it matters only
                across NATs, in modes 2 and 3.

                """);
        return page.append(table(Program.MICROSOFT)).append(hosts()).toString();
    }

    private static String hosts() {
        StringBuilder hosts = new StringBuilder("""

                These hosts are tried; where Microsoft's pages say `kv*` or `array*`, one to which devices were seen to be sent:

                | Host | Port |
                |---|---|
                """);
        for (MicrosoftHost host : MicrosoftHost.values()) {
            hosts.append("| `%s` | %s %d |\n".formatted(host.host(), host.transport(), host.port()));
        }
        return hosts.toString();
    }

    private static String table(Program program) {
        StringBuilder page = new StringBuilder("""
                | Check | What is true when it passes | Means something only when these, and what they build on, are right |
                |---|---|---|
                """);
        for (Check check : Check.of(program)) {
            Set<Check> before = new TreeSet<>(Presuppositions.direct(check));
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            check.label(),
                            check.question(),
                            before.stream().map(one -> "`" + one.label() + "`").collect(Collectors.joining(", "))));
        }
        return page.toString();
    }

    @Test
    void thePageOfTheDoctorIsWhatTheCodeSays() {
        GeneratedPage.at("docs/doctor.md").mustBe(page());
    }
}
