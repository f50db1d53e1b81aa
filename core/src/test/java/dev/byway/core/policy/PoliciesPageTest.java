package dev.byway.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.GeneratedPage;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PoliciesPageTest {
    private static final String INTRODUCTION = """
            # Settings

            Everything that can be set, from the one table in the code that also reads, checks and explains the values.

            ## How to set one

            Sources, weakest first; a stronger one decides:

            | Source | How |
            |---|---|
            | default | the tables below |
            | profile | `--profile microsoft` takes Delivery Optimization's defaults for its settings |
            | fleet | the coordinator, for the settings marked *fleet* |
            | file | `--config FILE` (YAML): `peer.port: 7680`, or nested: `peer:` with `port: 7680` below it |
            | environment | `BYWAY_` and the name in capitals, with `_` for `.` and `-`: `BYWAY_PEER_PORT`, `BYWAY_DODOWNLOADMODE` |
            | command line | `--set peer.port=7680`, repeatable; of two with one name the later counts |

            Lists are separated by commas; in YAML they may also be lists. Empty text is "not set".
            Names are exact; an unknown name, a value that is not allowed, a retired name and a secret on the command line are
            errors, all reported at once. What the fleet sends and a device does not understand is a warning and changes nothing,
            and so is an environment variable that begins with `BYWAY_` and names no setting.

            KB, MB, GB and TB are powers of 1024, as in Windows; kbit/s, Mbit/s and Gbit/s are powers of 1000, as on network links.
            A bare number is in Delivery Optimization's unit.

            **Status**: *enforced* means that the value decides what Byway does. *planned* means that it is accepted, checked and
            shown, and that **nothing acts on it yet**.
            """;

    private static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append(section(
                "Delivery Optimization's settings",
                "Under their own names, with their own meaning. *DO* is Delivery Optimization's default, as its reference states"
                        + " it; where Byway's differs, it is because DO's would switch sharing off for ordinary use.",
                Setting::isDeliveryOptimization));
        page.append(section(
                "Byway's own, on a device",
                "",
                setting -> !setting.isDeliveryOptimization() && setting.roles().contains(Role.AGENT)));
        page.append(section(
                "Byway's own, on a coordinator",
                "",
                setting -> !setting.isDeliveryOptimization() && setting.roles().contains(Role.COORDINATOR)));
        page.append("\n## Retired names\n\n| Name | Use instead |\n|---|---|\n");
        Settings.TABLE
                .retired()
                .forEach(old -> page.append("| `%s` | %s |\n".formatted(old.name(), old.replacement())));
        page.append(gates());
        return page.toString();
    }

    private static String section(String title, String text, Predicate<Setting<?>> which) {
        List<Setting<?>> rows = Settings.TABLE.all().stream().filter(which).toList();
        boolean delivery = rows.getFirst().isDeliveryOptimization();
        String head = delivery
                ? "| Setting | Default | DO | Status | Meaning and values |\n|---|---|---|---|---|\n"
                : "| Setting | Default | Status | Meaning and values |\n|---|---|---|---|\n";
        return "\n## " + title + "\n\n" + (text.isEmpty() ? "" : text + "\n\n") + head
                + rows.stream().map(PoliciesPageTest::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String windows = setting.defaultText(Platform.WINDOWS);
        String usual = shown(setting, setting.defaultText(Platform.LINUX));
        String defaults = windows.equals(setting.defaultText(Platform.LINUX))
                ? usual
                : usual + "; on Windows " + shown(setting, windows);
        String microsoft = setting.microsoftText()
                .map(text -> " " + shown(setting, text) + " |")
                .orElse("");
        return "| `%s` | %s |%s %s | %s |\n"
                .formatted(setting.name(), defaults, microsoft, setting.status().label(), meaning(setting));
    }

    private static <T> String shown(Setting<T> setting, String text) {
        String canonical = setting.type().format(setting.type().parse(text));
        return canonical.isEmpty() ? "not set" : "`" + canonical + "`";
    }

    private static String meaning(Setting<?> setting) {
        String secret = setting.isSecret() ? " **Secret**: never on a command line, never shown." : "";
        String fleet = setting.isFleetWide() && !setting.isDeliveryOptimization() ? " *fleet*" : "";
        return setting.meaning() + " Values: " + setting.type().allowed() + "." + secret + fleet;
    }

    private static String gates() {
        String order =
                List.of(Gate.values()).stream().map(gate -> "`" + gate + "`").collect(Collectors.joining(", "));
        return """

                ## Gates

                A gate can refuse a cache host or a peer, never the origin. They are asked in this order: %s.
                `byway why` tells every refusal, with its code (see [reasons](reasons.md)) and the setting behind it.
                A gate refuses only on what is known: where Byway cannot tell, for example, whether a device is on battery, that gate
                lets pass.

                What a device is (mode, memory, disk) and what a content is (private, small) is judged for each download; a device whose
                mode, memory or disk allows no peers listens nowhere, looks for nobody and announces nothing. What a peer is, is judged
                for each link, both ways, when it stands and again when something changed: a device looks every 5 seconds. A peer that
                is refused is told why by a number (see [the protocol](protocol.md), section 8.20), and its own `byway why` names this
                device, the reason and the setting.

                | Fact | Linux | Windows, macOS |
                |---|---|---|
                | memory, disk | from the system | from the system |
                | battery | `/sys/class/power_supply`: no line is on, and a battery of the machine itself, not of a mouse, is there | not known |
                | VPN | the default route, or the way to the peer, leads through an adapter that is WireGuard, tun or PPP, or whose name or alias has a word of `DOVpnKeywords` | the same, for adapters that lead to one other end, or whose name or description has such a word |
                | metered | what `nmcli` says of the adapter of the default route, asked every 30 seconds; not known without NetworkManager | not known |
                | same subnet | the peer's address is in the prefix of one of this device's addresses | the same |
                | found locally | DNS-SD found the peer | the same |
                | same site, same group elsewhere | the coordinator says so; a peer on a link of this device is of its site, and a device of the fleet that dials was named this one by the coordinator | the same |
                | match group | what the peer's hello claims, compared with `DOGroupId` | the same |
                """.formatted(order);
    }

    @Test
    void thePageOfSettingsIsWhatTheTableSays() {
        GeneratedPage.at("docs/policies.md").mustBe(page());
    }

    @Test
    void everyRowCanStandInAPage() {
        assertThat(Settings.TABLE.all()).allSatisfy(setting -> {
            assertThat(setting.meaning()).endsWith(".").doesNotContain("|", "\n");
            assertThat(setting.type().allowed()).doesNotContain("|", "\n").doesNotEndWith(".");
        });
    }
}
