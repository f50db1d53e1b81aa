package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.policy.DownloadMode;
import dev.byway.core.policy.Platform;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a tool prints, there is an answer for each need or it is unknown: never an exception. */
class FirewallReadingProperties {
    private static final Machine MACHINE =
            new Machine(Cases.machine("10.77.0.0/24").links(), Optional.of("C:\\x\\java.exe"));
    private static final List<String> NFTABLES =
            List.of("sample.nft.json", "opened.nft.json", "ufw.nft.json", "firewalld.nft.json");
    private static final List<String> REGISTRIES = List.of("plain.reg", "opened.reg", "policy.reg");
    private static final String PF_ON = "Status: Enabled for 0 days 02:11:05           Debug: Urgent";

    @Property(tries = 2000)
    void mutatedPrintOfNftablesIsRead(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        read(Platform.LINUX, mutated(one(NFTABLES, random), random), "", "");
    }

    @Property(tries = 1000)
    void mutatedPrintOfIptablesIsRead(@ForAll long seed) {
        String text = mutated(Printed.text("ufw.iptables"), new SplittableRandom(seed));
        read(Platform.LINUX, "{\"nftables\": []}", text, text);
    }

    @Property(tries = 1000)
    void mutatedRegistryIsRead(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        read(
                Platform.WINDOWS,
                mutated(one(REGISTRIES, random), random),
                mutated(one(REGISTRIES, random), random),
                "Public");
    }

    @Property(tries = 1000)
    void mutatedPrintOfMacosIsRead(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String list = mutated(Printed.text("apps.alf"), random);
        String rules = mutated(Printed.text("closed.pf"), random);
        read(Platform.MACOS, "(State = 1)", "", "", list, PF_ON, rules, rules);
    }

    @Property(tries = 1000)
    void anyTextIsRead(@ForAll String text) {
        read(Platform.LINUX, text, text, text);
        read(Platform.LINUX, "{\"nftables\": []}", "*filter\n:INPUT DROP\n-A INPUT " + text, "");
        read(Platform.WINDOWS, text, text, text);
        read(Platform.WINDOWS, Printed.text("plain.reg") + text, text, text);
        read(Platform.MACOS, text, text, text, text, text, text, text);
        read(Platform.MACOS, "(State = 1)", text, text, text, PF_ON, "block in " + text, "");
    }

    @Property(tries = 20)
    void howeverMuchIsPrintedIsReadOrUnknown(@ForAll @IntRange(min = 1, max = 60_000) int lines) {
        read(
                Platform.WINDOWS,
                Printed.text("plain.reg")
                        + numbered("    {%d}    REG_SZ    v2.30|Action=Allow|Active=TRUE|Dir=In|X=1|\n", lines),
                "",
                "");
        read(Platform.MACOS, "(State = 1)", "", "", "", PF_ON, "pass in from <a> to any\n".repeat(lines), "");
        read(Platform.MACOS, "(State = 1)", "", "", "", PF_ON, "anchor all {\n".repeat(lines) + "block all\n", "");
    }

    private static String numbered(String line, int lines) {
        return IntStream.range(0, lines).mapToObj(line::formatted).collect(Collectors.joining());
    }

    private static String one(List<String> names, SplittableRandom random) {
        return Printed.text(names.get(random.nextInt(names.size())));
    }

    /** Every need has an answer, with words that are not endless unless it is open. */
    private static void read(Platform platform, String... answers) {
        List<FirewallReading.Finding> findings = FirewallReading.of(
                        platform, Stream.of(answers).map(Optional::of).toList(), MACHINE)
                .check(PortRule.all(Cases.device(DownloadMode.LAN)));
        assertThat(findings).extracting(finding -> finding.rule().need()).contains(Need.PEER_IN, Need.ORIGIN_HTTPS);
        assertThat(findings)
                .extracting(FirewallReading.Finding::verdict)
                .allSatisfy(verdict -> assertThat(verdict.detail()).hasSizeLessThan(2000))
                .allSatisfy(
                        verdict -> assertThat(verdict.detail().isEmpty()).isEqualTo(verdict instanceof Verdict.Open));
    }

    /** Some pieces of the text cut out, doubled, or put elsewhere. */
    private static String mutated(String text, SplittableRandom random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(1, 6); i > 0 && mutated.length() > 20; i--) {
            int at = random.nextInt(mutated.length() - 10);
            int length = random.nextInt(1, 10);
            String piece = mutated.substring(at, at + length);
            switch (random.nextInt(3)) {
                case 0 -> mutated.delete(at, at + length);
                case 1 -> mutated.insert(at, piece);
                default -> mutated.replace(at, at + length, "\"0/-9@{".substring(random.nextInt(7)));
            }
        }
        return mutated.toString();
    }
}
