package dev.byway.agent.download;

import dev.byway.agent.loop.Loop;
import dev.byway.agent.peering.PeerLink;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PieceLayer;
import dev.byway.core.content.PieceLayout;
import dev.byway.core.content.PieceSet;
import dev.byway.core.unit.Moment;
import dev.byway.core.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Gets the piece layer of a content from a neighbour. Blocks, for {@link #TIME} at the most. */
final class NeighbourLayer {
    /** For all of it: half a megabyte for the longest file. */
    private static final Duration TIME = Duration.ofSeconds(5);

    private NeighbourLayer() {}

    /**
     * The layer, which proved itself against the id.
     *
     * @return empty when the neighbour does not give it
     * @throws dev.byway.core.content.UntrustedContentException when what it gives is not the layer of that content
     */
    static Optional<PieceLayer> fetch(PeerLink peer, ContentId content, int pieceLength) {
        PieceLayout layout = new PieceLayout(content.length(), pieceLength);
        peer.open(content, pieceLength, true, PieceSet.none(layout.pieceCount()));
        Moment until = Loop.now().plus(TIME);
        List<Digest> pieces = new ArrayList<>(layout.pieceCount());
        while (pieces.size() < layout.pieceCount()) {
            int count = Math.min(WireLimits.HASHES, layout.pieceCount() - pieces.size());
            List<Digest> part = peer.hashes(content, pieces.size(), count)
                    .completeOnTimeout(List.of(), until.since(Loop.now()).toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (part.size() != count) {
                peer.close(content);
                return Optional.empty();
            }
            pieces.addAll(part);
        }
        return Optional.of(PieceLayer.prove(content, layout, pieces));
    }
}
