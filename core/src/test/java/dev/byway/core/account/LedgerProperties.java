package dev.byway.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LedgerProperties {
    record Line(Contributor from, long bytes, boolean good) {}

    @Provide
    Arbitrary<List<Line>> lines() {
        Arbitrary<Contributor> contributors = Combinators.combine(
                        Arbitraries.of(SourceKind.class), Arbitraries.of("a", "b", "c", "d"))
                .as(Contributor::new);
        return Combinators.combine(contributors, Arbitraries.longs().between(0, 1L << 50), Arbitraries.of(true, false))
                .as(Line::new)
                .list()
                .ofMaxSize(60);
    }

    private static Ledger enter(Ledger ledger, List<Line> lines) {
        for (Line line : lines) {
            if (line.good()) {
                ledger.verified(line.from(), line.bytes());
            } else {
                ledger.wasted(line.from(), line.bytes());
            }
        }
        return ledger;
    }

    @Property
    void sourcesAddUpToTheBytesVerifiedAndWastedBytesStayApart(@ForAll("lines") List<Line> lines) {
        Accounts accounts = enter(new Ledger(), lines).accounts();

        long good = lines.stream().filter(Line::good).mapToLong(Line::bytes).sum();
        long bad = lines.stream()
                .filter(line -> !line.good())
                .mapToLong(Line::bytes)
                .sum();
        assertThat(accounts.bytes())
                .isEqualTo(good)
                .isEqualTo(accounts.sources().total());
        assertThat(accounts.wastedBytes()).isEqualTo(bad);
        assertThat(accounts.contributions().stream()
                        .mapToLong(Contribution::verified)
                        .sum())
                .isEqualTo(good);
        assertThat(accounts.contributions().stream()
                        .mapToLong(Contribution::wasted)
                        .sum())
                .isEqualTo(bad);
    }

    @Property
    void countsEachPeerThatGaveSomethingOnce(@ForAll("lines") List<Line> lines) {
        long peers = lines.stream()
                .filter(line ->
                        line.good() && line.bytes() > 0 && line.from().kind().isPeer())
                .map(Line::from)
                .distinct()
                .count();
        assertThat(enter(new Ledger(), lines).accounts().peers()).isEqualTo((int) peers);
    }

    @Property
    void goesOnAfterARestartAsIfThereHadBeenNone(
            @ForAll("lines") List<Line> before, @ForAll("lines") List<Line> after) {
        Ledger whole = enter(enter(new Ledger(), before), after);
        Ledger resumed = enter(new Ledger(enter(new Ledger(), before).accounts()), after);
        assertThat(resumed.accounts()).isEqualTo(whole.accounts());
    }

    @Provide
    Arbitrary<SourceBytes> amounts() {
        Arbitrary<Long> bytes = Arbitraries.longs().between(0, 1L << 60);
        return Combinators.combine(bytes, bytes, bytes, bytes, bytes).as(SourceBytes::new);
    }

    @Property
    void noPercentageLeavesZeroToHundred(@ForAll("amounts") SourceBytes bytes) {
        assertThat(bytes.savingsPercent().orElse(0)).isBetween(0.0, 100.0);
        assertThat(bytes.peerPercent().orElse(0)).isBetween(0.0, 100.0);
        assertThat(bytes.cachePercent().orElse(0)).isBetween(0.0, 100.0);
    }

    @Property
    void wholePercentagesAddUpToHundred(@ForAll("amounts") SourceBytes bytes) {
        int sum = bytes.roundedPercentages().values().stream().collect(Collectors.summingInt(Integer::intValue));
        assertThat(sum).isEqualTo(bytes.total() == 0 ? 0 : 100);
    }
}
