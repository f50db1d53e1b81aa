package dev.byway.core.content;

import java.net.URI;
import java.util.List;
import java.util.Optional;

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

    /** Where an origin states a digest. */
    enum DigestPlace {
        /** The {@code Repr-Digest} header (RFC 9530) of the requested URL itself. */
        REPR_DIGEST,
        /** The file {@code <url>.sha256}. */
        SHA256_FILE,
        /** The file {@code SHA256SUMS} in the same folder. */
        SHA256SUMS;

        /** The URL at which a statement about {@code url} belongs; empty when {@code url} can have none. */
        public Optional<URI> of(URI url) {
            return switch (this) {
                case REPR_DIGEST -> Optional.of(url);
                case SHA256_FILE -> SidecarUrls.sha256(url);
                case SHA256SUMS -> SidecarUrls.sha256Sums(url);
            };
        }
    }
}
