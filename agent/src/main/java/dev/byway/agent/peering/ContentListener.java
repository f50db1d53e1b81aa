package dev.byway.agent.peering;

import dev.byway.core.account.Reason;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceSet;
import dev.byway.core.content.Visibility;
import dev.byway.core.swarm.Unreached;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A download, as the links see it. All calls come from the device loop and return at once. */
public interface ContentListener {
    ContentId content();

    int pieceLength();

    /** Who may know of it: it is opened towards no other peer. */
    Visibility visibility();

    /** A link stands; the download may open its content on it. */
    void linked(PeerLink peer);

    /** So many neighbours may say soon what they hold, and perhaps the coordinator is being asked for more. */
    void expecting(int neighbours, boolean asking);

    /** These neighbours are known, and there is no link to them. */
    void unreached(List<Unreached> neighbours);

    /** The peer opened the content too. */
    void opened(PeerLink peer, boolean wants);

    /** The peer holds exactly these pieces. */
    void holds(PeerLink peer, PieceSet pieces);

    /** The peer now holds these pieces too. */
    void has(PeerLink peer, int firstPiece, int count);

    /** The peer says that a piece is being fetched from outside. */
    void intent(PeerLink peer, int piece, Duration lease, boolean relayed);

    /** The peer has nothing of it, or does not say. */
    void lacks(PeerLink peer);

    /** The peer does not serve it, whatever it said it holds, before it opens the content anew. */
    void refused(PeerLink peer, Reason reason);

    /** We do not serve the peer, because of a policy, before it is {@linkplain #opened answered anew}. */
    void withheld(PeerLink peer);

    /** Neighbours to which there is no link because of a policy, and why. */
    void declined(List<Reason> neighbours);

    /**
     * The peer closed the content, or the link is gone.
     *
     * @param reason what {@code why} should tell of it, if anything
     */
    void left(PeerLink peer, Optional<Reason> reason);

    /** A piece of ours is not there any more: a neighbour complained, and it was right. */
    void lost(int piece);
}
