package dev.byway.core.content;

import java.net.URI;
import java.util.List;

/** A statement about content, with what is needed to judge it: where it came from and how. */
public sealed interface Evidence {
    /**
     * The coordinator's answer.
     *
     * @param authenticatedChannel whether it came over the channel on which the coordinator proved the fleet's key
     */
    record CoordinatorAnswer(Envelope envelope, boolean authenticatedChannel) implements Evidence {}

    /**
     * A {@code .byway} file that lies beside the requested one.
     *
     * @param hops every URL that was asked, in order: the sidecar's own first, after it each redirect's target
     */
    record Sidecar(Envelope envelope, List<URI> hops) implements Evidence {
        public Sidecar {
            hops = List.copyOf(hops);
        }
    }

    /**
     * A SHA-256 that the origin states.
     *
     * @param place where it states it
     * @param hops every URL that was asked, in order: that of the place first, after it each redirect's target
     */
    record DigestStatement(DigestPlace place, Digest sha256, List<URI> hops) implements Evidence {
        public DigestStatement {
            hops = List.copyOf(hops);
        }
    }

    /** An envelope that the user gave by hand. */
    record GivenFile(Envelope envelope) implements Evidence {}

    /** A SHA-256 that the user gave by hand. */
    record UserDigest(Digest sha256) implements Evidence {}

    /** A content with its layer that the user gave by hand: a torrent. */
    record GivenLayer(PieceLayer layer) implements Evidence {}

    /** An envelope from a peer. */
    record PeerManifest(Envelope envelope) implements Evidence {}

    /** A piece layer from a peer. */
    record PeerLayer(PieceLayout layout, List<Digest> pieces) implements Evidence {
        public PeerLayer {
            pieces = List.copyOf(pieces);
        }
    }
}
