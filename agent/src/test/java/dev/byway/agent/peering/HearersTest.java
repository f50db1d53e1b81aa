package dev.byway.agent.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.account.SourceKind;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceSet;
import dev.byway.core.fleet.Membership;
import dev.byway.core.wire.Frame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of which piece, and when what was not said is made good. */
class HearersTest {
    private static final int PIECES = 4;
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {9}), PIECES << 20);

    private final QuietLink link = new QuietLink(1, new Membership.Anonymous());
    private final PeerLink peer =
            new PeerLink(link, 1, new Standing(SourceKind.LAN, Optional.empty(), Optional.empty()));
    private final Hearers hearers = new Hearers(CONTENT);

    @BeforeEach
    void open() {
        peer.open(CONTENT, 1 << 20, true, PieceSet.none(PIECES));
        hearers.add(peer);
        link.said.clear();
    }

    private List<Frame> said() {
        List<Frame> said = List.copyOf(link.said);
        link.said.clear();
        return said;
    }

    private static Frame have(int first, int count) {
        return new Frame.Have(1, first, count);
    }

    private static PieceSet held(int... pieces) {
        PieceSet held = PieceSet.none(PIECES);
        for (int piece : pieces) {
            held.add(piece);
        }
        return held;
    }

    @Test
    void whoLacksAPieceIsToldOfIt() {
        hearers.proved(2, _ -> false);
        assertThat(said()).containsExactly(have(2, 1));
        hearers.complete(PIECES);
        assertThat(said()).isEmpty();
    }

    @Test
    void whoHoldsItIsToldNothingAndOfAllPiecesAtTheEnd() {
        hearers.proved(2, _ -> true);
        assertThat(said()).isEmpty();
        hearers.complete(PIECES);
        assertThat(said()).containsExactly(have(0, PIECES));
        hearers.complete(PIECES);
        assertThat(said()).isEmpty();
    }

    @Test
    void whoOpensTheContentAnewIsToldWhatItWasNot() {
        hearers.proved(0, _ -> true);
        hearers.proved(1, _ -> true);
        hearers.remove(peer);
        hearers.proved(3, _ -> false);
        hearers.add(peer);
        hearers.opened(peer, held(0, 1, 3));
        assertThat(said()).containsExactly(have(0, 2), have(3, 1));
    }

    @Test
    void whoOpensItForTheFirstTimeHasBeenToldAll() {
        hearers.proved(0, _ -> false);
        said();
        hearers.opened(peer, held(0));
        assertThat(said()).isEmpty();
    }
}
