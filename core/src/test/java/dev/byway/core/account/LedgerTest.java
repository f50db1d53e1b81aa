package dev.byway.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Contributor NEIGHBOUR = new Contributor(SourceKind.LAN, "a");

    @Test
    void savingsAreThoseOfDeliveryOptimizationWithoutInternetPeers() {
        SourceBytes bytes = new SourceBytes(400, 100, 300, 200, 1_000_000);
        assertThat(bytes.savingsPercent().orElseThrow()).isCloseTo(60, within(1e-9));
        assertThat(bytes.peerPercent().orElseThrow()).isCloseTo(50, within(1e-9));
        assertThat(bytes.cachePercent().orElseThrow()).isCloseTo(10, within(1e-9));
    }

    @Test
    void withoutBytesThereIsNoPercentage() {
        assertThat(SourceBytes.NONE.savingsPercent()).isEmpty();
        assertThat(new SourceBytes(0, 0, 0, 0, 7).savingsPercent()).isEmpty();
    }

    @Test
    void thirdsRoundToHundredAndTheOriginIsNeverMadeToLookSmaller() {
        assertThat(new SourceBytes(1, 1, 1, 0, 0).roundedPercentages())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        SourceKind.ORIGIN, 34,
                        SourceKind.CACHE, 33,
                        SourceKind.LAN, 33,
                        SourceKind.GROUP, 0,
                        SourceKind.INTERNET, 0));
    }

    @Test
    void peersThatOnlyWastedAreNotCounted() {
        Ledger ledger = new Ledger();
        ledger.wasted(NEIGHBOUR, 10);
        assertThat(ledger.accounts().peers()).isZero();
        ledger.verified(NEIGHBOUR, 10);
        assertThat(ledger.accounts().peers()).isEqualTo(1);
    }

    @Test
    void sourcesBeyondTheLimitAreCountedTogetherAndNothingIsLost() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < Ledger.MAX_CONTRIBUTORS + 500; i++) {
            ledger.verified(new Contributor(SourceKind.LAN, "peer " + i), 3);
        }
        Accounts accounts = ledger.accounts();
        assertThat(accounts.contributions()).hasSize(Ledger.MAX_CONTRIBUTORS + 1);
        assertThat(accounts.contributions().getLast())
                .isEqualTo(new Contribution(new Contributor(SourceKind.LAN, Ledger.OTHERS), 1500, 0));
        assertThat(accounts.bytes()).isEqualTo(3L * (Ledger.MAX_CONTRIBUTORS + 500));
    }

    @Test
    void accountsTakenBeforeDoNotChange() {
        Ledger ledger = new Ledger();
        ledger.verified(NEIGHBOUR, 1);
        Accounts before = ledger.accounts();
        ledger.verified(NEIGHBOUR, 1);
        assertThat(before.bytes()).isEqualTo(1);
        assertThat(before.contributions().getFirst().verified()).isEqualTo(1);
    }

    @Test
    void refusesNegativeNumbers() {
        assertThatThrownBy(() -> new Ledger().verified(NEIGHBOUR, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ledger().wasted(NEIGHBOUR, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
