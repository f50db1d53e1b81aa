package dev.byway.core.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.fleet.Prefix;
import dev.byway.core.policy.DownloadMode;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a tool prints, there is an answer for each need or the one typed error. */
class FirewallReadingProperties {
    private static final Machine MACHINE = new Machine(List.of(Prefix.parse("10.77.0.0/24")), Optional.empty());
    private static final List<String> NFTABLES = List.of("sample.nft.json", "opened.nft.json", "ufw.nft.json");

    @Property(tries = 2000)
    void mutatedPrintOfNftablesIsReadOrRefused(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        read(
                Optional.of(mutated(Printed.text(NFTABLES.get(random.nextInt(NFTABLES.size()))), random)),
                Optional.empty());
    }

    @Property(tries = 1000)
    void mutatedPrintOfIptablesIsRead(@ForAll long seed) {
        read(Optional.empty(), Optional.of(mutated(Printed.text("ufw.iptables"), new SplittableRandom(seed))));
    }

    @Property(tries = 1000)
    void anyTextIsReadOrRefused(@ForAll String text) {
        read(Optional.of(text), Optional.empty());
        read(Optional.empty(), Optional.of("*filter\n:INPUT DROP\n-A INPUT " + text));
    }

    private static void read(Optional<String> nftables, Optional<String> iptables) {
        List<PortRule> rules = PortRule.all(Cases.device(DownloadMode.LAN));
        try {
            assertThat(FirewallReading.of(nftables, iptables, iptables).check(rules, MACHINE))
                    .extracting(finding -> finding.rule().need())
                    .contains(Need.PEER_IN, Need.ORIGIN_HTTPS);
        } catch (FirewallTextException e) {
            assertThat(e).hasMessageContaining("nft -j list ruleset");
        }
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
