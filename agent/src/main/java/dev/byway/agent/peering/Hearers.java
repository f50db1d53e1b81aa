package dev.byway.agent.peering;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.PieceSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;

/**
 * The neighbours that a download tells which pieces it holds.
 *
 * <p>Who holds a piece itself is not told of it: that is half of all such words in a crowd, and it would never ask. So its picture
 * of us lacks something, and so does that of one who closed the content meanwhile. That is made good when it opens the content
 * anew, and at the end by one word for all pieces. Owned by the download's loop.
 */
public final class Hearers {
    private final ContentId content;
    private final Set<PeerLink> linked = new LinkedHashSet<>();
    /** Weak, because nobody says whether it is only the content that is closed, or the link is gone. */
    private final Set<PeerLink> behind = Collections.newSetFromMap(new WeakHashMap<>());

    public Hearers(ContentId content) {
        this.content = content;
    }

    /** A link stands, and whatever was here by now has been said on it. */
    public void add(PeerLink peer) {
        linked.add(peer);
    }

    /** A peer is gone, or has closed the content. */
    public void remove(PeerLink peer) {
        linked.remove(peer);
        behind.add(peer);
    }

    /** A peer opened the content, perhaps anew. */
    public void opened(PeerLink peer, PieceSet held) {
        if (behind.remove(peer)) {
            held.forEachRun((first, count) -> peer.have(content, first, count));
        }
    }

    /** A piece is here; {@code hasIt} says of a peer whether it holds it too. */
    public void proved(int piece, Predicate<PeerLink> hasIt) {
        for (PeerLink peer : linked) {
            if (hasIt.test(peer)) {
                behind.add(peer);
            } else {
                peer.have(content, piece, 1);
            }
        }
    }

    /** All pieces are here, of which nobody was told before. */
    public void all(int pieces) {
        behind.clear();
        linked.forEach(peer -> peer.have(content, 0, pieces));
    }

    /** All pieces are here. */
    public void complete(int pieces) {
        for (PeerLink peer : linked) {
            if (behind.remove(peer)) {
                peer.have(content, 0, pieces);
            }
        }
    }
}
