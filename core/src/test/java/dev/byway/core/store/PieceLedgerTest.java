package dev.byway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import org.junit.jupiter.api.Test;

class PieceLedgerTest {
    private static final PieceLayout LAYOUT = new PieceLayout(10 * 16_384, 16_384);

    private final PieceLedger ledger = new PieceLedger(LAYOUT, set(), set());

    @Test
    void aCommittedPieceIsHeldAtOnceAndDurableOnlyAfterDataAndMap() {
        ledger.commit(3, Moment.ZERO);
        assertThat(ledger.held()).isEqualTo(set(3));
        assertThat(ledger.startFlush()).isTrue();
        assertThat(ledger.dataFlushed()).isEqualTo(set(3));
        assertThat(ledger.durable()).isEqualTo(set());
        ledger.mapWritten();
        assertThat(ledger.durable()).isEqualTo(set(3));
        assertThat(ledger.startFlush()).isFalse();
    }

    @Test
    void aPieceCommittedDuringAFlushWaitsForTheNext() {
        ledger.commit(1, Moment.ZERO);
        ledger.startFlush();
        ledger.commit(2, Moment.ZERO);
        assertThat(ledger.dataFlushed()).isEqualTo(set(1));
        ledger.mapWritten();
        assertThat(ledger.durable()).isEqualTo(set(1));
        assertThat(ledger.startFlush()).isTrue();
        assertThat(ledger.dataFlushed()).isEqualTo(set(1, 2));
    }

    @Test
    void lostDataTakesEverythingThatIsNotDurable() {
        PieceLedger some = new PieceLedger(LAYOUT, set(0), set(0));
        some.commit(1, Moment.ZERO);
        some.startFlush();
        some.commit(2, Moment.ZERO);
        some.dataLost();
        assertThat(some.held()).isEqualTo(set(0));
        assertThat(some.startFlush()).isFalse();
    }

    @Test
    void aMapThatFailedMayStandOnTheDiskAllTheSame() {
        ledger.commit(4, Moment.ZERO);
        ledger.startFlush();
        ledger.dataFlushed();
        ledger.mapNotWritten(Moment.ZERO);
        assertThat(ledger.held()).isEqualTo(set(4));
        ledger.drop(4);
        assertThat(ledger.isWritable(4)).isFalse();
        assertThat(ledger.claimsToClear(4)).contains(set());
        ledger.claimsCleared();
        assertThat(ledger.isWritable(4)).isTrue();
    }

    @Test
    void aDroppedPieceIsNotWritableBeforeItsClaimIsGone() {
        PieceLedger some = new PieceLedger(LAYOUT, set(1, 2), set(1, 2));
        assertThat(some.isWritable(1)).isFalse();
        long before = some.drops();
        assertThat(some.drop(1)).isTrue();
        assertThat(some.drops()).isGreaterThan(before);
        assertThat(some.isWritable(1)).isFalse();
        assertThat(some.claimsToClear(1)).contains(set(2));
        some.claimsCleared();
        assertThat(some.isWritable(1)).isTrue();
        assertThat(some.claimsToClear(1)).isEmpty();
        assertThat(some.isWritable(2)).isFalse();
    }

    @Test
    void aClaimOfTheOlderMapCountsToo() {
        PieceLedger some = new PieceLedger(LAYOUT, set(1), set(5));
        assertThat(some.held()).isEqualTo(set(1));
        assertThat(some.isWritable(1)).isFalse();
        assertThat(some.isWritable(5)).isFalse();
        assertThat(some.isWritable(6)).isTrue();
    }

    private static PieceSet set(int... pieces) {
        PieceSet set = PieceSet.none(LAYOUT.pieceCount());
        for (int piece : pieces) {
            set.add(piece);
        }
        return set;
    }
}
