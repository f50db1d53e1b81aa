package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Ledger;
import dev.byway.core.account.SourceKind;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private final Totals totals = new Totals();

    @Test
    void whatIsUnderWayCountsAtOnceAndOnlyOnceWhenItEnds() {
        Ledger ledger = new Ledger();
        Totals.Entry running = totals.open(ledger::accounts);
        ledger.verified(new Contributor(SourceKind.LAN, "neighbour"), 5);
        ledger.wasted(new Contributor(SourceKind.ORIGIN, "origin"), 2);
        assertThat(totals.verified().lan()).isEqualTo(5);
        assertThat(totals.wasted()).isEqualTo(2);
        running.close();
        running.close();
        assertThat(totals.verified().total()).isEqualTo(5);
        assertThat(totals.wasted()).isEqualTo(2);
    }

    @Test
    void downloadsAddUp() {
        Ledger ended = new Ledger();
        ended.verified(new Contributor(SourceKind.ORIGIN, "origin"), 7);
        totals.open(ended::accounts).close();
        try (Totals.Entry _ = totals.open(() -> Accounts.EMPTY)) {
            assertThat(totals.verified().total()).isEqualTo(7);
        }
    }
}
