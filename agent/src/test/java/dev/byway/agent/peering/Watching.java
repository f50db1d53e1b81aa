package dev.byway.agent.peering;

import dev.byway.core.account.Reason;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.Visibility;
import dev.byway.core.swarm.Unreached;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A download that only notes what it is told. */
class Watching implements ContentListener {
    static final int PIECE = PieceLayout.BLOCK;
    static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {9}), 4 * PIECE);

    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final BlockingQueue<Reason> reasons = new LinkedBlockingQueue<>();
    final BlockingQueue<List<Unreached>> unreached = new LinkedBlockingQueue<>();
    final BlockingQueue<String> expected = new LinkedBlockingQueue<>();
    private final Visibility visibility;

    Watching(Visibility visibility) {
        this.visibility = visibility;
    }

    @Override
    public ContentId content() {
        return CONTENT;
    }

    @Override
    public int pieceLength() {
        return PIECE;
    }

    @Override
    public Visibility visibility() {
        return visibility;
    }

    @Override
    public void linked(PeerLink peer) {
        told.add("linked " + peer.device());
    }

    @Override
    public void expecting(int neighbours, boolean asking) {
        expected.add(neighbours + (asking ? " and asking" : ""));
    }

    @Override
    public void unreached(List<Unreached> neighbours) {
        unreached.add(neighbours);
    }

    @Override
    public void declined(List<Reason> neighbours) {
        neighbours.forEach(reasons::add);
    }

    @Override
    public void lacks(PeerLink peer) {
        told.add("lacks " + peer.device());
    }

    @Override
    public void refused(PeerLink peer, Reason reason) {
        reasons.add(reason);
    }

    @Override
    public void withheld(PeerLink peer) {
        told.add("withheld " + peer.device());
    }

    @Override
    public void opened(PeerLink peer, boolean wants) {
        told.add("opened " + peer.device());
    }

    @Override
    public void holds(PeerLink peer, PieceSet pieces) {}

    @Override
    public void has(PeerLink peer, int firstPiece, int count) {}

    @Override
    public void intent(PeerLink peer, int piece, Duration lease, boolean relayed) {}

    @Override
    public void left(PeerLink peer, Optional<Reason> reason) {
        reason.ifPresent(reasons::add);
    }

    @Override
    public void lost(int piece) {}

    /** Returns when the loop has taken all that was sent to it before. */
    static void settle(Peering peering) throws Exception {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        Watching last = new Watching(new Visibility.Public()) {
            @Override
            public ContentId content() {
                return new ContentId(Digest.sha256(new byte[] {77}), 1);
            }

            @Override
            public void expecting(int neighbours, boolean asking) {
                taken.complete(null);
            }
        };
        peering.register(last);
        peering.unregister(last.content());
        taken.get(10, TimeUnit.SECONDS);
    }
}
